"""Clean documents in order, here or in worker processes; one that fails does not end the others."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from dataclasses import replace

from cleaner.batch.outcomes import Result
from cleaner.batch.task import TASK, Wanted, page_work
from cleaner.pipeline import check_settings
from cleaner.reading import Item
from cleaner.settings import Settings
from cleaner.workers import Limits, Lost, Worked
from cleaner.workers.limits import CAN_FORK, GROUP, GROUP_BYTES, check_jobs


def clean_items(
    items: Iterable[Item],
    *,
    settings: Settings | None = None,
    wanted: Wanted | None = None,
    jobs: int | None = None,
    limits: Limits | None = None,
) -> Generator[Result, None, None]:
    """A result for every item, in order, each with exactly one outcome.

    Without ``jobs``, and on systems that cannot fork, this process does the work,
    and nothing ends a document that takes too long. Raises `UsageError` on settings
    that name what does not exist and on ``jobs`` that are no number of processes, and
    what the items raise.
    """
    settings, wanted = settings or Settings(), wanted or Wanted()
    check_settings(settings)
    if jobs is not None:
        check_jobs(jobs)
    if jobs is None or not CAN_FORK:
        yield from _clean_here(items, settings, wanted)
        return
    from cleaner.workers import Pool  # a page alone needs no worker

    pool: Pool[Item] = Pool(
        TASK, (settings, wanted), jobs=jobs, limits=limits, payload=_payload, weigh=_size
    )
    for item, result in pool.run(items):
        yield _result(item, result)


def _payload(item: Item) -> Item | None:
    """What a worker needs of a document: all but its original, which it would never look at."""
    return None if item.outcome else replace(item, original=None)


def _size(item: Item) -> int:
    return len(item.content) + (item.original.size if item.original else 0)


def _result(item: Item, result: Worked | Lost | None) -> Result:
    match result:
        case None:
            return Result(item, item.outcome, item.reason)
        case Lost(outcome, reason, seconds):
            return Result(item, outcome, reason, seconds=seconds)
        case Worked(value):
            outcome, reason, output, seconds = value
            if outcome in ("ok", "empty"):
                item = replace(item, content=b"", original=None)
            return Result(item, outcome, reason, output, seconds)


def _clean_here(items: Iterable[Item], settings: Settings, wanted: Wanted) -> Iterator[Result]:
    work = page_work(settings, wanted, is_warm=False)
    for group in _groups(items):
        cleaned = work([item for item in group if not item.outcome])
        for item in group:
            yield _result(item, None if item.outcome else Worked(next(cleaned)))


def _groups(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items that are cleaned together, as far as it pays."""
    group: list[Item] = []
    size = 0
    for item in items:
        group.append(item)
        size += _size(item)
        if len(group) == GROUP or size >= GROUP_BYTES:
            yield group
            group, size = [], 0
    if group:
        yield group
