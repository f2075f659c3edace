"""Counts of characters and words per block, for all blocks of a page at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_LETTER, _DIGIT, _UPPER, _COMMA, _END, _SPACE, _PUNCTUATION, _UNSPACED = (1 << i for i in range(8))
_CLOSERS = "\"'”’»›«)]}」』）*"
_SENTENCE_ENDS = ".!?…。！？؟۔।॥។။։"


@dataclass(frozen=True, eq=False)
class Characters:
    """Columns over blocks, as float32 counts; ``is_sentence`` is 0 or 1."""

    chars: Floats
    words: Floats
    digits: Floats
    uppers: Floats
    commas: Floats
    ends: Floats
    punctuation: Floats
    is_sentence: Floats
    starts_lower: Floats


def count_characters(texts: Sequence[str]) -> Characters:
    """The counts of each text; an empty sequence gives empty columns.

    A word is a run of letters or digits, or two letters of a script written
    without spaces.

    >>> count_characters(["Two words.", "月曜日に"]).words.tolist()
    [2.0, 2.0]
    """
    lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    joined = "\n".join(texts) + "\n"
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _class_table()[np.minimum(points, 0xFFFF)]
    starts = np.concatenate(([0], np.cumsum(lengths + 1)[:-1])) if len(texts) else np.zeros(0, int)
    unspaced = (classes & _UNSPACED) > 0
    inside = ((classes & (_LETTER | _DIGIT)) > 0) & ~unspaced
    word_starts = inside & ~np.concatenate(([False], inside[:-1]))
    words = _sums(word_starts, starts) + np.ceil(_sums(unspaced, starts) / 2)
    return Characters(
        chars=lengths.astype(np.float32) - _sums((classes & _SPACE) > 0, starts) + 1,
        words=words.astype(np.float32),
        digits=_sums((classes & _DIGIT) > 0, starts),
        uppers=_sums((classes & _UPPER) > 0, starts),
        commas=_sums((classes & _COMMA) > 0, starts),
        ends=_sums((classes & _END) > 0, starts),
        punctuation=_sums((classes & _PUNCTUATION) > 0, starts),
        is_sentence=_flags(text.rstrip(_CLOSERS)[-1:] in _ENDS for text in texts),
        starts_lower=_flags(text[:1].islower() for text in texts),
    )


_ENDS = frozenset(_SENTENCE_ENDS)


def _flags(values: object) -> Floats:
    return np.array(list(values), np.float32)  # type: ignore[call-overload]


def _sums(mask: NDArray[np.bool_], starts: NDArray[np.int64]) -> Floats:
    """How often the mask holds in each text; texts are not empty, each has its line end."""
    if not len(starts):
        return np.zeros(0, np.float32)
    return np.add.reduceat(mask.astype(np.float32), starts).astype(np.float32)


@lru_cache(maxsize=1)
def _class_table() -> NDArray[np.uint8]:
    """The classes of every character of the basic plane; those above share the last one's."""
    table = np.zeros(0x10000, np.uint8)
    for point in range(0x10000):
        character = chr(point)
        table[point] = (
            _LETTER * character.isalpha()
            | _DIGIT * character.isdigit()
            | _UPPER * character.isupper()
            | _COMMA * (character in ",;:，、；：،")
            | _END * (character in _ENDS)
            | _SPACE * character.isspace()
            | _PUNCTUATION * (point > 32 and not character.isalnum() and not character.isspace())
            | _UNSPACED * _is_unspaced(point)
        )
    return table


def _is_unspaced(point: int) -> bool:
    """Thai, Lao, Burmese, Khmer, Chinese and Japanese letters."""
    ranges = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF))
    han = ((0x3400, 0x9FFF), (0xF900, 0xFAFF))
    return any(low <= point <= high for low, high in (*ranges, *han))
