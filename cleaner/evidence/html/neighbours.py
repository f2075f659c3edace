"""What stands beside a block and in the elements around it, for some rows of a page at a time."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from cleaner.parsing.columns import Places, sums_before
from cleaner.parsing.tree import Tree

Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]
Columns = NDArray[np.generic]
Whole = TypeVar("Whole", bound=np.signedinteger[Any])

FAR = 50.0
"""The most blocks that a distance counts."""


def moved(columns: Floats, step: int, rows: slice) -> Floats:
    """For these rows the neighbours so many rows on; -1 where the page has none.

    >>> moved(np.array([[1.0], [2.0], [3.0]], np.float32), 1, slice(1, 3)).tolist()
    [[3.0], [-1.0]]
    """
    beside = np.full((rows.stop - rows.start, columns.shape[1]), -1.0, np.float32)
    first = max(rows.start + step, 0)
    found = columns[first : max(rows.stop + step, 0)]
    begin = first - rows.start - step
    beside[begin : begin + len(found)] = found
    return beside


class Windows:
    """The means over the rows at most so many away."""

    def __init__(self, columns: Floats) -> None:
        self._count = len(columns)
        self._sums = sums_before(columns, np.float64)

    def means(self, width: int, rows: slice) -> Floats:
        """Of these rows, in columns as they were given."""
        places = np.arange(rows.start, rows.stop)
        low, high = np.maximum(places - width, 0), np.minimum(places + width + 1, self._count)
        sums = self._sums[high] - self._sums[low]
        means: Floats = (sums / (high - low)[:, None]).astype(np.float32)
        return means


def elements_around(tree: Tree, elements: Columns) -> Places:
    """Some elements and all around them, in page order, each once."""
    asked = sums_before(np.bincount(elements, minlength=len(tree.tag)), np.int64)
    return np.flatnonzero(asked[tree.end] > asked[:-1])


class Paths:
    """The elements from the top of a page down to each of some elements, level by level."""

    def __init__(self, tree: Tree, elements: Columns) -> None:
        around = elements_around(tree, elements)
        self._elements = around[np.argsort(tree.depth[around], kind="stable")]
        place = np.zeros(len(tree.tag), np.int64)
        place[self._elements] = np.arange(len(around))
        self._parents = place[tree.parent[self._elements]]
        self._levels = np.cumsum(np.bincount(tree.depth[around])).tolist()
        self._asked = place[elements]

    def sums(self, values: NDArray[Whole], row: NDArray[np.integer]) -> NDArray[Whole]:
        """For each of the elements the sum over itself and all around it.

        ``row`` gives for every element of the tree its row of values; sums are of their type.
        """
        sums = values.take(row[self._elements], axis=0)
        for begin, end in pairwise(self._levels):
            sums[begin:end] += sums.take(self._parents[begin:end], axis=0)
        found: NDArray[Whole] = sums.take(self._asked, axis=0)
        return found


class Descendants:
    """Sums of columns over the blocks that stand in an element."""

    def __init__(self, tree: Tree) -> None:
        self._end = tree.end
        self._order = np.argsort(tree.element, kind="stable")
        self._before = sums_before(np.bincount(tree.element, minlength=len(tree.tag)), np.int64)

    def cumulated(self, columns: Columns) -> NDArray[np.float64]:
        """Running sums in the order of the elements, for `sums`."""
        return sums_before(columns[self._order], np.float64)

    def sums(self, cumulated: NDArray[np.float64], inside: Columns) -> Floats:
        """A row for each of some elements."""
        begin, end = self._before[inside], self._before[self._end[inside]]
        found: Floats = (cumulated[end] - cumulated[begin]).astype(np.float32)
        return found

    def means(self, cumulated: NDArray[np.float64], inside: Columns, rows: slice) -> Floats:
        """The means over the blocks in these rows' elements."""
        element = inside[rows]
        blocks = self._before[self._end[element]] - self._before[element]
        means: Floats = (
            self.sums(cumulated, element) / np.maximum(blocks, 1).astype(np.float32)[:, None]
        )
        return means


def distance(flags: Flags, direction: int) -> Floats:
    """Blocks to the next flagged one (or the last one, for -1), at most `FAR`; 0 on itself."""
    count = len(flags)
    places = np.arange(count)
    flags = flags[::-1] if direction > 0 else flags
    last = np.maximum.accumulate(np.where(flags, places, -1000))
    found: Floats = np.minimum(places - last, FAR).astype(np.float32)
    return found[::-1] if direction > 0 else found
