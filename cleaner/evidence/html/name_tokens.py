"""What the names in class and id attributes say, decoded and scored.

A name (``post-body__text2``, ``postBody``) is cut into words; words are looked up by
hash in a list of keywords (`KEYWORDS`) and in a table of learned weights, for all
elements of a page at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.lines.arrays import Ints, gather_lines, mix
from cleaner.parsing.columns import Places
from cleaner.parsing.tree import Tree
from cleaner.tables import read_table

_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_LONGEST_NAME = 300  # characters of an element's names that are looked at
_PAIR, _OF_TAG = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B)
_FAMILY_BUCKETS = 1 << 16

TABLE_SIZE = 1 << 15
"""Places of the table of learned weights; names share one by chance."""

KEYWORDS: dict[str, list[str]] = read_table(Path(__file__).with_name("name_families.toml"))
"""Families of names; a word belongs to every family that lists it."""

FAMILIES = tuple(KEYWORDS)


@dataclass(frozen=True, eq=False)
class ElementKinds:
    """The different tags with names on a page, and which of them each element is.

    ``places`` are those of all kinds in the table of weights, one kind after the
    other; each kind's begin at ``starts``. ``families`` (kinds, families) is 1
    where a word of a kind belongs to a family.
    """

    of_element: Ints
    places: Ints
    starts: Ints
    families: NDArray[np.int16]


def element_kinds(tree: Tree, elements: Places | None = None) -> ElementKinds:
    """The kinds of a tree's elements; ``itemprop`` and ``role`` count among the names.

    Where ``elements`` are given, of all others the kind is not told: it is 0.
    """
    names = list(tree.names)
    for attribute, values in (("itemprop", tree.itemprops), ("role", tree.roles)):
        for element, value in values.items():
            names[element] += f" {attribute}-{value}"
    elements = np.arange(len(names)) if elements is None else elements
    asked = [names[element] for element in elements.tolist()]
    numbers: dict[str, int] = {name: number for number, name in enumerate(dict.fromkeys(asked))}
    keys = np.fromiter(map(numbers.__getitem__, asked), np.int64, len(asked)) << 8
    kinds, kind = np.unique(keys | tree.tag[elements], return_inverse=True)
    of_element = np.zeros(len(names), np.int64)
    of_element[elements] = kind
    return _described(list(numbers), kinds >> 8, (kinds & 255).astype(np.uint32), of_element)


def _described(
    names: Sequence[str], name: Ints, tag: NDArray[np.uint32], own: Ints
) -> ElementKinds:
    """The places and families of kinds, each given by the number of its name and its tag."""
    hashes, begin, sizes = words_of_names(names)
    counts = sizes[name]
    starts = np.cumsum(3 * counts + 1) - (3 * counts + 1)
    kind = np.repeat(np.arange(len(name)), counts)
    within = np.arange(len(kind)) - np.repeat(np.cumsum(counts) - counts, counts)
    word = hashes[begin[name][kind] + within]
    before = np.where(within > 0, np.roll(word, 1), np.uint32(1))
    places = np.empty(int((3 * counts + 1).sum()), np.uint32)
    places[starts] = mix(tag + np.uint32(1))
    at = starts[kind] + 1 + 3 * within
    places[at] = word
    places[at + 1] = mix(word + (tag[kind] + np.uint32(1)) * _OF_TAG)
    places[at + 2] = mix(before * _PAIR + word)
    bits = np.zeros(len(name), np.int64)
    some = np.flatnonzero(counts)
    if len(some):
        first = (np.cumsum(counts) - counts)[some]
        of_word = _family_bits()[word % _FAMILY_BUCKETS]
        bits[some] = np.bitwise_or.reduceat(of_word, first)
    families = ((bits[:, None] >> np.arange(len(FAMILIES))) & 1).astype(np.int16)
    return ElementKinds(own, (places % np.uint32(TABLE_SIZE)).astype(np.int64), starts, families)


def words_of_names(names: Sequence[str]) -> tuple[NDArray[np.uint32], Ints, Ints]:
    """The hashes of the words of all names, and for each name where its own begin, and how many.

    >>> hashes, begin, sizes = words_of_names(["postBody", "", "post-body__main-2"])
    >>> sizes.tolist(), (hashes[:2] == hashes[2:4]).tolist()
    ([2, 0, 4], [True, True])
    """
    lines = gather_lines([[_with_parted_words(name[:_LONGEST_NAME]) for name in names]])
    words = lines.words
    return words.hashes, words.begin, words.end - words.begin


def _with_parted_words(name: str) -> str:
    return name if name.islower() else _CAMEL.sub(" ", name)


@cache
def _family_bits() -> NDArray[np.int64]:
    """For each bucket of words the families that list one of them, as bits."""
    table = np.zeros(_FAMILY_BUCKETS, np.int64)
    for number, words in enumerate(KEYWORDS.values()):
        hashes, _, _ = words_of_names(words)
        table[hashes % _FAMILY_BUCKETS] |= 1 << number
    return table
