"""`clean_many`, in this process or in several."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner import pipeline
from cleaner.document import Decision, Decisions, Role
from cleaner.page import LabelledBlocks, Outcome, Page
from cleaner.pipeline import Record, bare_page, check_settings, checked_records
from cleaner.settings import Settings
from cleaner.workers import Limits, Lost, Pool, Worked
from cleaner.workers.limits import check_jobs

TASK = "cleaner.parallel:portable_cleaner"
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
    work, `pipeline.BATCH` records at a time, and holds no more. With ``jobs``
    that many worker processes do, a bounded number of records ahead; a record on
    which one takes more than the ``limits`` (`Limits`), dies or fails gives a
    page without blocks whose outcome is ``timed out``, ``crashed`` or
    ``failed``, and touches no other. Pages of workers have no ``chances``, which
    hold the model itself; all else is the same.

    Raises `UsageError` on a wrong record or setting, `CleanerError` when no
    worker can be started.

    >>> [page.text for page in clean_many(["It rained all day in the valley.", b""])]
    ['It rained all day in the valley.', '']
    """
    if jobs is None and limits is None:
        yield from pipeline.clean_many(records, settings=settings)
        return
    if jobs is not None:
        check_jobs(jobs)
    settings = settings or Settings()
    check_settings(settings)
    pool: Pool[Record] = Pool(
        TASK,
        (settings,),
        jobs=1 if jobs is None else jobs,
        limits=limits,
        weigh=lambda record: len(record.content),
    )
    for record, result in pool.run(checked_records(records, settings)):
        yield _page_of(record, result, settings)


def portable_cleaner(settings: Settings) -> Callable[[Sequence[Record]], Iterator[Page]]:
    """A function that cleans records to pages that another process can be sent."""
    warm_up(settings)
    return lambda records: map(portable, pipeline.clean_many(records, settings=settings))


def warm_up(settings: Settings) -> None:
    """Load models and rules, so that processes forked from this one have them."""
    pages = ["It rained all day.", "<!doctype html><p>It rained all day in the valley.</p>"]
    for _ in pipeline.clean_many(pages, settings=settings):
        pass


def portable(page: Page) -> Page:
    """The page without what no other process can be sent: the model behind ``chances``."""
    blocks = page.blocks
    decisions = [block.decision for block in blocks]
    made = Decisions(blocks.roles, [each.score for each in decisions], _Made(decisions))
    marks = {block.index: block.marks for block in blocks if block.marks}
    own = LabelledBlocks([block.block for block in blocks], made, marks)
    return replace(page, blocks=own, chances=None)


@dataclass(frozen=True, slots=True)
class _Made:
    """Decisions that are made, where a page asks for them to be made."""

    decisions: Sequence[Decision]

    def __call__(self, index: int, role: Role, score: float) -> Decision:
        return self.decisions[index]


def _page_of(record: Record, result: Worked | Lost | None, settings: Settings) -> Page:
    if isinstance(result, Worked):
        page: Page = result.value
        return page
    assert result is not None
    return bare_page(record, Outcome(result.outcome, result.reason), settings)
