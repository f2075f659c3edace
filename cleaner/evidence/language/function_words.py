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
from typing import NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.lines.arrays import Ints, Lines, Words, gather_lines
from cleaner.evidence.lines.codepoints import PACKED, Kind

WORDS = Path(__file__).with_suffix(".json")
"""The words of each language, by its code."""

WORD_BUCKETS = PACKED / WORDS.name
"""The places of their hashes, of `buckets_of_words`."""

_BUCKETS = 1 << 16
_COUNTED: WeakKeyDictionary[Lines, _Counts] = WeakKeyDictionary()

_LEAST_WORDS, _LEAST_SHARE = 3, 0.1
"""Different function words of a language, and their share of a page's words, that name it.

With three, of 840 texts of random words of 2 to 9 letters none is named (at a share of 0.05
seven); of 280 texts of five sentences, in 52 languages, 88 % are named right and 2 % wrong."""


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
    """For each page the number of the language that fits it best, and its share of the words.

    The models learned from these; `languages_of` names a language only where it is sure.
    """
    hits, _, totals = _counted(lines)
    if not len(hits):
        return np.zeros(0, np.int64), np.zeros(0)
    return hits.argmax(axis=1), hits.max(axis=1) / np.maximum(totals, 1)


class _Counts(NamedTuple):
    """The function words of each language on each page, the different ones, and all words."""

    hits: Ints
    different: Ints
    totals: Ints


def _counted(lines: Lines) -> _Counts:
    if lines not in _COUNTED:
        _COUNTED[lines] = _counts(lines)
    return _COUNTED[lines]


def _counts(lines: Lines) -> _Counts:
    words, listed = lines.words, _table().listed
    pages, width = int(lines.page[-1]) + 1 if len(lines) else 0, len(_table().begin) - 1
    keys = lines.page[words.line]
    totals = np.bincount(keys, minlength=pages)
    keys *= width
    keys += listed[words.hashes % _BUCKETS]
    often = np.bincount(keys, minlength=pages * width)
    once = np.bincount(keys[_says_language(words)], minlength=pages * width) > 0
    return _Counts(_by_language(often, pages), _by_language(once, pages), totals)


def _says_language(words: Words) -> NDArray[np.bool_]:
    """For each word whether it is one: no number, single letter, or letter without spaces."""
    kind = words.first_kind
    is_initial = (words.letters == 1) & ((kind == Kind.LOWER) | (kind == Kind.UPPER))
    says: NDArray[np.bool_] = (kind != Kind.DIGIT) & (kind != Kind.UNSPACED) & ~is_initial
    return says


def _by_language(often: NDArray[np.int64 | np.bool_], pages: int) -> Ints:
    """How many function words of each language each page has, given how often each listed one.

    A word that a page has many times is looked up once.
    """
    table = _table()
    width = len(table.begin) - 1
    often[::width] = 0  # words of no language
    found = np.flatnonzero(often)
    number = found % width
    sizes = table.begin[number + 1] - table.begin[number]
    within = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    language = table.languages[np.repeat(table.begin[number], sizes) + within]
    keys = np.repeat(found // width, sizes) * len(table.names) + language
    hits = np.bincount(keys, np.repeat(often[found], sizes), pages * len(table.names))
    return hits.reshape(pages, len(table.names)).astype(np.int64)


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
    >>> language_of(["12345", "..."]), language_of(["Bahnhof gesperrt wegen Bauarbeiten."])
    ('', '')
    """
    return next(iter(languages_of(gather_lines([lines]))), "")


def languages_of(lines: Lines) -> list[str]:
    """The code of each page's language, as `language_of` gives it.

    Named is the language that has the most different words of a page, `_LEAST_WORDS` at least,
    if no other has as many. Numbers, single letters and scripts without spaces say nothing.
    """
    hits, different, totals = _counted(lines)
    if not len(hits):
        return []
    pages, best = np.arange(len(hits)), different.argmax(axis=1)
    most = different[pages, best]
    is_alone = (different == most[:, None]).sum(axis=1) == 1
    share = hits[pages, best] / np.maximum(totals, 1)
    is_sure = is_alone & (most >= _LEAST_WORDS) & (share >= _LEAST_SHARE)
    names = _table().names
    return [names[number] if sure else "" for number, sure in zip(best, is_sure, strict=True)]
