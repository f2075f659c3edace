"""What stands around a line on its own page: shifts, sums over windows, distances.

All sums are of integers, so that they do not hang on where in a batch a page stands.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.lines.arrays import Flags, Ints, Lines
from cleaner.parsing.columns import sums_before

FAR = 60
"""The distance to what is not there, and the most that any distance counts."""


def shifted(lines: Lines, by: int) -> tuple[Ints, Flags]:
    """The line so many further on, and whether the page has one; else the line itself."""
    here = np.arange(len(lines))
    there = here + by
    inside = (there >= lines.first) & (there < lines.last)
    return np.where(inside, there, here), inside


class RunningSums:
    """The sums of each column of whole numbers over stretches of lines, each of one page.

    >>> from cleaner.evidence.lines.arrays import gather_lines
    >>> sums = RunningSums(gather_lines([["a", "b", "c"], ["d"]]), np.array([1, 2, 3, 4]))
    >>> sums.around(1, 0).tolist(), sums.page().tolist(), sums.above().tolist()
    ([1, 3, 5, 4], [6, 6, 6, 4], [0, 1, 3, 0])
    """

    def __init__(self, lines: Lines, values: NDArray[np.integer]) -> None:
        self.lines = lines
        self._sums = sums_before(values, np.int64)

    def around(self, before: int, after: int) -> Ints:
        """From ``before`` lines above to ``after`` lines below, own line included."""
        low, high = _window(self.lines, before, after)
        return self._between(low, high)

    def page(self) -> Ints:
        """Over the whole page, for each of its lines."""
        return self._between(self.lines.first, self.lines.last)

    def above(self) -> Ints:
        """Over the lines of the page above each line."""
        return self._between(self.lines.first, np.arange(len(self.lines)))

    def _between(self, low: Ints, high: Ints) -> Ints:
        result: Ints = self._sums.take(high, axis=0)
        result -= self._sums.take(low, axis=0)
        return result


def window_sizes(lines: Lines, before: int, after: int) -> Ints:
    """How many lines the page has from ``before`` lines above to ``after`` below."""
    low, high = _window(lines, before, after)
    return high - low


def _window(lines: Lines, before: int, after: int) -> tuple[Ints, Ints]:
    here = np.arange(len(lines))
    low = np.maximum(here - before, lines.first)
    return low, np.minimum(here + after + 1, lines.last)


def distance_below(lines: Lines, wanted: Flags) -> Ints:
    """How many lines down the next wanted line is; `FAR` where there is none nearer.

    >>> from cleaner.evidence.lines.arrays import gather_lines
    >>> lines = gather_lines([["a", "b", "c"], ["d"]])
    >>> distance_below(lines, np.array([False, False, True, True])).tolist()
    [2, 1, 60, 60]
    """
    here = np.arange(len(lines))
    places = np.where(wanted, here, len(lines) + FAR)
    below = np.append(np.minimum.accumulate(places[::-1])[::-1], len(lines) + FAR)[1:]
    return np.minimum(np.where(below < lines.last, below - here, FAR), FAR)


def distance_above(lines: Lines, wanted: Flags) -> Ints:
    """How many lines up the next wanted line is; `FAR` where there is none nearer."""
    here = np.arange(len(lines))
    above = np.append(-FAR, np.maximum.accumulate(np.where(wanted, here, -FAR)))[:-1]
    return np.minimum(np.where(above >= lines.first, here - above, FAR), FAR)
