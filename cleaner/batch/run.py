"""A run: inputs to an output folder, with a journal, so that it can be stopped and continued."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from cleaner.batch.account import Account
from cleaner.batch.beginning import Begun, begin_run
from cleaner.batch.checksums import check_of, encoded, skip_done
from cleaner.batch.cleaning import clean_items
from cleaner.batch.given import Given, given_folder, given_sources
from cleaner.batch.inputs import Input, InputList
from cleaner.batch.journal import Done, Journal
from cleaner.batch.names import member_name
from cleaner.batch.outcomes import BAD, FAILED, Result, StoppedError
from cleaner.batch.plan import Plan
from cleaner.batch.positions import Positions
from cleaner.batch.report import REPORT, write_report
from cleaner.batch.shards import ShardFolder
from cleaner.batch.writing import ASIDE, PageFolder
from cleaner.errors import SourceError
from cleaner.reading import Item, read_items
from cleaner.workers.limits import check_jobs

COMMIT_RESULTS = 256
"""Documents after which the disk is asked to keep what was written, and the journal told."""

COMMIT_SECONDS = 1.0
"""Seconds after which it is asked at the latest; what was done since is done again."""


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a run stands after a document: all that is known of it, and the account so far.

    ``position`` is the byte of all inputs, one after the other, up to which they are done;
    ``start`` that up to which they were done when the run began, or went on.
    """

    result: Result
    input: int
    account: Account
    position: int
    start: int


Watch = Callable[[Progress], None]
Started = Callable[[InputList, Account, bool], None]
"""Called with the inputs, what was done before, and whether that was all."""


@dataclass(frozen=True, slots=True)
class _OnItsWay:
    """What is remembered of a document until its result comes."""

    number: int
    input: Input
    check: int
    size: int
    position: int


def run_batch(
    sources: Iterable[Given],
    out: Path | str,
    plan: Plan,
    *,
    jobs: int | None = None,
    overwrite: bool = False,
    started: Started = lambda inputs, account, is_complete: None,
    watch: Watch = lambda progress: None,
) -> Account:
    """Clean all sources into a folder; go on where an earlier run with the same plan stopped.

    A source is a path, of a file or folder or a pattern, or what `find_sources` finds.
    Every document gets one outcome, a line in the journal, and, when it is not
    ok, a place in ``report.json``; what failed is kept in ``out/aside``. The
    output is the same for any number of ``jobs`` and however often the run was
    stopped; without ``jobs`` this process does the work, and keeps to no limits.
    Raises `UsageError` when the folder cannot be written or holds other output, or an argument
    is of the wrong type, `StoppedError` when the disk is full.
    """
    if jobs is not None:
        check_jobs(jobs)
    out = given_folder(out)
    begun = begin_run(given_sources(sources, out), out, plan, overwrite=overwrite)
    try:
        started(begun.inputs, begun.done.account, begun.done.is_complete)
        if begun.done.is_complete:
            _restore_report(out, begun)
        else:
            run = _Run(out, plan, begun.journal, begun.done, begun.inputs)
            run.go(jobs, watch)
    finally:
        begun.journal.close()
    return begun.done.account


def _restore_report(out: Path, begun: Begun) -> None:
    """Write the report of a complete run again, when it has gone."""
    if not (out / REPORT).exists():
        write_report(out, begun.done.header, begun.done.account)


