"""How a run begins: in an empty folder, or where an earlier one with the same plan stopped."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cleaner.batch.inputs import INPUTS, InputList, check_same, write_list
from cleaner.batch.journal import Done, Journal, read_journal
from cleaner.batch.plan import Plan
from cleaner.batch.report import REPORT
from cleaner.batch.writing import ASIDE, PAGES, TEMPORARY, PageFolder
from cleaner.errors import UsageError
from cleaner.reading import Missed, Source

_NEW_INPUTS = "inputs.new.jsonl"


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
    is_new_folder = not out.exists()
    journal = Journal(out)  # before anything is touched that another run may be using
    try:
        PageFolder(out)
        done = Done() if overwrite else read_journal(journal.path)
        is_ours = journal.path.stat().st_size > 0
        journal.begin(done.size)  # first of all: without a journal nobody goes on with the rest
        if overwrite and is_ours:
            _clear(out)
        inputs = write_list(sources, out, plan.suffix, name=_NEW_INPUTS)
        inputs = _begin(out, plan, journal, done, inputs)
    except BaseException:
        _leave(out, journal, is_new_folder=is_new_folder)
        raise
    return Begun(journal, done, inputs)


def _begin(out: Path, plan: Plan, journal: Journal, done: Done, inputs: InputList) -> InputList:
    """Compare with what is there, or make it what is there; the list of inputs of the run."""
    kept = out / INPUTS
    if not inputs.count:
        raise UsageError("nothing to clean; name files, folders with files in them, or '-'")
    (out / TEMPORARY).unlink(missing_ok=True)
    if done.header:
        _check_plan(out, done.header, plan.header())
        if not kept.exists():
            raise UsageError(f"{kept} is missing; begin again with --overwrite")
        check_same(kept, inputs.path)
        inputs.path.unlink()
    else:
        _check_empty(out)
        inputs.path.replace(kept)
        done.header = plan.header()
        journal.add(done.header)
        journal.commit()
    return InputList(kept, inputs.count, inputs.size)


def _check_plan(out: Path, old: dict[str, Any], new: dict[str, Any]) -> None:
    for name in {**new, **old}:
        if old.get(name) != new.get(name):
            raise UsageError(
                f"{out} holds the output of another run: {name} was {old.get(name)!r} and is "
                f"{new.get(name)!r}; choose another folder with -o, or begin again with --overwrite"
            )


def _check_empty(out: Path) -> None:
    if any((out / PAGES).iterdir()):
        raise UsageError(
            f"{out / PAGES} holds files that no run with a journal wrote; "
            "choose another folder with -o, or remove them"
        )


def _leave(out: Path, journal: Journal, *, is_new_folder: bool) -> None:
    """Leave a folder as it was found."""
    is_empty = journal.path.stat().st_size == 0
    journal.close()
    if is_new_folder:
        shutil.rmtree(out, ignore_errors=True)
        return
    (out / _NEW_INPUTS).unlink(missing_ok=True)
    if is_empty:
        journal.path.unlink()
        with suppress(OSError):
            (out / PAGES).rmdir()


def _clear(out: Path) -> None:
    """Remove what an earlier run wrote."""
    for name in (PAGES, ASIDE):
        shutil.rmtree(out / name, ignore_errors=True)
    for path in (*out.glob("rows-*.jsonl"), out / REPORT, out / INPUTS):
        path.unlink(missing_ok=True)
    (out / PAGES).mkdir()
