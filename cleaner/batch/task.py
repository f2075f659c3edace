"""The work on a group of documents: clean and render each. It runs here or in a worker."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from time import perf_counter

from cleaner.batch.outcomes import FAILED
from cleaner.batch.rows import page_row
from cleaner.document import Role
from cleaner.page import Page
from cleaner.pipeline import Record, clean_timed
from cleaner.reading import Item
from cleaner.rendering import Comments, Format, render
from cleaner.settings import Settings

TASK = "cleaner.batch.task:page_work"
"""What the workers run."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is written of each page: a format and a choice, or a row of a table."""

    format: str = Format.TEXT
    keep: Collection[Role] | None = None
    comments: str = Comments.NONE
    is_row: bool = False


Cleaned = tuple[str, str, bytes, float]
"""Outcome, reason, output, and the seconds that this document took."""

Work = Callable[[Sequence[Item]], Iterator[Cleaned]]


def page_work(settings: Settings, wanted: Wanted, *, is_warm: bool = True) -> Work:
    """A function that cleans and renders documents, in order; it never raises on one."""
    if is_warm:
        from cleaner.parallel import warm_up  # only workers are made ready before their work

        warm_up(settings)

    def work(items: Sequence[Item]) -> Iterator[Cleaned]:
        return _clean_group(items, settings, wanted)

    return work


def _clean_group(items: Sequence[Item], settings: Settings, wanted: Wanted) -> Iterator[Cleaned]:
    """All of them together; where the program itself fails, what is left one by one."""
    begin = perf_counter()
    pages = clean_timed(map(_record, items), settings=settings)
    for number, item in enumerate(items):
        try:
            page, seconds = next(pages)
        except Exception as error:
            if len(items) == 1:
                yield *_defect(error), perf_counter() - begin
            else:
                for each in items[number:]:
                    yield from _clean_group([each], settings, wanted)
            return
        begin = perf_counter()
        rendered = _render(item, page, wanted)
        yield *rendered, seconds + perf_counter() - begin


def _record(item: Item) -> Record:
    return Record(item.content, item.url, item.media_type)


def _render(item: Item, page: Page, wanted: Wanted) -> tuple[str, str, bytes]:
    try:
        output = _output(item, page, wanted)
    except Exception as error:
        return _defect(error)
    return page.outcome.state, page.outcome.reason, output.encode("utf-8", "replace")


def _output(item: Item, page: Page, wanted: Wanted) -> str:
    if wanted.is_row:
        from cleaner.rendering.records import to_json_line

        return to_json_line(page_row(page, item, keep=wanted.keep))
    name = item.file if item.record is None else f"{item.file}#{item.record}"
    return render(page, wanted.format, source=name, keep=wanted.keep, comments=wanted.comments)


def _defect(error: Exception) -> tuple[str, str, bytes]:
    said = f"{type(error).__name__}: {error}"
    reason = f"failed inside the program ({said}); please report it with this document"
    return FAILED, reason, b""