class _Run:
    """One run, from what is done of it to its end."""

    def __init__(
        self, out: Path, plan: Plan, journal: Journal, done: Done, inputs: InputList
    ) -> None:
        self._out, self._plan, self._journal, self._done = out, plan, journal, done
        self._inputs = inputs
        self._aside: PageFolder | None = None
        self._pages = PageFolder(out)
        table = plan.table
        self._shards = None if table is None else ShardFolder(out, table, done.filling)
        self._on_their_way: deque[_OnItsWay] = deque()
        self._start = 0
        self._uncommitted = 0
        self._last_commit = time.monotonic()

    def go(self, jobs: int | None, watch: Watch) -> None:
        """Do what is left to do."""
        plan = self._plan
        results = clean_items(
            self._items(),
            settings=plan.settings,
            wanted=plan.wanted,
            jobs=jobs,
            limits=plan.limits,
        )
        try:
            for result in results:
                way = self._on_their_way.popleft()
                result = self._keep(result, way)
                watch(Progress(result, way.number, self._done.account, way.position, self._start))
        except BaseException:
            with suppress(StoppedError, OSError):
                self._commit()
            raise
        self._finish()

    def _items(self) -> Iterator[Item]:
        """The documents that are not done yet."""
        begin, checks = self._done.input, self._done.checks
        positions = Positions()
        for number, each in self._inputs.read():
            if number >= begin:
                items = read_items(each.source, self._plan.reading)
                if number == begin:
                    consumed = skip_done(items, each.source.where, checks)
                    self._start = positions.skip(consumed)
                for item in items:
                    data = encoded(item.content)
                    way = (check_of(item, data), len(data), positions.after(item))
                    self._on_their_way.append(_OnItsWay(number, each, *way))
                    yield self._with_url(item)
            positions.end(each.source)

    def _with_url(self, item: Item) -> Item:
        return item if item.url or not self._plan.url else replace(item, url=self._plan.url)

    def _keep(self, result: Result, way: _OnItsWay) -> Result:
        """Write what came of a document, and note it."""
        extra: dict[str, Any] = {}
        if result.has_output:
            try:
                extra = self._write(result, way)
            except SourceError as error:
                result = replace(result, outcome=FAILED, reason=str(error))
        if result.outcome in BAD:
            extra |= self._set_aside(result.item, way)
        line = _line(result, way) | extra
        self._journal.add(line)
        self._done.account.add(line)
        self._uncommitted += 1
        is_time = time.monotonic() - self._last_commit > COMMIT_SECONDS
        is_full = self._shards is not None and self._shards.filling.is_full
        if is_time or is_full or self._uncommitted >= COMMIT_RESULTS:
            self._commit()
        if is_full:
            self._close_shard()
        return result

    def _write(self, result: Result, way: _OnItsWay) -> dict[str, Any]:
        if self._shards is not None:
            filling = self._shards.add(result.output)
            return {"shard": filling.shard, "end": filling.end}
        self._pages.write(_name(result.item, way) + self._plan.suffix, result.output)
        return {"written": len(result.output)}

    def _close_shard(self) -> None:
        closed = self._shards.close_shard() if self._shards is not None else {}
        if closed:
            self._journal.add(closed)

    def _set_aside(self, item: Item, way: _OnItsWay) -> dict[str, Any]:
        """Keep a document that failed as its file holds it, so that it can be cleaned alone."""
        suffix = item.original.suffix if item.original else ""
        try:
            data = _kept(item)
            if not data:
                return {}
            if self._aside is None:
                self._aside = PageFolder(self._out, ASIDE)
            path = self._aside.write(_name(item, way) + suffix, data)
        except (SourceError, OSError, ValueError):
            return {}
        return {"aside": path.relative_to(self._out).as_posix()}

    def _commit(self) -> None:
        if self._shards is not None:
            self._shards.sync()
        for folder in (self._pages, self._aside):
            if folder is not None:
                folder.sync()
        self._journal.commit()
        self._uncommitted = 0
        self._last_commit = time.monotonic()

    def _finish(self) -> None:
        self._commit()
        self._close_shard()
        write_report(self._out, self._plan.header(), self._done.account)
        self._journal.add({"complete": True})
        self._journal.commit()
        self._done.is_complete = True


def _kept(item: Item) -> bytes:
    """The bytes of a document; where its original is not at hand, those of its content."""
    return encoded(item.content) if item.original is None else item.original.read()


def _name(item: Item, way: _OnItsWay) -> str:
    if item.record is None:
        return way.input.stem
    return member_name(way.input.stem, item.record, item.url or item.id or "")


def _line(result: Result, way: _OnItsWay) -> dict[str, Any]:
    item = result.item
    line = {
        "outcome": result.outcome,
        "input": way.number,
        "source": item.where,
        "record": item.record,
        "offset": item.offset,
        "seconds": round(result.seconds, 4),
        "bytes": way.size,
        "crc": way.check,
    }
    if result.reason:
        line["reason"] = result.reason
    if result.outcome in BAD:
        known = {"url": item.url, "id": item.id, "mediaType": item.media_type}
        line |= {name: value for name, value in known.items() if value}
    return line
