"""A source in, a page out; many together are cleaned quicker, and the same as each alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from time import perf_counter

from cleaner.document import Document
from cleaner.evidence.witnesses import check_witnesses
from cleaner.page import Page
from cleaner.parsing.failures import failure_reason, failures
from cleaner.pipeline.asking import chances_of, chances_of_texts
from cleaner.pipeline.matching import matched, shapes_of_pages
from cleaner.pipeline.pages import failed_page, page_of
from cleaner.pipeline.reading import ReadPage, read_page
from cleaner.pipeline.records import Record, check_arguments, checked_records
from cleaner.pipeline.stages import checked_settings, stage_marks, stages_of
from cleaner.settings import Settings
from cleaner.timing import Clock

BATCH = 32
"""Pages whose features are computed together by `clean_many`; more gain little."""


def clean(
    source: bytes | str,
    *,
    url: str | None = None,
    media_type: str | None = None,
    settings: Settings | None = None,
) -> Page:
    """Label every line of a page.

    ``source`` is the page as bytes or as text, HTML or flattened; ``url``
    chooses site files; ``media_type`` is the Content-Type that came with it: it
    says whether it is HTML, and its charset counts for bytes. Never raises on
    content: bytes that are no page (a picture, an archive), and a page that a library
    cannot take, have the outcome ``failed`` and no blocks. Raises `UsageError` when an
    argument is of the wrong type, or a setting names what does not exist.

    >>> clean("").outcome
    Outcome(state='empty', reason='there is nothing in it but white space')
    """
    check_arguments(source, url=url, media_type=media_type)
    settings = checked_settings(settings)
    page, _ = _clean_batch([Record(source, url, media_type)], settings)[0]
    return page


def clean_many(
    records: Iterable[Record | bytes | str], *, settings: Settings | None = None
) -> Iterator[Page]:
    """Clean many pages in one process, in order: the same as each alone, and quicker.

    A record is content or a `Record`. Takes `BATCH` records at a time, and holds
    no more. Raises as `clean` does: on settings and on one page for many at once, on a
    wrong record when it comes to it.

    >>> [page.text for page in clean_many(["It rained all day in the valley.", b""])]
    ['It rained all day in the valley.', '']
    """
    timed = clean_timed(records, settings=settings)
    return (page for page, _ in timed)


def clean_timed(
    records: Iterable[Record | bytes | str], *, settings: Settings | None = None
) -> Iterator[tuple[Page, float]]:
    """`clean_many`, with the seconds that each page took.

    What is done for several pages at once is divided among them by their size.
    """
    settings = checked_settings(settings)
    return _clean_timed(checked_records(records), settings)


def _clean_timed(records: Iterable[Record], settings: Settings) -> Iterator[tuple[Page, float]]:
    check_witnesses(settings.witnesses)  # a thread may have been given what another asked for
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == BATCH:
            yield from _clean_batch(batch, settings)
            batch = []
    if batch:
        yield from _clean_batch(batch, settings)


def _clean_batch(records: Sequence[Record], settings: Settings) -> list[tuple[Page, float]]:
    """Page and seconds of each record; where one is too much for a library, it alone has failed.

    It is found by halves, so that the others stay together as far as they can.
    """
    begin = perf_counter()
    try:
        return _clean_together(records, settings)
    except failures() as error:
        reason = failure_reason(error)
    # Here and not above, where the error still holds the memory of all that it went through.
    if len(records) == 1:
        return [(failed_page(records[0], reason, settings), perf_counter() - begin)]
    middle = len(records) // 2
    return _clean_batch(records[:middle], settings) + _clean_batch(records[middle:], settings)


def _clean_together(records: Sequence[Record], settings: Settings) -> list[tuple[Page, float]]:
    clock = Clock(len(records))
    read = list(clock.each(read_page(record, settings) for record in records))
    of_texts = chances_of_texts(read, settings)
    shapes = shapes_of_pages(read)
    chances = list(clock.each(chances_of(read, of_texts, settings)))
    pages = list(clock.each(_finished(read, matched(read, chances, shapes, settings), settings)))
    sizes = [len(page.document.text) for page in read]
    return list(zip(pages, clock.seconds(sizes), strict=True))


def _finished(
    pages: Sequence[ReadPage], documents: Iterable[Document], settings: Settings
) -> Iterator[Page]:
    """Each page after all stages, decided."""
    for page, document in zip(pages, documents, strict=True):
        for stage in stages_of(settings):
            document = document.with_marks(stage_marks(stage, document, settings))
        if settings.witnesses:
            from cleaner.pipeline.witnessing import with_witnesses  # off by default

            document, page = with_witnesses(document, page, settings)
        yield page_of(document, page, settings)
