"""A table of features that is put together some thousand rows at a time.

The rows of a page of a hundred thousand blocks take 200 MB, and a model wants a
few of them at once. So columns are kept narrow, or as what makes them, until their
rows are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Columns = NDArray[np.generic]

_NARROW = {np.bool_, np.uint8, np.float32}
"""The types in which columns are kept as they come: flags and small numbers take a byte each."""


class FeatureTable:
    """Columns with names, a row for each of ``count`` blocks.

    >>> table = FeatureTable(3)
    >>> table.add("place", np.arange(3))
    >>> table.add_made(["double"], lambda rows: 2 * np.arange(3)[rows, None])
    >>> table.names, table.rows(slice(1, 3)).tolist()
    (['place', 'double'], [[1.0, 2.0], [2.0, 4.0]])
    """

    def __init__(self, count: int) -> None:
        self.count = count
        self.names: list[str] = []
        self._parts: list[tuple[int | slice, Callable[[slice], Columns | np.float32]]] = []

    def add(self, name: str, column: Columns) -> None:
        """Take one column."""
        self._parts.append((len(self.names), _kept(column).__getitem__))
        self.names.append(name)

    def add_all(self, names: Sequence[str], columns: Columns) -> None:
        """Take several columns, side by side."""
        self.add_made(names, _kept(columns).__getitem__)

    def add_same(self, name: str, value: float) -> None:
        """Take a column with the same value in all rows."""
        same = np.float32(value)
        self._parts.append((len(self.names), lambda rows: same))
        self.names.append(name)

    def add_made(self, names: Sequence[str], make: Callable[[slice], Columns]) -> None:
        """Take what makes columns, given the rows that are wanted."""
        begin = len(self.names)
        self.names += names
        self._parts.append((slice(begin, len(self.names)), make))

    def rows(self, rows: slice) -> Floats:
        """These rows with all their columns; ``rows`` has a start and a stop."""
        table = np.empty((rows.stop - rows.start, len(self.names)), np.float32)
        for place, make in self._parts:
            table[:, place] = make(rows)
        return table


def small(counts: NDArray[np.signedinteger], most: int) -> NDArray[np.uint8]:
    """Counts as far as they count, a byte each."""
    found: NDArray[np.uint8] = np.minimum(counts, most).astype(np.uint8)
    return found


def _kept(columns: Columns) -> Columns:
    """Columns as they are kept: narrow."""
    return columns if columns.dtype.type in _NARROW else columns.astype(np.float32)
