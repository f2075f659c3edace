"""How many words each of many texts has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_LETTER, _UNSPACED = 1, 2


def count_words(texts: Sequence[str]) -> Floats:
    """The words of each text, none of which is empty; an empty sequence gives an empty column.

    A word is a run of letters or digits, or two letters of a script written
    without spaces.

    >>> count_words(["Two words.", "月曜日に"]).tolist()
    [2.0, 2.0]
    """
    lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
    joined = "\n".join(texts) + "\n"
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    classes = _class_table()[np.minimum(points, 0xFFFF)]
    starts = np.concatenate(([0], np.cumsum(lengths + 1)[:-1])) if len(texts) else np.zeros(0, int)
    unspaced = (classes & _UNSPACED) > 0
    inside = ((classes & _LETTER) > 0) & ~unspaced
    word_starts = inside & ~np.concatenate(([False], inside[:-1]))
    words = _sums(word_starts, starts) + np.ceil(_sums(unspaced, starts) / 2)
    return words.astype(np.float32)


def _sums(mask: NDArray[np.bool_], starts: NDArray[np.int64]) -> Floats:
    """How often the mask holds in each text."""
    if not len(starts):
        return np.zeros(0, np.float32)
    return np.add.reduceat(mask.astype(np.float32), starts).astype(np.float32)


@lru_cache(maxsize=1)
def _class_table() -> NDArray[np.uint8]:
    """The classes of every character of the basic plane; those above share the last one's."""
    table = np.zeros(0x10000, np.uint8)
    for point in range(0x10000):
        character = chr(point)
        is_letter = character.isalpha() or character.isdigit()
        table[point] = _LETTER * is_letter | _UNSPACED * _is_unspaced(point)
    return table


def _is_unspaced(point: int) -> bool:
    """Thai, Lao, Burmese, Khmer, Chinese and Japanese letters."""
    ranges = ((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF))
    han = ((0x3400, 0x9FFF), (0xF900, 0xFAFF))
    return any(low <= point <= high for low, high in (*ranges, *han))
