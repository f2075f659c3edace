"""Whether content is HTML."""

from __future__ import annotations

import re

_PROLOGUE = re.compile(r"\ufeff?(?:\s+|<!--.*?-->|<\?xml\b[^>]*>)*", re.S)
_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.I)
_ELEMENT = re.compile(r"<[a-z][a-z0-9]*(?:\s[^<>]*)?>", re.I)
_HTML_TYPES = ("text/html", "application/xhtml+xml")


def is_html(text: str, media_type: str | None = None) -> bool:
    """Whether content is HTML: by its media type, else by how it begins.

    >>> is_html("<!DOCTYPE html><p>x"), is_html("Use <p> for a paragraph.")
    (True, False)
    """
    kind = (media_type or "").split(";")[0].strip().lower()
    if kind in _HTML_TYPES:
        return True
    if kind == "text/plain":
        return False
    prologue = _PROLOGUE.match(text)
    start = prologue.end() if prologue else 0
    return _DOCUMENT.match(text, start) is not None
