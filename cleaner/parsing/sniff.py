"""Whether content is HTML: by its media type, else by how it begins and how much of it is markup.

Flattened text may talk about HTML, begin with ``<p>`` or show a page's source,
and must stay text; a piece of a page (``<div>...</div>``) has no doctype and is
HTML all the same. So the beginning alone does not settle it.
"""

from __future__ import annotations

import re
from collections import Counter

from cleaner.parsing.tags import IS_BLOCK_LEVEL, OTHER, TAG_NUMBERS

LOOKED_AT = 65_536
"""So many characters after the prologue are looked at."""

MARKUP_SHARE = 0.05
"""Share of tags, scripts, styles and comments in a page's characters.

Of 1242 real pages one has less, and it ends as a page does; half have more than 0.8.
"""

PIECE_SHARE = 0.01
"""The same in a piece of a page that begins with ``div``, ``article`` or the like.

Balanced tags speak for themselves there; a piece that begins with ``p`` or an
inline element, as prose on HTML may, needs `MARKUP_SHARE`.
"""

MOSTLY_SHARE = 0.8
"""The same in a piece whose tags are not balanced: broken markup, with hardly any text to lose.

Text that shows code has prose around it, and code that shows tags has attributes and text in them.
"""

BALANCED_SHARE = 0.8
"""Share of end tags to the start tags that need one, in a piece of a page."""

_HTML_TYPES = frozenset(("text/html", "application/xhtml+xml"))
_PROLOGUE = re.compile(r"(?>\ufeff|\s++|<!--.*?-->|<\?xml\b[^>]*+>)*+", re.S | re.I)
_DOCUMENT = re.compile(r"<!doctype\s+html\b|<(?:html|head|body|frameset)(?=[\s/>])", re.I)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*+)(?=[\s/>])[^<>]*+>", re.I)
_MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style)(?=[\s/>]).*?(?:</\1(?=[\s/>])|\Z)"
    r"|</?([a-z][a-z0-9-]*+)(?=[\s/>])[^<>]*+(?:>|\Z)",
    re.I | re.S,
)
_END_OF_DOCUMENT = re.compile(r"</(?:html|body|pre|frameset)\s*+>\s*+(?:<!--[^>]*+>\s*+)*+\Z", re.I)
_KNOWN = frozenset(TAG_NUMBERS) | {"link", "meta", "script", "style", "svg", "template", "title"}
_NO_END_TAG = {
    *("area", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "source"),
    *("dd", "dt", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr"),
}


def is_html(text: str, media_type: str | None = None) -> bool:
    """Whether content is HTML.

    ``media_type`` settles it when it is that of HTML, of XHTML or of plain
    text, parameters and case aside. Otherwise content is HTML when, after BOM,
    white space, comments and an XML declaration, it

    - begins with a doctype of HTML or with ``html``, ``head``, ``body`` or
      ``frameset``, and a twentieth of it is markup or it ends as a page does; or
    - begins with another element of HTML, ends with a tag, has balanced tags
      and enough of them: a piece of a page; or
    - begins with a block of HTML other than ``p``, and is nearly all markup.

    Empty text and comments alone are not HTML.

    >>> is_html("<!DOCTYPE html><title>A</title><p>One"), is_html("<div>One <b>two</b></div>")
    (True, True)
    >>> is_html("<p> begins a paragraph, and </p> ends it."), is_html("<p>", "text/html")
    (False, True)
    """
    kind = (media_type or "").partition(";")[0].strip().lower()
    if kind in _HTML_TYPES:
        return True
    if kind == "text/plain":
        return False
    start = _end_of_prologue(text)
    if _DOCUMENT.match(text, start):
        ends = _END_OF_DOCUMENT.search(text[-200:]) is not None
        return ends or _markup_share(text, start) >= MARKUP_SHARE
    return _is_piece(text, start)


def _end_of_prologue(text: str) -> int:
    prologue = _PROLOGUE.match(text)
    return prologue.end() if prologue else 0


def _markup_share(text: str, start: int) -> float:
    part = text[start : start + LOOKED_AT]
    markup = sum(
        len(match[0])
        for match in _MARKUP.finditer(part)
        if not match[2] or match[2].lower() in _KNOWN
    )
    return markup / len(part)


def _is_piece(text: str, start: int) -> bool:
    first = _TAG.match(text, start)
    if not first or first[1] or first[2].lower() not in _KNOWN:
        return False
    number = TAG_NUMBERS.get(first[2].lower(), OTHER)
    may_be_prose = first[2].lower() == "p" or not IS_BLOCK_LEVEL[number]
    share = _markup_share(text, start)
    if text.rstrip()[-1] == ">" and _is_balanced(text, start):
        return share >= (MARKUP_SHARE if may_be_prose else PIECE_SHARE)
    return not may_be_prose and share >= MOSTLY_SHARE


def _is_balanced(text: str, start: int) -> bool:
    part = text[start : start + LOOKED_AT]
    begun: Counter[str] = Counter()
    ended: Counter[str] = Counter()
    for tag in _TAG.finditer(part):
        (ended if tag[1] else begun)[tag[2].lower()] += 1
    needed = {name: count for name, count in begun.items() if name not in _NO_END_TAG}
    met = sum(min(count, ended[name]) for name, count in needed.items())
    is_cut = len(text) - start > LOOKED_AT
    return bool(ended) and (is_cut or met >= BALANCED_SHARE * sum(needed.values()))
