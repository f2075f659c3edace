"""Linear scores of a line's words and word pairs, looked up by hash.

The table has a row for each bucket and a column for each role, and one more
for main content; a line's score is the sum over its n-grams divided by the
square root of their number. The table is whole numbers with one scale, so that
sums are exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.lines.arrays import Ints, Lines, Words, mix

MOST_WORDS = 20
"""Words at a line's start that count; a longer line is told by its shape."""

_OPENING, _CLOSING = np.uint32(0x5BD1E995), np.uint32(0x1B873593)
_PAIR = np.uint32(0x9E3779B1)


@dataclass(frozen=True)
class NgramTable:
    """Weights of n-grams: ``weights`` (buckets, columns) int8, times ``scale``."""

    weights: NDArray[np.int8]
    scale: float

    def scores(self, lines: Lines) -> NDArray[np.float32]:
        """The score of each line in each column; 0 for a line without words."""
        parts = [self._scores(lines.words.of(part.first, part.last)) for part in lines.stretches()]
        return np.concatenate(parts) if parts else self._scores(lines.words)

    def _scores(self, words: Words) -> NDArray[np.float32]:
        buckets, bounds = ngrams(words, len(self.weights))
        some = np.flatnonzero(np.diff(bounds))
        totals = np.zeros((len(words.begin), self.weights.shape[1]), np.float32)
        if len(some):
            rows = self.weights.take(buckets, axis=0)
            # No line has more than 41 n-grams, and so no sum that goes beyond 16 bits.
            totals[some] = np.add.reduceat(rows, bounds[some], axis=0, dtype=np.int16)
        sizes: NDArray[np.float32] = np.sqrt(np.maximum(np.diff(bounds), 1), dtype=np.float32)
        scores: NDArray[np.float32] = totals * np.float32(self.scale) / sizes[:, None]
        return scores


def ngrams(words: Words, buckets: int) -> tuple[Ints, Ints]:
    """The buckets of all n-grams of some lines, line by line, and where each line's begin.

    An n-gram is a word, a pair of neighbours, the first word with the line's
    beginning, or the last with its end.

    >>> from cleaner.evidence.lines.arrays import gather_lines
    >>> found, bounds = ngrams(gather_lines([["Read more", "Home"]]).words, 1000)
    >>> bounds.tolist()
    [0, 5, 8]
    """
    some = words.place < MOST_WORDS
    hashes, line = words.hashes[some], words.line[some]
    is_first = words.place[some] == 0
    is_last = np.append(line[1:] != line[:-1], True)[: len(line)]
    previous = np.where(is_first, _OPENING, np.roll(hashes, 1))
    pairs = mix(previous * _PAIR + hashes)
    closing = mix(hashes[is_last] * _PAIR + _CLOSING)
    counts = np.minimum(words.end - words.begin, MOST_WORDS)
    sizes = np.where(counts > 0, 2 * counts + 1, 0)
    bounds = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    found = np.empty(int(bounds[-1]), np.uint32)
    at = bounds[line] + 2 * words.place[some]
    found[at], found[at + 1] = hashes, pairs
    found[at[is_last] + 2] = closing
    return (found % np.uint32(buckets)).astype(np.int64), bounds
