"""What stands around a line on its own page: shifts, sums over windows, distances.

All sums are of integers, so that they do not hang on where in a batch a page stands.
"""

from __future__ import annotations

import numpy as np

from cleaner.evidence.lines import Flags, Ints, Lines

FAR = 60
"""The distance to what is not there, and the most that any distance counts."""


def shifted(lines: Lines, by: int) -> tuple[Ints, Flags]:
    """The line so many further on, and whether the page has one; else the line itself."""
    here = np.arange(len(lines))
    there = here + by
    inside = (there >= lines.first) & (there < lines.last)
    return np.where(inside, there, here), inside


def window_sums(lines: Lines, values: Ints, before: int, after: int) -> Ints:
    """The sum of each column from ``before`` lines above to ``after`` lines below, own included.

    >>> from cleaner.evidence.lines import gather_lines
    >>> lines = gather_lines([["a", "b", "c"], ["d"]])
    >>> window_sums(lines, np.array([1, 2, 3, 4]), 1, 0).tolist()
    [1, 3, 5, 4]
    """
    sums = np.zeros((len(values) + 1, *values.shape[1:]), np.int64)
    np.cumsum(values, axis=0, out=sums[1:])
    here = np.arange(len(lines))
    high = np.minimum(here + after + 1, lines.last)
    low = np.maximum(here - before, lines.first)
    result: Ints = sums[high] - sums[low]
    return result


def window_sizes(lines: Lines, before: int, after: int) -> Ints:
    """How many lines such a window has."""
    here = np.arange(len(lines))
    high = np.minimum(here + after + 1, lines.last)
    return high - np.maximum(here - before, lines.first)


def page_sums(lines: Lines, values: Ints) -> Ints:
    """The sum over the whole page, for each of its lines."""
    sums = np.zeros((len(values) + 1, *values.shape[1:]), np.int64)
    np.cumsum(values, axis=0, out=sums[1:])
    result: Ints = sums[lines.last] - sums[lines.first]
    return result


def sums_above(lines: Lines, values: Ints) -> Ints:
    """The sum over the lines of the page above each line."""
    sums = np.zeros(len(values) + 1, np.int64)
    np.cumsum(values, out=sums[1:])
    result: Ints = sums[:-1] - sums[lines.first]
    return result


def distance_below(lines: Lines, wanted: Flags) -> Ints:
    """How many lines down the next wanted line is; `FAR` where there is none nearer.

    >>> from cleaner.evidence.lines import gather_lines
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
