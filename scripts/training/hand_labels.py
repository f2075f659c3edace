"""Hand labels that the project has of its own: roles of the lines of a data set's page.

A file ``NAME.roles`` in `LABELS` belongs to the page of that name. It holds none of the
page's text: below a line with the count and digest of the page's lines, flattened whole,
stand runs of equal roles, ``FIRST-LAST role`` or ``N role``, from the first line to the last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.evaluation.flatten import filled_lines, flatten

if TYPE_CHECKING:
    from scripts.training.data import DataPage

LABELS = Path(__file__).parent / "labels"
"""A file for each page, all made by reading as labelling asks, none by a program."""

_RUN = re.compile(r"(\d+)(?:-(\d+))? (\S+)")


def with_own_labels(page: DataPage, folder: Path = LABELS) -> DataPage:
    """The page with the labels of its own file, where it has one and no labels yet.

    Raises `ValueError` when the file is malformed, or is not about these lines.
    """
    path = folder / f"{page.name}.roles"
    if page.roles or not path.is_file():
        return page
    lines = filled_lines(flatten(page.html, "full"))
    head, *runs = path.read_text(encoding="utf-8").splitlines()
    if head != first_line(lines):
        raise ValueError(f"{path}: labels of other lines; the page has {first_line(lines)!r}")
    roles = list(spelt_out(runs))
    if len(roles) != len(lines):
        raise ValueError(f"{path}: {len(roles)} roles for {len(lines)} lines")
    return replace(page, roles=tuple(zip(roles, lines, strict=True)))


def first_line(lines: Sequence[str]) -> str:
    """The first line of a file about these lines.

    >>> first_line(["Home", "It rained."])
    '# 2 lines, sha256 0a15c61ea6ee5267'
    """
    digest = sha256("\n".join(lines).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"# {len(lines)} lines, sha256 {digest}"


def spelt_out(runs: Sequence[str]) -> Iterator[str]:
    """The role of each line, in order. Raises `ValueError` on a run that does not follow.

    >>> list(spelt_out(["1-2 navigation", "3 body"]))
    ['navigation', 'navigation', 'body']
    """
    done = 0
    for run in runs:
        match = _RUN.fullmatch(run)
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not match or first != done + 1 or last < first:
            raise ValueError(f"{run!r} does not follow line {done}")
        yield from [match[3]] * (last - done)
        done = last
