"""Whether a text may be damaged: a quick look that spares nearly every page the slow one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

import re2  # type: ignore[import-untyped, unused-ignore]

from cleaner.re2_patterns import loosened

_ENTITY = re.compile("&#?[0-9A-Za-z]{1,24};")
"""What ftfy looks up as an HTML entity."""

_CONTROLS = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u206a-\u206f\ufeff\ufff9-\ufffc\ud800-\udfff]"
)
"""Control characters that ftfy deletes or reads otherwise, and halves of surrogate pairs."""

USUAL = "\xa0·´–—―…’‘“”„‹›«»•©®™¡¿"
"""Characters beyond ASCII that alone are never mojibake, and in NFC. Most English pages have no
others, and need no ftfy (60 ms to import)."""

_NOTEWORTHY = re.compile(f"[^\t\n\r -~{USUAL}]")
"""What no damage is without: a control character, or one that is not usual."""


_VERBOSE = re.compile(r"(?P<set>\[(?:\\.|[^\]])*\])|#.*|[ \t\n\r\f\v]+")
"""What a verbose pattern has for its readers: comments and space outside of sets."""


def may_be_damaged(text: str, *, has_entities: bool) -> bool:
    """Whether ftfy might change a text; where it says no, ftfy changes nothing.

    ``has_entities`` says that what looks like an HTML entity may be one.

    >>> may_be_damaged("fine “quotes”", has_entities=True)
    False
    >>> may_be_damaged("cafÃ©", has_entities=True)
    True
    """
    if has_entities and _ENTITY.search(text):
        return True
    if not _NOTEWORTHY.search(text):
        return False
    if _CONTROLS.search(text):
        return True
    if text.isascii():
        return False
    return _is_mojibake(text) or not unicodedata.is_normalized("NFC", text)


def _is_mojibake(text: str) -> bool:
    from ftfy.badness import is_bad

    pattern = _badness()
    return (pattern is None or pattern.search(text) is not None) and bool(is_bad(text))


@cache
def _badness() -> re2._Regexp | None:
    """Ftfy's pattern for mojibake run by RE2, a hundred times as fast; None where it cannot be."""
    from ftfy.badness import BADNESS_RE

    try:
        plain = _VERBOSE.sub(lambda part: part["set"] or "", BADNESS_RE.pattern)
        return re2.compile(loosened(plain))
    except re2.error:
        return None
