"""What an earlier run wrote to its folder, told from everything else that lies there."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from cleaner.batch.inputs import INPUTS, InputList
from cleaner.batch.journal import JOURNAL, read_lines
from cleaner.batch.names import MEMBERS
from cleaner.batch.plan import Plan
from cleaner.batch.report import REPORT
from cleaner.batch.writing import ASIDE, PAGES
from cleaner.errors import UsageError

_ROWS = "rows-[0-9]*.jsonl"
"""Rows that are no shard yet, in the output folder."""

OWN = (PAGES, ASIDE, JOURNAL, INPUTS, REPORT, _ROWS, ".cleaner.*")
"""Patterns of all names that a run gives in its output folder: what is never an input of it."""

_MEMBER = re.compile(rf"(?P<stem>.+){re.escape(MEMBERS)}/\d{{8,}}(-[A-Za-z0-9.-]+)?")
_SHARD = re.compile(r"\d{5,}")


def check_unused(out: Path) -> None:
    """Raise `UsageError` when something lies where a run would write, and no journal beside it."""
    for path in chain(_files(out / PAGES), _files(out / ASIDE), _others(out)):
        raise UsageError(
            f"{path} was written by no run with a journal; "
            "choose another folder with -o, or move it away"
        )


class PreviousOutput:
    """The files of the run whose journal this is, known by their names.

    A page belongs to the run when an input in its list has that name; without
    the list only shards do. It remembers eight bytes for each input, not the
    names. Raises `UsageError` when no run wrote the journal.
    """

    def __init__(self, journal: Path) -> None:
        self._out = journal.parent
        header, self.header_end = next(read_lines(journal), ({}, 0))
        self._suffix, self._is_table = _suffix(header)
        self._stems = {hash(stem) for stem in _stems(self._out / INPUTS)}
        self._aside = {hash(name) for name in _aside(journal)}

    def check_alone(self) -> None:
        """Raise `UsageError` when among the pages lies something that the run did not write."""
        for path in _files(self._out / PAGES):
            if not self._is_page(path):
                raise UsageError(
                    f"{path} is not known to be of the run that --overwrite would remove; "
                    "choose another folder with -o, or move it away"
                )

    def remove_output(self) -> None:
        """Remove the pages, and what was kept aside."""
        _remove(_files(self._out / PAGES))
        _remove(path for path in _files(self._out / ASIDE) if self._is_aside(path))
        for folder in (PAGES, ASIDE):
            _remove_empty_folders(self._out / folder)

    def remove_rest(self) -> None:
        """Remove the report, the list of inputs, and rows that are no shard yet."""
        _remove(_others(self._out))

    def _is_page(self, path: Path) -> bool:
        name = path.relative_to(self._out / PAGES).as_posix()
        stem = name.removesuffix(self._suffix)
        if stem == name:
            return False
        return bool(_SHARD.fullmatch(stem)) if self._is_table else self._is_of_input(stem)

    def _is_aside(self, path: Path) -> bool:
        if hash(path.relative_to(self._out).as_posix()) in self._aside:
            return True
        return self._is_of_input(path.relative_to(self._out / ASIDE).as_posix())

    def _is_of_input(self, name: str) -> bool:
        member = _MEMBER.fullmatch(name)
        return hash(name) in self._stems or bool(member and hash(member["stem"]) in self._stems)


def _suffix(header: dict[str, Any]) -> tuple[str, bool]:
    """What the names of the run's pages end with, "" if unknown; whether they are shards."""
    try:
        plan = Plan(format=header["format"], compress=header["compress"])
    except (KeyError, UsageError):  # of another version of the program
        return "", False
    return (plan.suffix, False) if plan.table is None else (plan.table.value, True)


def _stems(inputs: Path) -> Iterator[str]:
    with suppress(FileNotFoundError):
        for _, each in InputList(inputs).read():
            yield each.stem


def _aside(journal: Path) -> Iterator[str]:
    with suppress(UsageError):  # damage in the journal may be why the run is to be removed
        for line, _ in read_lines(journal):
            if line.get("aside"):
                yield line["aside"]


def _others(out: Path) -> Iterator[Path]:
    yield from out.glob(_ROWS)
    yield from filter(os.path.lexists, (out / REPORT, out / INPUTS))


def _files(top: Path) -> Iterator[Path]:
    """Everything in a folder, at any depth, that is no folder."""
    for folder in _folders(top):
        with os.scandir(folder) as entries:
            yield from (Path(each) for each in entries if not each.is_dir(follow_symlinks=False))


def _folders(top: Path) -> Iterator[Path]:
    """A folder, if it is there, and those in it, each before what lies in it."""
    waiting = [top] if top.is_dir() else []
    while waiting:
        folder = waiting.pop()
        yield folder
        with suppress(FileNotFoundError), os.scandir(folder) as entries:
            waiting += [Path(each) for each in entries if each.is_dir(follow_symlinks=False)]


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _remove_empty_folders(top: Path) -> None:
    for folder in reversed(list(_folders(top))):
        with suppress(OSError):
            folder.rmdir()
