"""What the names in class and id attributes say, decoded and scored.

A raw token (``post-body__text2``) is cut into words; words are looked up in
a list of keywords (`KEYWORDS`) and in a table of learned weights.
"""

from __future__ import annotations

import re
import tomllib
import zlib
from functools import lru_cache
from importlib.resources import files

_CUT = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")

TABLE_SIZE = 1 << 14
"""Places of the table of learned weights; names share one by chance."""

KEYWORDS: dict[str, list[str]] = tomllib.loads(
    files("cleaner.evidence").joinpath("name_families.toml").read_text(encoding="utf-8")
)
"""Families of names; a word belongs to every family that lists it."""

FAMILIES = tuple(KEYWORDS)
_BITS: dict[str, int] = {}
for _number, _words in enumerate(KEYWORDS.values()):
    for _word in _words:
        _BITS[_word] = _BITS.get(_word, 0) | 1 << _number


@lru_cache(maxsize=65536)
def words_of_token(token: str) -> tuple[str, ...]:
    """The words in a class or id name, in lower case; numbers are dropped.

    >>> words_of_token("postBody__main-2")
    ('post', 'body', 'main')
    """
    return tuple(map(str.lower, _CUT.findall(token)))


@lru_cache(maxsize=65536)
def _family_bits(token: str) -> int:
    bits = 0
    for word in words_of_token(token):
        bits |= _BITS.get(word, 0)
    return bits


@lru_cache(maxsize=65536)
def families_of(tokens: tuple[str, ...]) -> int:
    """The families that the names belong to, as bits in the order of `FAMILIES`."""
    bits = 0
    for token in tokens:
        bits |= _family_bits(token)
    return bits


@lru_cache(maxsize=262144)
def _token_places(tag: int, token: str) -> tuple[int, ...]:
    words = words_of_token(token)
    names = {*words, *(f"{tag}.{word}" for word in words), "-".join(words)}
    return tuple(sorted(_place(name) for name in names))


@lru_cache(maxsize=1024)
def _tag_place(tag: int) -> int:
    return _place(f"<{tag}>")


def _place(name: str) -> int:
    return zlib.crc32(name.encode("utf-8", "replace")) % TABLE_SIZE


def places_of(tag: int, tokens: tuple[str, ...]) -> list[int]:
    """The places of an element's tag and names in the table of learned weights."""
    places = [_tag_place(tag)]
    for token in tokens:
        places.extend(_token_places(tag, token))
    return places
