"""Function words of about a hundred languages, and the language they say a page is in.

The words ('the', 'und', 'de') are the 150 most frequent of each of jusText's
stop lists (Jan Pomikalek, BSD-2-Clause), which were counted on Wikipedia: their
share tells prose from menus and one language from another.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.codepoints import PACKED
from cleaner.evidence.lines import Ints, Lines, gather_lines

WORDS = Path(__file__).with_suffix(".json")
"""The words of each language, by its code."""

WORD_BUCKETS = PACKED / WORDS.name
"""The places of their hashes, of `buckets_of_words`."""

_BUCKETS = 1 << 16
_COUNTED: WeakKeyDictionary[Lines, tuple[Ints, NDArray[np.float64]]] = WeakKeyDictionary()
_LEAST_SHARE = 0.05  # of a page's words, or its language is not named


@dataclass(frozen=True)
class _Table:
    """Which languages have a word in a bucket, as a matrix and as lists.

    ``listed`` numbers the buckets with words from 1; all others are 0. ``member``
    is by language and number; the languages of a number n are
    ``languages[begin[n]:begin[n + 1]]``.
    """

    names: tuple[str, ...]
    listed: Ints
    begin: Ints
    languages: Ints
    member: NDArray[np.bool_]


@cache
def _table() -> _Table:
    lists: dict[str, list[int]] = json.loads(WORD_BUCKETS.read_text("utf-8"))
    bucket = np.array([each for buckets in lists.values() for each in buckets])
    language = np.repeat(np.arange(len(lists)), [len(buckets) for buckets in lists.values()])
    has_words = np.zeros(_BUCKETS, np.bool_)  # not np.unique, which imports numpy.ma, in 25 ms
    has_words[bucket] = True
    listed = np.where(has_words, np.cumsum(has_words), 0)
    member = np.zeros((len(lists), int(listed.max()) + 1), np.bool_)
    member[language, listed[bucket]] = True
    numbers, languages = np.nonzero(member.T)
    begin = np.searchsorted(numbers, np.arange(member.shape[1] + 1))
    return _Table(tuple(lists), listed, begin, languages, member)


def buckets_of_words() -> dict[str, list[int]]:
    """The buckets of each language's `WORDS`; of a word that is cut into several the first's."""
    words: dict[str, str] = json.loads(WORDS.read_text("utf-8"))
    lines = gather_lines([each.split() for each in words.values()])
    first = lines.words.place == 0
    language, bucket = lines.page[lines.words.line[first]], lines.words.hashes[first] % _BUCKETS
    return {name: bucket[language == number].tolist() for number, name in enumerate(words)}


def page_languages(lines: Lines) -> tuple[Ints, NDArray[np.float64]]:
    """For each page the number of the language that fits it best, and its share of the words."""
    if lines not in _COUNTED:
        _COUNTED[lines] = _page_languages(lines)
    return _COUNTED[lines]


def _page_languages(lines: Lines) -> tuple[Ints, NDArray[np.float64]]:
    table, words = _table(), lines.words
    pages = int(lines.page[-1]) + 1 if len(lines) else 0
    if not pages:
        return np.zeros(0, np.int64), np.zeros(0)
    page = lines.page[words.line]
    totals = np.bincount(page, minlength=pages)
    hits = _hits(table, page, words.hashes % _BUCKETS, pages)
    return hits.argmax(axis=1), hits.max(axis=1) / np.maximum(totals, 1)


def _hits(table: _Table, page: Ints, bucket: NDArray[np.uint32], pages: int) -> Ints:
    """How many words of each page are function words of each language.

    A word that a page has many times is looked up once.
    """
    width = len(table.begin) - 1
    keys = page * width + table.listed[bucket]
    often = np.bincount(keys, minlength=pages * width)
    often[::width] = 0  # words of no language
    found = np.flatnonzero(often)
    number = found % width
    sizes = table.begin[number + 1] - table.begin[number]
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    language = table.languages[np.repeat(table.begin[number], sizes) + within]
    keys = np.repeat(found // width, sizes) * len(table.names) + language
    hits = np.bincount(keys, np.repeat(often[found], sizes), pages * len(table.names))
    return hits.reshape(pages, -1).astype(np.int64)


def function_words(lines: Lines, languages: Ints) -> NDArray[np.bool_]:
    """For each word whether it is a function word of its page's language."""
    words = lines.words
    language, number = languages[lines.page[words.line]], _table().listed[words.hashes % _BUCKETS]
    member: NDArray[np.bool_] = _table().member[language, number]
    return member


def language_of(lines: list[str]) -> str:
    """The code of the language a page is in, empty where nothing says so.

    >>> language_of(["Das ist der Anfang, und es ist nicht das Ende der Geschichte."])
    'de'
    >>> language_of(["12345", "..."])
    ''
    """
    return next(iter(languages_of(gather_lines([lines]))), "")


def languages_of(lines: Lines) -> list[str]:
    """The code of each page's language, as `language_of` gives it."""
    return [
        name_of_language(number, share)
        for number, share in zip(*page_languages(lines), strict=True)
    ]


def name_of_language(number: int, share: float) -> str:
    """The code of a language that has this share of a page's words; empty where that is little."""
    return _table().names[number] if share >= _LEAST_SHARE else ""
