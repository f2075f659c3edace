"""What each part of cleaning a page takes; apart, for only ``cleaner stages --time`` asks."""

from __future__ import annotations

from collections.abc import Iterable
from time import process_time

from cleaner.pipeline.asking import chances_of, chances_of_texts
from cleaner.pipeline.matching import matched, shapes_of_pages
from cleaner.pipeline.pages import page_of
from cleaner.pipeline.reading import read_page
from cleaner.pipeline.records import Record
from cleaner.pipeline.stages import ENCODING, MODEL, RULES, WITNESS, stage_marks, stages_of
from cleaner.settings import Settings


def time_stages(
    source: bytes | str, settings: Settings, *, url: str | None = None
) -> Iterable[tuple[str, float]]:
    """CPU seconds of reading, model, rules, each stage, witnesses if any, and deciding.

    What is imported and loaded for the first time counts, too. Raises as `read_document` does.
    """
    begin = process_time()
    page = read_page(Record(source, url), settings)
    yield ENCODING, process_time() - begin
    begin = process_time()
    chances = list(chances_of([page], chances_of_texts([page], settings), settings))
    yield MODEL, process_time() - begin
    begin = process_time()
    document = next(matched([page], chances, shapes_of_pages([page]), settings))
    yield RULES, process_time() - begin
    for stage in stages_of(settings):
        begin = process_time()
        document = document.with_marks(stage_marks(stage, document, settings))
        yield stage.name, process_time() - begin
    if settings.witnesses:
        from cleaner.pipeline.witnessing import with_witnesses  # off by default

        begin = process_time()
        document, page = with_witnesses(document, page, settings)
        yield WITNESS, process_time() - begin
    begin = process_time()
    page_of(document, page, settings)
    yield "deciding", process_time() - begin
