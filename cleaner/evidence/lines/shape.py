"""The shape of lines: how long each is, how it ends, whether it reads as prose.

Words are counted on the characters of all lines at once, as in `cleaner.evidence.lines.arrays`,
but for other words: here apostrophes and hyphens join them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import IntEnum
from functools import cache, partial

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Shape
from cleaner.evidence.lines.codepoints import PLANE, UNSPACED_RANGES, basic_plane, code_points

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_UNSPACED_LETTERS_PER_WORD = 2
_ENDING = 40  # characters at a line's end in which its last mark stands, closing quotes behind it
_CLOSERS = "\"'”’»›«)]}」』）*"
_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।", "॥", "។", "။", "։")
_PROSE_WORDS = 8  # a full sentence this long is a paragraph; teasers and buttons are shorter
_LONG_WORDS = (
    25  # a line this long is a paragraph however it ends; the longest headlines have about 20
)
_AT_ONCE = 1024
"""Lines whose characters are held as numbers at once; those of a page of 5 MB would take 35 MB."""


class _Letter(IntEnum):
    """What a character is to the words of a line; ``BEYOND`` the basic plane nobody looked."""

    NONE = 0
    WORD = 1
    JOINT = 2
    UNSPACED = 3
    BEYOND = 4


# As numbers of one byte: compared with others, an array is first made of wider ones.
_WORD_LETTER, _JOINT = np.uint8(_Letter.WORD), np.uint8(_Letter.JOINT)
_UNSPACED, _BEYOND = np.uint8(_Letter.UNSPACED), np.uint8(_Letter.BEYOND)


def shapes_of(texts: Sequence[str]) -> list[Shape]:
    """The shape of each line; many at once are quicker, and the same as each alone.

    >>> shapes = shapes_of(["The bridge across the river will open on Monday.", "Sports"])
    >>> [shape.is_prose for shape in shapes], shapes[0].words
    ([True, False], 9)
    >>> shapes_of(["橋は月曜日に開通すると町議会が発表した。"])[0].is_prose
    True
    """
    counts, ends = count_words(texts), list(map(is_sentence, texts))
    are_prose = [
        words >= _PROSE_WORDS and (is_end or words >= _LONG_WORDS)
        for words, is_end in zip(counts, ends, strict=True)
    ]
    # As ``Shape(...)`` does, without a call of Python for each line.
    return list(map(partial(tuple.__new__, Shape), zip(counts, ends, are_prose, strict=True)))


def is_sentence(text: str) -> bool:
    """Whether a text ends like a sentence, behind closing quotes and brackets.

    >>> is_sentence("“It rained.”"), is_sentence("Read more")
    (True, False)
    """
    if text[-1:].isalnum():
        return False  # most lines
    if text.endswith(_SENTENCE_END):
        return True
    return text[-_ENDING:].rstrip().rstrip(_CLOSERS).endswith(_SENTENCE_END)


def is_upper(text: str) -> bool:
    """Whether a text is written in capitals alone."""
    return text.upper() == text and text.lower() != text


def count_words(texts: Sequence[str]) -> list[int]:
    """How many words each text has.

    >>> count_words(["It's a well-kept garden", "月曜日に", ""])
    [4, 2, 0]
    """
    counts: list[int] = []
    for start in range(0, len(texts), _AT_ONCE):
        counts += _counted(texts[start : start + _AT_ONCE])
    return counts


def _counted(texts: Sequence[str]) -> list[int]:
    codes = code_points("\n".join((*texts, "")))
    sizes = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    starts = np.cumsum(sizes) - sizes
    letters = _letters().take(codes, mode="clip")  # the last entry is for all beyond the plane
    is_word = letters == _WORD_LETTER
    marks = is_word.astype(np.int8)
    marks[1:] -= is_word[1:] & is_word[:-1]  # what is left begins a run of letters
    marks[1:-1] -= (letters[1:-1] == _JOINT) & is_word[:-2] & is_word[2:]
    counts = np.add.reduceat(marks, starts, dtype=np.int64)
    if letters.max(initial=0) >= _UNSPACED:  # on few pages
        unspaced = np.add.reduceat(letters == _UNSPACED, starts, dtype=np.int64)
        counts -= -unspaced // _UNSPACED_LETTERS_PER_WORD
        for line in np.flatnonzero(np.add.reduceat(letters == _BEYOND, starts)).tolist():
            counts[line] = _count_words_of(texts[line])
    found: list[int] = counts.tolist()
    return found


def _count_words_of(text: str) -> int:
    spaced, unspaced = _unspaced().subn(" ", text)
    return len(_WORD.findall(spaced)) + -(-unspaced // _UNSPACED_LETTERS_PER_WORD)


@cache
def _unspaced() -> re.Pattern[str]:
    """A letter of the `UNSPACED_RANGES`; 7 ms to compile, and seldom asked."""
    return re.compile(f"[{''.join(f'{chr(a)}-{chr(b)}' for a, b in UNSPACED_RANGES)}]")


@cache
def _letters() -> NDArray[np.uint8]:
    """The `_Letter` of every code point of the basic plane, and one entry for all beyond."""
    plane = basic_plane()
    table = np.full(PLANE + 1, _Letter.NONE, np.uint8)
    for pattern, letter in ((r"\w+", _Letter.WORD), ("['’-]", _Letter.JOINT)):
        for found in re.finditer(pattern, plane):
            table[found.start() : found.end()] = letter
    for start, end in UNSPACED_RANGES:
        table[start : end + 1] = _Letter.UNSPACED
    table[PLANE] = _Letter.BEYOND
    return table
