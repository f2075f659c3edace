"""What holds no page though it came as one: its media type, and binary data under that of text."""

from __future__ import annotations

import codecs
import re

from cleaner.reading.kinds import no_page

_TEXT_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

_WIDE = re.compile(r"charset=\W?utf-?(?:16|32)", re.I)

_BINARY = bytes({*range(0x20), 0x7F} - {*b"\t\n\f\r\x1b"})
"""Bytes that no text has, as in the WHATWG MIME Sniffing Standard; damaged text has a few."""

_LOOKED_AT = 1024
_FEW = 5  # such bytes at most are damage, on however short a text
_BINARY_SHARE = 0.05
"""Share of such bytes from which content is no text: random bytes have 0.11, images more."""

_WIDE_SHARE = 0.2
"""Share of NULs from which text has two bytes a letter: mark-up in ASCII brings as many."""


def is_binary(content: bytes, media_type: str | None) -> bool:
    """Whether content is no text at all, whatever a server calls it.

    Text in two bytes or four a character has NULs, and says so: in its first
    bytes or in its media type.
    """
    if content.startswith(_TEXT_MARKS) or _WIDE.search(media_type or ""):
        return False
    head = content[:_LOOKED_AT]
    found = len(head) - len(head.translate(None, _BINARY))
    return found > max(_FEW, _BINARY_SHARE * len(head))


_PAGE_TYPES = ("text/", "application/xhtml", "application/xml", "message/", "unknown")
_OTHER_TYPES = ("text/css", "text/javascript", "text/csv", "text/calendar", "text/vcard")
_VAGUE_TYPES = frozenset(
    {
        *("application/octet-stream", "application/binary", "application/unknown"),
        *("application/x-unknown", "application/force-download", "application/download"),
        *("application/x-download", "application/x-httpd-php", "application/vnd.wap.xhtml+xml"),
        *("binary/octet-stream", "content/unknown", "httpd/unix-directory", "*/*"),
    }
)
"""Media types that are sent with anything, or with pages under a name of their own."""

_HTML = re.compile(
    rb"(?>\xef\xbb\xbf|\s++|<!--.*?-->|<\?xml\b[^>]*+>)*+"
    rb"<(?:!doctype\s+html\b|(?:html|head|body|title|div|article)(?=[\s/>]))",
    re.S | re.I,
)


def no_page_type(media_type: str | None) -> str:
    """A media type of which no page is; empty when it may be one.

    >>> no_page_type("image/png"), no_page_type("text/html; charset=utf-8")
    ('image/png', '')
    """
    kind = _kind(media_type)
    if "/" not in kind or kind in _VAGUE_TYPES:
        return ""
    if kind.startswith(_OTHER_TYPES) or not kind.startswith(_PAGE_TYPES):
        return kind
    return ""


def no_page_content(content: bytes, media_type: str | None) -> str:
    """What content is that is no page, whatever its media type; empty when it is one.

    Of a type that says nothing, only HTML is one.

    >>> no_page_content(b"%PDF-1.7", "text/html")
    'a PDF file'
    >>> no_page_content(b"<html>", "application/octet-stream")
    ''
    """
    kind = _kind(media_type)
    if kind in _VAGUE_TYPES and not _HTML.match(content):
        return kind
    return no_page(content) or ("binary data" if is_binary(content, media_type) else "")


def no_page_bytes(content: bytes, media_type: str | None = None) -> str:
    """The same of content that mostly comes without a media type: in a file, a row, a call.

    Where nobody says that it is text of two bytes a letter, that is seen by its NULs.

    >>> no_page_bytes(bytes(range(256))), no_page_bytes("A bridge.".encode("utf-16-le"))
    ('binary data', '')
    """
    if other := no_page(content):
        return other
    return "binary data" if is_binary(content, media_type) and not _is_wide(content) else ""


def _is_wide(content: bytes) -> bool:
    """Whether NULs stand at every other place, and only there."""
    head = content[:_LOOKED_AT]
    even, odd = head[::2].count(0), head[1::2].count(0)
    return min(even, odd) == 0 and max(even, odd) > _WIDE_SHARE * len(head)


def _kind(media_type: str | None) -> str:
    return (media_type or "").split(";")[0].strip().lower()
