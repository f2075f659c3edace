"""How a run begins: in an empty folder, or where an earlier one with the same plan stopped."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.batch.earlier import Earlier, check_unused
from cleaner.batch.inputs import INPUTS, InputList, check_same, write_list
from cleaner.batch.journal import Done, Journal, read_journal
from cleaner.batch.plan import Plan
from cleaner.batch.standing import check_standing
from cleaner.batch.writing import PAGES, PageFolder
from cleaner.errors import UsageError
from cleaner.reading import Missed, Source

_NEW_INPUTS = ".cleaner.inputs.tmp"
"""The list of inputs until it is compared, under a name that nobody else gives a file."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A run that may start: its open journal, what is done of it, its inputs."""

    journal: Journal
    done: Done
    inputs: InputList


def begin_run(
    sources: Iterable[Source | Missed], out: Path, plan: Plan, *, overwrite: bool
) -> Begun:
    """Open the folder for a run. Raises `UsageError` when it cannot, or holds other output."""
    was_there, had_pages = out.exists(), (out / PAGES).exists()
    journal = Journal(out)  # before anything is touched that another run may be using
    try:
        done = Done() if overwrite else read_journal(journal.path)
        earlier = Earlier(journal.path) if overwrite and journal.has_lines else None
        _check_folder(out, earlier, done)
        PageFolder(out)
        inputs = write_list(sources, out, plan.suffix, name=_NEW_INPUTS)
        if not inputs.count:
            raise UsageError("nothing to clean; name files, folders with files in them, or '-'")
        if earlier is not None:
            _clear(journal, earlier)
        journal.cut(done.size)
        inputs = _begin(out, plan, journal, done, inputs)
        if done.account.total:
            check_standing(out, plan, inputs, is_complete=done.is_complete)
    except BaseException:
        (out / _NEW_INPUTS).unlink(missing_ok=True)
        _leave(out, journal, was_there=was_there, had_pages=had_pages)
        raise
    return Begun(journal, done, inputs)


def _check_folder(out: Path, earlier: Earlier | None, done: Done) -> None:
    """Raise `UsageError` when something lies in the way that no run wrote."""
    if earlier is not None:
        earlier.check_alone()
    elif not done.header:
        check_unused(out)


def _begin(out: Path, plan: Plan, journal: Journal, done: Done, inputs: InputList) -> InputList:
    """Compare with what is there, or make it what is there; the list of inputs of the run."""
    kept = out / INPUTS
    if not done.header:
        done.header = plan.header()
        journal.add(done.header)
        journal.commit()  # first of all: what lies beside no journal is taken for somebody's own
    _check_plan(out, done.header, plan.header())
    if kept.exists():
        check_same(kept, inputs.path)
    elif done.account.total or done.is_complete:
        raise UsageError(
            f"{kept} is missing, by which the run knows its inputs; restore it, "
            "or choose another folder with -o"
        )
    inputs.path.replace(kept)
    return InputList(kept, inputs.count, inputs.size)


def _check_plan(out: Path, old: dict[str, Any], new: dict[str, Any]) -> None:
    for name in {**new, **old}:
        if old.get(name) != new.get(name):
            raise UsageError(
                f"{out} holds the output of another run: {name} was {old.get(name)!r} and is "
                f"{new.get(name)!r}; choose another folder with -o, or begin again with --overwrite"
            )


def _clear(journal: Journal, earlier: Earlier) -> None:
    """Remove what an earlier run wrote.

    Its header and list go last: by them a removal that was stopped is gone on with.
    """
    journal.cut(earlier.header_end)
    earlier.remove_output()
    journal.cut(0)
    earlier.remove_rest()


def _leave(out: Path, journal: Journal, *, was_there: bool, had_pages: bool) -> None:
    """Leave a folder as it was found."""
    journal.close()
    if not was_there:
        shutil.rmtree(out, ignore_errors=True)
        return
    if journal.is_new:
        journal.path.unlink(missing_ok=True)
    if not had_pages:
        with suppress(OSError):
            (out / PAGES).rmdir()
