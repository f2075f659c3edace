"""What the addresses of links say of where they lead."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from cleaner.parsing.columns import sums_before
from cleaner.parsing.tree import Tree
from cleaner.tables import read_table

_LETTERS = bytes(code if chr(code) in ascii_lowercase else ord(" ") for code in range(256))
_LONGEST = 200  # characters of an address that are looked at

_LISTS: dict[str, list[str]] = read_table(Path(__file__).with_name("link_families.toml"))
LINK_FAMILIES = (*_LISTS, "within", "slug", "long slug", "deep", "number")
"""Families of addresses by their words; and those within the page, those whose last part
has three hyphens or six, those of three steps or more, those with a number of four digits."""

_BITS: dict[bytes, int] = {}
for _number, _words in enumerate(_LISTS.values()):
    for _word in _words:
        _BITS[_word.encode()] = _BITS.get(_word.encode(), 0) | 1 << _number
_WORDS = frozenset(_BITS)
_SHAPES = len(_LISTS)
_WITHIN, _SLUG, _LONG_SLUG, _DEEP, _NUMBERED = (
    1 << place for place in range(_SHAPES, len(LINK_FAMILIES))
)
_LONG_NUMBER = re.compile(r"\d{4}")


@lru_cache(maxsize=8192)
def link_bits(href: str) -> int:
    """The families of an address, as bits in the order of `LINK_FAMILIES`.

    >>> [LINK_FAMILIES[bit] for bit in range(20) if link_bits("/tag/a-red-brick-wall") >> bit & 1]
    ['topic', 'slug']
    """
    href = href[:_LONGEST].lower()
    bits = 0
    # Bytes are cut into words in a third of the time that a pattern takes.
    for word in _WORDS.intersection(href.encode("utf-8", "replace").translate(_LETTERS).split()):
        bits |= _BITS[word]
    return bits | _shape_bits(href)


def _shape_bits(href: str) -> int:
    path = href.partition("?")[0].rstrip("/")
    hyphens = path.count("-", path.rfind("/") + 1)
    host = path.find("//")
    steps = path.count("/", host + 2 if host >= 0 else 0)
    bits = _WITHIN if href.startswith("#") else 0
    if hyphens >= 3:
        bits |= _SLUG if hyphens < 6 else _SLUG | _LONG_SLUG
    if steps >= 3:
        bits |= _DEEP
    return bits | _NUMBERED if _LONG_NUMBER.search(path) else bits


def links_around(tree: Tree, elements: NDArray[np.integer]) -> NDArray[np.int32]:
    """A row for each of some elements, a column for each family: the links in it and around it.

    These are the links that begin before the element ends, less those that end before it begins.
    """
    starts = np.fromiter(tree.hrefs, np.int64, len(tree.hrefs))
    bits = np.fromiter(map(link_bits, tree.hrefs.values()), np.int64, len(tree.hrefs))
    links = (bits[:, None] >> np.arange(len(LINK_FAMILIES))) & 1
    ends = tree.end[starts]
    order = np.argsort(ends, kind="stable")
    found: NDArray[np.int32] = sums_before(links, np.int32)[
        np.searchsorted(starts, tree.end[elements])
    ]
    found -= sums_before(links[order], np.int32)[
        np.searchsorted(ends[order], elements, side="right")
    ]
    return found
