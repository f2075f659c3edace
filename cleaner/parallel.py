"""`clean_many`, in this process or in several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from cleaner import pipeline
from cleaner.page import Outcome, Page
from cleaner.pipeline.pages import bare_page
from cleaner.pipeline.records import Record, checked_records
from cleaner.pipeline.stages import checked_settings
from cleaner.settings import Settings
from cleaner.workers import Limits, Lost, Pool, Worked
from cleaner.workers.limits import CAN_FORK, check_jobs

TASK = "cleaner.parallel:worker"
"""What the workers run."""


def clean_many(
    records: Iterable[Record | bytes | str],
    *,
    settings: Settings | None = None,
    jobs: int | None = None,
    limits: Limits | None = None,
) -> Iterator[Page]:
    """Clean many pages, in order: the same as each alone, and quicker.

    A record is content or a `Record`. Without ``jobs`` this process does the
    work, `pipeline.cleaning.BATCH` records at a time, and holds no more. With ``jobs``
    that many worker processes do, a bounded number of records ahead; a record on
    which one takes more than the ``limits`` (`Limits`), dies or fails gives a
    page without blocks whose outcome is ``timed out``, ``crashed`` or
    ``failed``, and touches no other. Pages of workers are pickled, and have no ``chances``; all
    else is the same. Systems that cannot fork have no workers, and no limits.

    Raises `UsageError` at once on a wrong setting or number of ``jobs`` and on one page for
    many, on a wrong record when it comes to it; `CleanerError` when no worker can be started.

    >>> [page.text for page in clean_many(["It rained all day in the valley.", b""])]
    ['It rained all day in the valley.', '']
    """
    if jobs is not None:
        check_jobs(jobs)
    if not CAN_FORK or (jobs is None and limits is None):
        return pipeline.clean_many(records, settings=settings)
    settings, jobs = checked_settings(settings), 1 if jobs is None else jobs
    return _clean_in_workers(checked_records(records), settings, jobs, limits)


def _clean_in_workers(
    records: Iterable[Record], settings: Settings, jobs: int, limits: Limits | None
) -> Iterator[Page]:
    pool: Pool[Record] = Pool(
        TASK, (settings,), jobs=jobs, limits=limits, weigh=lambda record: len(record.content)
    )
    for record, result in pool.run(records):
        yield _page_of(record, result, settings)


def worker(settings: Settings) -> Callable[[Sequence[Record]], Iterator[Page]]:
    """What a worker process runs: a function that cleans records."""
    warm_up(settings)
    return lambda records: pipeline.clean_many(records, settings=settings)


def warm_up(settings: Settings) -> None:
    """Load models and rules, so that processes forked from this one have them."""
    pages = ["It rained all day.", "<!doctype html><p>It rained all day in the valley.</p>"]
    for _ in pipeline.clean_many(pages, settings=settings):
        pass


def _page_of(record: Record, result: Worked | Lost | None, settings: Settings) -> Page:
    if isinstance(result, Worked):
        page: Page = result.value
        return page
    assert result is not None
    return bare_page(record, Outcome(result.outcome, result.reason), settings)
