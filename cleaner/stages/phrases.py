"""Lines as rules see them: single spaces, straight quotes, no bullet in front."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

BULLETS = "•‣◦·*»›>–—-"
"""What stands in front of an entry of a list."""

BULLET = re.compile(rf"^[{re.escape(BULLETS)}]+ +")
"""The same, with the space that parts it from the entry."""

_QUOTES = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"'}
_EDGES = " .:!?…»«›‹>→←↓↑▸▾×+|-–—*()[]\"'"
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001)))).replace(" ", "")
"""All that `str.split` takes for white space, but the plain one."""

_SEPARATOR = "\x00"  # no white space, and no part of any text but a binary one

_AT_ONCE = 4096
"""Lines whose words are held at once; those of a page of 5 MB would take 50 MB."""


@lru_cache(maxsize=4096)
def matchable(text: str) -> str:
    """The text as rules see it: single spaces, straight quotes, no bullet in front.

    >>> matchable("  • Don’t  miss ")
    "Don't miss"
    """
    return BULLET.sub("", straight_quotes(" ".join(text.split())))


def straight_quotes(text: str) -> str:
    """The text with straight quotes for curly ones."""
    if text.isascii():
        return text
    for curly, straight in _QUOTES.items():
        text = text.replace(curly, straight)  # five quick looks; a table takes one per character
    return text


def phrase_key(line: str) -> str:
    """A line as phrases are compared: casefolded, without punctuation and arrows at its ends.

    >>> phrase_key("Read more »")
    'read more'
    """
    return matchable(line).casefold().strip(_EDGES)


def plain_lines(texts: Sequence[str]) -> list[str]:
    r"""The texts with single spaces and straight quotes, all at once.

    >>> plain_lines(["One\n two", "don’t"])
    ['One two', "don't"]
    """
    return [line for part in _parts(texts) for line in _plain_lines(part)]


def _parts(lines: Sequence[str]) -> Iterator[Sequence[str]]:
    return (lines[start : start + _AT_ONCE] for start in range(0, len(lines), _AT_ONCE))


def _plain_lines(texts: Sequence[str]) -> list[str]:
    joined = straight_quotes(_single_spaced(_SEPARATOR.join(texts)))
    lines = joined.split(_SEPARATOR)
    if len(lines) == len(texts):
        return lines
    return [straight_quotes(" ".join(text.split())) for text in texts]


def _single_spaced(text: str) -> str:
    """The text as ``" ".join(text.split())`` gives it, in half the time where words are parted so.

    Nearly all of a page's are, and to look for a character costs less than to make words.
    """
    for space in _SPACES:
        if space in text:
            text = text.replace(space, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip(" ")


def keys_of_texts(texts: Sequence[str]) -> Iterator[str]:
    r"""The `phrase_key` of each text, some thousand at a time.

    >>> list(keys_of_texts(["Read\n more »", "- Next"]))
    ['read more', 'next']
    """
    return (key for part in _parts(texts) for key in _phrase_keys(_plain_lines(part)))


def phrase_keys(lines: Sequence[str]) -> list[str]:
    """The `phrase_key` of each of these `plain_lines`, all at once.

    >>> phrase_keys(["Read more »", "- Next"])
    ['read more', 'next']
    """
    return [key for part in _parts(lines) for key in _phrase_keys(part)]


def _phrase_keys(lines: Sequence[str]) -> list[str]:
    # Line by line, for those in ASCII, which are most, are casefolded ten times as fast.
    return [
        phrase_key(line) if line[:1] in BULLETS else line.casefold().strip(_EDGES) for line in lines
    ]
