"""The list of inputs, taken once at the start of a run and kept beside its output.

So a folder that changes while it is read changes nothing, a run that goes on
has the same inputs in the same order, and memory does not grow with their number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from cleaner.batch.files import stop_if_fatal, sync
from cleaner.batch.names import Namer
from cleaner.errors import UsageError
from cleaner.reading import Missed, Source

INPUTS = "inputs.jsonl"
"""The list, in the output folder."""


@dataclass(frozen=True, slots=True)
class Input:
    """A source with the stem of the names of its pages."""

    source: Source | Missed
    stem: str


@dataclass(frozen=True, slots=True)
class InputList:
    """A list on disk, its length (0 when there is nothing to clean) and the bytes of its files."""

    path: Path
    count: int = 0
    size: int = 0

    def read(self, begin: int = 0) -> Iterator[tuple[int, Input]]:
        """The inputs from the one with the number ``begin`` on, with their numbers."""
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines):
                if number >= begin:
                    yield number, _parse(line)


def write_list(
    sources: Iterable[Source | Missed], out: Path, suffix: str, *, name: str = INPUTS
) -> InputList:
    """Write the list of inputs. Raises what ``sources`` raises, and `StoppedError`."""
    path = out / name
    namer = Namer(suffix)
    count, size, is_any = 0, 0, False
    try:
        with path.open("w", encoding="ascii", newline="\n") as file:
            for source in sources:
                file.write(_line(source, namer.stem(source.name)))
                count += 1
                size += source.size if isinstance(source, Source) else 0
                is_any = is_any or isinstance(source, Source) or source.failed
        sync([path])
    except OSError as error:
        stop_if_fatal(path, error)
        raise
    return InputList(path, count if is_any else 0, size)


def check_same(old: Path, new: Path) -> None:
    """Raise `UsageError`, naming the first that differs, unless two lists are the same."""
    with old.open("rb") as before, new.open("rb") as after:
        for one, two in zip_longest(before, after):
            if one != two:
                raise UsageError(
                    f"{old.parent} holds the output of other inputs: {_difference(one, two)}; "
                    "choose another folder with -o, or begin again with --overwrite"
                )


def _difference(old: bytes | None, new: bytes | None) -> str:
    if old is None or new is None:
        what = "was added" if old is None else "is missing"
        return f"{_parse(old or new or b'').source.where} {what}"
    one, two = _parse(old).source, _parse(new).source
    if one.where == two.where:
        return f"{one.where} has changed"
    return f"{two.where} stands where {one.where} stood"


def _line(source: Source | Missed, stem: str) -> str:
    values: dict[str, Any] = {"name": source.name, "where": source.where, "stem": stem}
    if isinstance(source, Source):
        path = None if source.path is None else str(source.path)
        values |= {"path": path, "size": source.size, "changed": source.changed}
    else:
        values |= {"reason": source.reason, "failed": source.failed}
    return json.dumps(values) + "\n"


def _parse(line: bytes) -> Input:
    values = json.loads(line)
    stem = values.pop("stem")
    if "reason" in values:
        return Input(Missed(**values), stem)
    path = values.pop("path")
    return Input(Source(path=None if path is None else Path(path), **values), stem)
