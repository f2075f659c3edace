"""Pages: of a document after all stages, and of a record of which there is none."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

from cleaner.deciding import decide
from cleaner.document import Document
from cleaner.page import Encoding, LabelledBlocks, Outcome, Page
from cleaner.parsing.failures import failures
from cleaner.parsing.html_document import HtmlDocument
from cleaner.parsing.sniff import is_html
from cleaner.pipeline.kind import kind_of, with_kind
from cleaner.pipeline.reading import ReadPage, decoded
from cleaner.pipeline.records import Record
from cleaner.settings import Settings
from cleaner.stages.article.stated import stated_date
from cleaner.stages.comments.records import gather_comments, stated_count
from cleaner.version import __version__


def page_of(document: Document, read: ReadPage, settings: Settings) -> Page:
    """The page that a document is after all stages: decided, its comments gathered."""
    document = with_kind(document)
    decisions = decide(document)
    ok = Outcome("ok")
    page = Page(
        blocks=LabelledBlocks(document.blocks, decisions, document.marks_by_block),
        comments=gather_comments(document, decisions),
        kind=kind_of(document, decisions),
        encoding=read.encoding,
        outcome=ok,
        url=document.url,
        comment_count_stated=stated_count(document, decisions),
        settings_digest=settings.digest,
        version=__version__,
        language=document.chances.language if document.chances else "",
        date_stated=stated_date(document, decisions),
        preformatted=_preformatted(document),
        markup=read.markup,
        chances=document.chances,
    )
    outcome = _outcome(page, read)
    return page if outcome == ok else replace(page, outcome=outcome)


def _preformatted(document: Document) -> frozenset[int]:
    return document.tree.preformatted if isinstance(document, HtmlDocument) else frozenset()


def _outcome(page: Page, read: ReadPage) -> Outcome:
    if not page.blocks:
        scripts = read.html.tally.get("script", 0) if read.html else 0
        if scripts:
            return Outcome(
                "empty", f"no visible text; {scripts} characters of scripts would draw it"
            )
        return Outcome("empty", "there is nothing in it but white space")
    if not page.text:
        return Outcome("empty", "no line of it was found to be the text of a piece")
    reasons = (read.html.cut if read.html else "", read.silence)
    return Outcome("ok", "; ".join(filter(None, reasons)))


def failed_page(record: Record, reason: str, settings: Settings) -> Page:
    """A page without blocks; of HTML it holds the markup, if that can be decoded at all."""
    markup, encoding = "", Encoding("", "fallback")
    with suppress(*failures()):
        text, encoding = decoded(record)
        markup = text if is_html(text, record.media_type) else ""
    return bare_page(record, Outcome("failed", reason), settings, encoding, markup)


def bare_page(
    record: Record,
    outcome: Outcome,
    settings: Settings,
    encoding: Encoding | None = None,
    markup: str = "",
) -> Page:
    """A page without blocks, for a record of which nothing came but its outcome."""
    return Page(
        blocks=LabelledBlocks((), decide(Document("", ())), {}),
        comments=(),
        kind="other",
        encoding=encoding or Encoding("", ""),
        outcome=outcome,
        url=record.url or "",
        comment_count_stated=None,
        settings_digest=settings.digest,
        version=__version__,
        markup=markup,
    )
