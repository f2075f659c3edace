"""How a run begins: in an empty folder, or where an earlier one with the same plan stopped."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.batch.checksums import check_inputs
from cleaner.batch.inputs import INPUTS, Input, InputList, compare_lists, first_added, write_list
from cleaner.batch.journal import Done, Journal, read_journal
from cleaner.batch.plan import Plan
from cleaner.batch.previous_output import PreviousOutput, check_unused
from cleaner.batch.report import REPORT
from cleaner.batch.verification import verify_output
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
        earlier = PreviousOutput(journal.path) if overwrite and journal.has_lines else None
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
            verify_output(out, plan, inputs, is_complete=done.is_complete)
    except BaseException:
        (out / _NEW_INPUTS).unlink(missing_ok=True)
        _leave(out, journal, was_there=was_there, had_pages=had_pages)
        raise
    return Begun(journal, done, inputs)


def _check_folder(out: Path, earlier: PreviousOutput | None, done: Done) -> None:
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
        _compare(plan, journal, done, kept, inputs)
    elif done.account.total or done.is_complete:
        raise UsageError(
            f"{kept} is missing, by which the run knows its inputs; restore it, "
            "or choose another folder with -o"
        )
    inputs.path.replace(kept)
    return InputList(kept, inputs.count, inputs.size)


def _compare(plan: Plan, journal: Journal, done: Done, kept: Path, inputs: InputList) -> None:
    """Raise `UsageError` unless what is done is what the new list begins with.

    What follows may be another. Of a file that is done and has another time the
    documents are compared; those of the input in work will be, when it is read.
    """
    count = done.input + 1 if done.account.total else 0
    if done.is_complete:
        count = sum(1 for _ in InputList(kept).read())
    doubtful = set(compare_lists(kept, inputs.path, count))
    if not done.is_complete:
        doubtful.discard(done.input)
    check_inputs(inputs, doubtful, journal.path, plan.reading)
    added = first_added(kept, inputs.path)
    if done.is_complete and added is not None:
        _open_again(plan, journal, done, added)


def _open_again(plan: Plan, journal: Journal, done: Done, added: Input) -> None:
    """Make a complete run one that goes on, for inputs that were added after all others."""
    if plan.table is not None:
        raise UsageError(
            f"{added.source.where} was added, but the run is complete and its last file of rows "
            "is closed; clean what was added to another folder, or begin again with --overwrite"
        )
    (journal.path.parent / REPORT).unlink(missing_ok=True)
    done.is_complete = False
    journal.add({"complete": False})
    journal.commit()


def _check_plan(out: Path, old: dict[str, Any], new: dict[str, Any]) -> None:
    for name in {**new, **old}:
        if old.get(name) != new.get(name):
            raise UsageError(
                f"{out} holds the output of another run: {name} was {old.get(name)!r} and is "
                f"{new.get(name)!r}; choose another folder with -o, or begin again with --overwrite"
            )


def _clear(journal: Journal, earlier: PreviousOutput) -> None:
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
