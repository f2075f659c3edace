"""One program's answer to one page, scored; and rows in a file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from cleaner.errors import UsageError
from cleaner.evaluation.metrics.metric import Counts


@dataclass(frozen=True, slots=True)
class Row:
    """How one program did on one page.

    ``score`` is the page's own, 0 to 1; ``counts`` is what the figures are made
    of; ``seconds`` is CPU time; ``failure`` says why there was no answer, and
    is empty when there was one.
    """

    program: str
    name: str
    kind: str
    score: float
    counts: Counts
    seconds: float
    failure: str = ""


def write_rows(rows: Iterable[Row], path: Path) -> None:
    """Write rows as JSON lines. Raises `UsageError` when the file cannot be written."""
    lines = [json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows]
    try:
        path.write_text("".join(lines), "utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error})") from error


def read_rows(path: Path) -> tuple[Row, ...]:
    """The rows that `write_rows` wrote. Raises `UsageError` naming the line that is none."""
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error
    lines = enumerate(text.split("\n"), start=1)
    return tuple(_row(line, f"{path}:{number}") for number, line in lines if line)


def _row(line: str, where: str) -> Row:
    try:
        return Row(**json.loads(line))
    except (ValueError, TypeError) as error:
        names = ", ".join(field.name for field in fields(Row))
        raise UsageError(
            f"{where}: no row of 'cleaner evaluate --out', which has {names}"
        ) from error
