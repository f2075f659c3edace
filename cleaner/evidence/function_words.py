"""Function words of about a hundred languages, and the language they say a page is in.

The words ('the', 'und', 'de') are the 150 most frequent of each of jusText's
stop lists (Jan Pomikalek, BSD-2-Clause), which were counted on Wikipedia: their
share tells prose from menus and one language from another.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.lines import Ints, Lines, gather_lines

_BUCKETS = 1 << 16
_COUNTED: WeakKeyDictionary[Lines, tuple[Ints, NDArray[np.float64]]] = WeakKeyDictionary()
_LEAST_SHARE = 0.05  # of a page's words, or its language is not named


@dataclass(frozen=True)
class _Table:
    """Which languages have a word in a bucket, as lists and as a matrix."""

    names: tuple[str, ...]
    begin: Ints
    languages: Ints
    member: NDArray[np.bool_]


@cache
def _table() -> _Table:
    text = files("cleaner.evidence").joinpath("function_words.json").read_text(encoding="utf-8")
    lists = {name: words.split() for name, words in json.loads(text).items()}
    lines = gather_lines(list(lists.values()))
    whole = lines.words.place == 0
    language = lines.page[lines.words.line[whole]]
    bucket = (lines.words.hashes[whole] % _BUCKETS).astype(np.int64)
    pairs = np.sort(bucket * len(lists) + language)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]  # np.unique imports numpy.ma, in 25 ms
    buckets, languages = np.divmod(pairs, len(lists))
    member = np.zeros((len(lists), _BUCKETS), np.bool_)
    member[languages, buckets] = True
    begin = np.searchsorted(buckets, np.arange(_BUCKETS + 1))
    return _Table(tuple(lists), begin, languages, member)


def page_languages(lines: Lines) -> tuple[Ints, NDArray[np.float64]]:
    """For each page the number of the language that fits it best, and its share of the words."""
    if lines not in _COUNTED:
        _COUNTED[lines] = _page_languages(lines)
    return _COUNTED[lines]


def _page_languages(lines: Lines) -> tuple[Ints, NDArray[np.float64]]:
    table, words = _table(), lines.words
    pages = int(lines.page[-1]) + 1 if len(lines) else 0
    page = lines.page[words.line]
    bucket = words.hashes % _BUCKETS
    sizes = table.begin[bucket + 1] - table.begin[bucket]
    ends = np.cumsum(sizes)
    first = table.begin[bucket] - (ends - sizes)  # less the place where its languages go
    places = np.repeat(first, sizes) + np.arange(ends[-1] if len(ends) else 0)
    keys = np.repeat(page * len(table.names), sizes) + table.languages.take(places)
    if not pages:
        return np.zeros(0, np.int64), np.zeros(0)
    hits = np.bincount(keys, minlength=pages * len(table.names)).reshape(pages, -1)
    totals = np.bincount(page, minlength=pages)
    return hits.argmax(axis=1), hits.max(axis=1) / np.maximum(totals, 1)


def function_words(lines: Lines, languages: Ints) -> NDArray[np.bool_]:
    """For each word whether it is a function word of its page's language."""
    words = lines.words
    member: NDArray[np.bool_] = _table().member[
        languages[lines.page[words.line]], words.hashes % _BUCKETS
    ]
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
