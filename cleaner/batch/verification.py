"""Whether the output of what is done still stands as it was written."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from cleaner.batch.inputs import InputList
from cleaner.batch.journal import JOURNAL, read_lines
from cleaner.batch.names import MEMBERS
from cleaner.batch.outcomes import EMPTY, OK
from cleaner.batch.plan import Plan
from cleaner.batch.shards import Table
from cleaner.batch.writing import PAGES
from cleaner.errors import UsageError

Line = dict[str, Any]


def verify_output(out: Path, plan: Plan, inputs: InputList, *, is_complete: bool) -> None:
    """Raise `UsageError`, naming the first, when a file in ``out/pages`` is missing or cut.

    Lengths are compared, not bytes. Rows of the shard that is being filled stand
    elsewhere; who goes on with them looks after them.
    """
    lines = (line for line, _ in read_lines(out / JOURNAL))
    next(lines)  # the header
    if plan.table is None:
        _check_pages(out / PAGES, plan.suffix, inputs, lines)
    else:
        _check_shards(out / PAGES, plan.table, lines, is_complete=is_complete)


def _check_pages(pages: Path, suffix: str, inputs: InputList, lines: Iterable[Line]) -> None:
    written = (line for line in lines if line.get("outcome") in (OK, EMPTY))
    listed = inputs.read()
    for number, group in groupby(written, key=lambda line: line["input"]):
        stem = next(each.stem for at, each in listed if at == number)
        _check_input(pages / (stem + suffix), pages / (stem + MEMBERS), group)


def _check_input(file: Path, folder: Path, lines: Iterable[Line]) -> None:
    """The page of one input, or its pages in a folder: their names begin with their number."""
    sizes: dict[int, int] | None = None
    for line in lines:
        if line["record"] is None:
            _compare(file, _size(file), line["written"])
            continue
        if sizes is None:
            sizes = dict(_numbered(folder))
        begin = folder / f"{line['record']:08d}"
        _compare(begin, sizes.get(line["record"]), line["written"])


def _numbered(folder: Path) -> Iterator[tuple[int, int]]:
    """The numbers of the pages in a folder, each with its size."""
    if folder.is_dir():
        with os.scandir(folder) as entries:
            for each in entries:
                digits = each.name.partition("-")[0].partition(".")[0]
                if digits.isdecimal():
                    yield int(digits), each.stat().st_size


def _check_shards(pages: Path, table: Table, lines: Iterable[Line], *, is_complete: bool) -> None:
    ends: dict[int, int] = {}
    closed: dict[int, int] = {}
    for line in lines:
        if "closed" in line:
            closed[line["closed"]] = line["size"]
        elif "end" in line:
            ends[line["shard"]] = line["end"]
    last = max(ends, default=0)
    for shard in ends:
        if shard < last or is_complete:
            path = pages / f"{shard:05d}{table.value}"
            size = _size(path)
            _compare(path, size, closed.get(shard, size or 1))


def _size(path: Path) -> int | None:
    try:
        return path.stat().st_size
    except OSError:
        return None


def _compare(path: Path, size: int | None, written: int) -> None:
    if size == written:
        return
    said = "is missing" if size is None else f"has {size} bytes and had {written}"
    raise UsageError(
        f"{path} was written by this run and {said}; restore it, or begin again with --overwrite"
    )
