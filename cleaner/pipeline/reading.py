"""A record decoded, repaired and cut into blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cleaner.document import Block, Document
from cleaner.encoding.detect import decode
from cleaner.encoding.repair import join_lines, repair
from cleaner.page import Encoding, Repair
from cleaner.parsing.failures import NoPageError
from cleaner.parsing.html_document import HtmlDocument
from cleaner.parsing.lines import parse_lines
from cleaner.parsing.sniff import is_html
from cleaner.pipeline.records import Record
from cleaner.pipeline.stages import ENCODING
from cleaner.reading.no_page import no_page_bytes
from cleaner.settings import Settings

if TYPE_CHECKING:
    from cleaner.parsing.html import ParsedHtml


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that has been read and cut into blocks."""

    document: Document
    encoding: Encoding
    html: ParsedHtml | None
    markup: str = ""
    silence: str = ""  # why witnesses that were asked say nothing


def read_document(
    source: bytes | str, *, url: str | None = None, media_type: str | None = None
) -> tuple[Document, Encoding]:
    """A page's text and blocks, decoded and repaired, without marks.

    Raises one of `failures` when the page is too much for a library.
    """
    page = read_page(Record(source, url, media_type), Settings())
    return page.document, page.encoding


def read_page(record: Record, settings: Settings) -> ReadPage:
    """Decode, repair (unless told not to) and cut into blocks; no marks yet."""
    if isinstance(record.content, bytes):
        _check_is_page(record.content, record.media_type)
    is_repaired = ENCODING not in settings.without
    text, encoding = decoded(record)
    html, markup = None, ""
    if is_html(text, record.media_type):
        markup = text
        html, repairs = _read_html(text, is_repaired=is_repaired)
        text, blocks = html.text, html.blocks
    else:
        text, repairs = repair(text) if is_repaired else (join_lines(text), ())
        blocks = parse_lines(text)
    encoding = replace(encoding, repairs=repairs)
    return ReadPage(_document(text, blocks, record.url or "", html), encoding, html, markup)


def _check_is_page(content: bytes, media_type: str | None) -> None:
    """Raise `NoPageError` on what would only be noise as text."""
    if other := no_page_bytes(content, media_type):
        raise NoPageError(f"{other} is no page; decompress it, or take its text out, first")


def decoded(record: Record) -> tuple[str, Encoding]:
    """The text of a record, and how it was encoded."""
    if isinstance(record.content, bytes):
        return decode(record.content, media_type=record.media_type)
    return record.content, Encoding("", "caller")


def _read_html(markup: str, *, is_repaired: bool) -> tuple[ParsedHtml, tuple[Repair, ...]]:
    from cleaner.parsing.html import parse_html  # flattened text needs no parser: 20 ms to import
    from cleaner.parsing.repaired import repair_html

    page = parse_html(markup)
    return repair_html(page) if is_repaired else (page, ())


def _document(text: str, blocks: tuple[Block, ...], url: str, html: ParsedHtml | None) -> Document:
    if html is None:
        return Document(text, blocks, url)
    return HtmlDocument(text, blocks, url, tree=html.tree, head=html.head)
