"""What a file is, told from its first bytes."""

from __future__ import annotations

from enum import StrEnum

from cleaner.reading.items import Fields
from cleaner.reading.json_sniff import JsonForm, json_form

HEAD = 1 << 16
"""Bytes of a file that are looked at."""


class Kind(StrEnum):
    """What a file is."""

    PAGE = "page"
    JSONL = "jsonl"
    JSON = "json"
    WARC = "warc"
    PARQUET = "parquet"


_NO_PAGE = {
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive",
    b"wOFF": "a font",
    b"wOF2": "a font",
    b"\x7fELF": "a program",
    b"ID3": "sound",
    b"OggS": "sound",
}
"""How files begin that hold no page."""

_JSON = {JsonForm.LINES: Kind.JSONL, JsonForm.VALUES: Kind.JSON, None: Kind.PAGE}


def kind_of(head: bytes, name: str, fields: Fields) -> Kind:
    r"""What a file with this beginning is; the name counts only where JSON is broken.

    >>> kind_of(b'{"url": "https://example.org", "text": "A bridge."}\n', "a.txt", Fields())
    <Kind.JSONL: 'jsonl'>
    """
    if head.startswith(b"WARC/"):
        return Kind.WARC
    if head.startswith(b"PAR1"):
        return Kind.PARQUET
    return _JSON[json_form(head, name, fields)]


def no_page(head: bytes) -> str:
    """What a file is that cannot be a page, by how it begins; empty when it can."""
    return next((what for magic, what in _NO_PAGE.items() if head.startswith(magic)), "")


_PAGE_TYPES = ("", "text/", "application/xhtml", "application/xml", "message/", "unknown")
_OTHER_TYPES = ("text/css", "text/javascript", "text/csv", "text/calendar", "text/vcard")


def no_page_type(media_type: str | None) -> str:
    """A media type of which no page is; empty when it may be one.

    >>> no_page_type("image/png"), no_page_type("text/html; charset=utf-8")
    ('image/png', '')
    """
    kind = (media_type or "").split(";")[0].strip().lower()
    if not kind or "/" not in kind:
        return ""
    if kind.startswith(_OTHER_TYPES) or not kind.startswith(_PAGE_TYPES[1:]):
        return kind
    return ""
