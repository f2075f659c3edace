"""Pages as they would look in a language whose words nothing was learned from.

The words of such a language look up, by their hashes, the weights of others; and it may be
written without capital letters, as Arabic and Hindi are, or without spaces, as Chinese. A
network that learns from such pages too trusts the lines' shapes where their words say nothing.
What is known of such a page is what `phrases` tells: short lines, some of them.
"""

from __future__ import annotations

import re
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.lines.arrays import Ints, gather_lines, mix
from cleaner.evidence.lines.ngrams import NgramTable, ngrams

_KNOWN_NGRAMS = 8  # of so many n-grams one is known: names, loan words
_KNOWN_LINES, _SHORT = 3, 9  # of so many lines with so few n-grams one is
_NUMBERS = ("0", "00", "0000", "0 0", "00:00", "0:00", "00.00.0000", "00/00/0000", "0000-00-00",
            "0.0", "00 0000", "0,000", "00,000")  # fmt: skip

_SCRIPTS = ("same", "same", "caseless", "unspaced")  # those of pages, one after the other
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN_WORDS = 20  # of so many words one stays as it is
_CASELESS, _CASELESS_LETTERS = 0x0621, 26
_HAN, _HAN_LETTERS = 0x4E00, 4000
_LETTERS_OF_HAN = 3  # letters that one of Han stands for
_BETWEEN_HAN = re.compile(r"(?<=[\u4e00-\u9fff，。？！：]) (?=[\u4e00-\u9fff])")
_HAN_MARKS = str.maketrans(",.?!:;()", "，。？！：；（）")


def strange_places(places: Ints, bounds: Ints, pages: Ints, buckets: int) -> Ints:
    """Where n-grams look up weights; ``bounds`` and ``pages`` are of their lines.

    >>> strange_places(np.array([3, 3, 4]), np.array([0, 2, 3]), np.array([0, 1]), 1000).tolist()
    [955, 955, 909]
    """
    sizes = np.diff(bounds)
    moved = (places + np.repeat(_distance(pages, buckets), sizes)) % buckets
    is_known = _known(buckets)[places] | np.repeat(_known_lines(places, bounds, pages), sizes)
    return np.where(is_known, places, moved)


def strange_table(table: NgramTable, places: Ints, bounds: Ints, page: int) -> NgramTable:
    """The table as a page looks it up whose n-grams these are, by `strange_places`."""
    buckets = len(table.weights)
    pages = np.full(len(bounds) - 1, page)
    is_known = _known(buckets).copy()
    lines = np.repeat(_known_lines(places, bounds, pages), np.diff(bounds))
    is_known[places[lines]] = True
    weights = np.roll(table.weights, -int(_distance(np.array([page]), buckets)[0]), axis=0)
    weights[is_known] = table.weights[is_known]
    return NgramTable(weights, table.scale)


def in_strange_script(line: str, page: int) -> str:
    """A line of a page in its script: as it is, without capital letters, or without spaces.

    >>> [in_strange_script("Read on, please.", page) for page in (0, 2, 3)]
    ['Read on, please.', 'ثظشط با, ةإظشجظ.', '媇动，媊娹。']
    """
    script = _SCRIPTS[page % len(_SCRIPTS)]
    if script == "same":
        return line
    if script == "caseless":
        return _LETTERS.sub(_without_case, line)
    return _BETWEEN_HAN.sub("", _LETTERS.sub(_as_han, line).translate(_HAN_MARKS))


def has_spaces(page: int) -> bool:
    """Whether a page's script has spaces between words."""
    return _SCRIPTS[page % len(_SCRIPTS)] != "unspaced"


def _without_case(word: re.Match[str]) -> str:
    if _stays(word[0]):
        return word[0]
    return "".join(chr(_CASELESS + ord(letter) % _CASELESS_LETTERS) for letter in word[0].lower())


def _as_han(word: re.Match[str]) -> str:
    if _stays(word[0]):
        return word[0]
    first, count = _digest(word[0]), max(1, round(len(word[0]) / _LETTERS_OF_HAN))
    return "".join(chr(_HAN + (first + 7919 * at) % _HAN_LETTERS) for at in range(count))


def _stays(word: str) -> bool:
    return _digest(word) % _LATIN_WORDS == 0


@cache
def _digest(word: str) -> int:
    return crc32(word.lower().encode("utf-8", "surrogatepass"))


def _distance(pages: Ints, buckets: int) -> Ints:
    """How far from its own an n-gram of a page looks up its weights."""
    return (mix(pages.astype(np.uint32) + np.uint32(1)) % np.uint32(buckets)).astype(np.int64)


def _known_lines(places: Ints, bounds: Ints, pages: Ints) -> NDArray[np.bool_]:
    """Short lines whose n-grams are known, as phrases are: the same on all of a page."""
    sizes = np.diff(bounds)
    first = np.append(places, 0)[bounds[:-1]].astype(np.uint32)
    drawn = mix(first + mix(pages.astype(np.uint32)))
    known: NDArray[np.bool_] = (sizes <= _SHORT) & (drawn % np.uint32(_KNOWN_LINES) == 0)
    return known


@cache
def _known(buckets: int) -> NDArray[np.bool_]:
    drawn = mix(np.arange(buckets, dtype=np.uint32))
    known: NDArray[np.bool_] = drawn % np.uint32(_KNOWN_NGRAMS) == 0
    known[ngrams(gather_lines([_NUMBERS]).words, buckets)[0]] = True
    return known
