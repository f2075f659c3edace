"""Tables over code points: the kind of a character, and its lower case.

Filled once, at first use, for the basic plane; a character beyond it
is a symbol, or a letter without case where Unicode calls it one.
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PLANE = 0x10000

PACKED = Path(__file__).parents[1] / "packed"
"""What ``scripts/pack.py`` worked out before, so that no start has to."""


class Kind(IntEnum):
    """What a character is to a line's shape; every character has one kind."""

    OTHER = 0
    LOWER = 1
    UPPER = 2
    CASELESS = 3
    UNSPACED = 4
    DIGIT = 5
    SPACE = 6
    COMMA = 7
    STOP = 8
    COLON = 9
    QUOTE = 10
    DASH = 11
    SEPARATOR = 12
    BRACKET = 13
    SYMBOL = 14
    RIGHTS = 15


_CHARACTERS = {
    Kind.COMMA: ",،、，",
    Kind.STOP: ".!?…。！？؟۔।॥។။։",
    Kind.COLON: ":;：；",
    Kind.QUOTE: "\"'“”„‘’‚«»‹›「」『』*",
    Kind.DASH: "-‐‑–—―−",
    Kind.SEPARATOR: "|/\\·•●▪→←>^~_▼▲►◄▶◀‣⁃⋅∙",
    Kind.SYMBOL: "$€£¥₽₹%#@&+=<",
    Kind.RIGHTS: "©®™℠",
}
UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
)
"""Scripts that put no spaces between words: Thai, Burmese, Khmer, Chinese and Japanese."""

_BY_CATEGORY = {
    "Ll": Kind.LOWER,
    "Lu": Kind.UPPER,
    "Lt": Kind.UPPER,
    "Nd": Kind.DIGIT,
    "Zs": Kind.SPACE,
    "Zl": Kind.SPACE,
    "Zp": Kind.SPACE,
    "Cc": Kind.SPACE,
    "Pd": Kind.DASH,
    "Ps": Kind.BRACKET,
    "Pe": Kind.BRACKET,
    "Pi": Kind.QUOTE,
    "Pf": Kind.QUOTE,
    "Sc": Kind.SYMBOL,
}


@cache
def kinds() -> NDArray[np.uint8]:
    """The kind of every code point of the basic plane, and one entry for all beyond.

    >>> [Kind(kinds()[ord(letter)]).name for letter in "aÄ7 »"]
    ['LOWER', 'UPPER', 'DIGIT', 'SPACE', 'QUOTE']
    """
    table = np.zeros(PLANE + 1, np.uint8)
    table[:PLANE] = _packed_kinds() if kinds_file().is_file() else kinds_by_category()
    for start, end in UNSPACED_RANGES:
        table[start : end + 1] = Kind.UNSPACED
    for kind, characters in _CHARACTERS.items():
        table[[ord(character) for character in characters]] = kind
    return table


def code_points(text: str) -> NDArray[np.uint32]:
    """The code point of every character of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def basic_plane() -> str:
    """All characters of the basic plane in their order, so that `code_points` are their places."""
    return np.arange(PLANE, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")


def kinds_file() -> Path:
    """Where `kinds_by_category` are packed, for the version of Unicode that this Python knows."""
    return PACKED / f"kinds-{unicodedata.unidata_version}.npy"


def _packed_kinds() -> NDArray[np.uint8]:
    kinds, counts = np.load(kinds_file(), allow_pickle=False)
    return np.repeat(kinds.astype(np.uint8), counts)


def kinds_by_category() -> NDArray[np.uint8]:
    """The kind that each character's category gives it, all looked up at once."""
    categories = list(map(unicodedata.category, basic_plane()))
    numbers = {category: int(_kind_of_category(category)) for category in set(categories)}
    return np.fromiter(map(numbers.__getitem__, categories), np.uint8, PLANE)


def _kind_of_category(category: str) -> Kind:
    other = Kind.CASELESS if category[0] in "LM" else Kind.OTHER
    return _BY_CATEGORY.get(category, other)


@cache
def folded() -> NDArray[np.uint32]:
    """Each code point of the basic plane in lower case, every digit as '0'.

    >>> "".join(chr(code) for code in folded()[[ord(letter) for letter in "Äb42"]])
    'äb00'
    """
    table = np.arange(PLANE + 1, dtype=np.uint32)
    for code in np.flatnonzero(kinds()[:PLANE] == Kind.UPPER):
        lower = chr(code).lower()
        table[code] = ord(lower) if len(lower) == 1 else code
    table[kinds() == Kind.DIGIT] = ord("0")
    return table
