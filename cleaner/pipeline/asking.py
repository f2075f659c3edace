"""The learned models asked about pages that have been read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cleaner.document import Chances
from cleaner.evidence.text.asking import ask_about_text
from cleaner.pipeline.reading import ReadPage
from cleaner.pipeline.stages import MODEL
from cleaner.settings import Settings

if TYPE_CHECKING:
    from cleaner.parsing.html import ParsedHtml


def chances_of_texts(pages: Sequence[ReadPage], settings: Settings) -> list[Chances]:
    """What the model says of all flattened pages, asked at once."""
    texts = [(page.document.text, page.document.blocks) for page in pages if page.html is None]
    if MODEL in settings.without or not texts:
        return []
    return list(ask_about_text(texts, folder=settings.models))


def chances_of(
    pages: Sequence[ReadPage], of_texts: Sequence[Chances], settings: Settings
) -> Iterator[Chances | None]:
    """What the models say of each page, where that of the flattened ones is known."""
    if MODEL in settings.without:
        yield from [None] * len(pages)
        return
    known = iter(of_texts)
    for page in pages:
        yield next(known) if page.html is None else _chances_of_html(page.html, settings)


def _chances_of_html(page: ParsedHtml, settings: Settings) -> Chances:
    from cleaner.evidence.html.asking import ask_about_html  # 30 ms to import

    return ask_about_html(page, folder=settings.models)
