"""Columns of numbers, one place for each element or block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.signedinteger[Any]]
"""A column of whole numbers."""

Places = npt.NDArray[np.intp]
"""A column of indices, as numpy gives them."""

Bools = npt.NDArray[np.bool_]
"""A column of yes and no."""


def ints(values: list[int]) -> Ints:
    """A column of these numbers."""
    return np.fromiter(values, np.int32, len(values))


def covered(elements: Sequence[int], ends: Ints) -> Bools:
    """Which of all elements are one of some, or stand in one; ``ends`` are where each ends.

    >>> covered([1, 3], np.array([5, 3, 3, 4, 5])).tolist()
    [False, True, True, True, False]
    """
    places = np.array(elements, np.int64)
    steps = np.zeros(len(ends) + 1, dtype=np.int32)
    np.add.at(steps, places, 1)
    np.add.at(steps, ends[places], -1)
    return np.cumsum(steps[:-1]) > 0


def counts_before(flags: Bools) -> Ints:
    """For each place 0 to n how many of the flags before it are set; n + 1 numbers.

    >>> counts_before(np.array([True, False, True])).tolist()
    [0, 1, 1, 2]
    """
    return sums_before(flags, np.int32)


def sums_before(values: npt.NDArray[Any], dtype: npt.DTypeLike) -> npt.NDArray[Any]:
    """For each place 0 to n the sum of the values, or rows, before it; n + 1 of them.

    >>> sums_before(np.array([[1.5, 1], [2.0, 3]]), np.float64).tolist()
    [[0.0, 0.0], [1.5, 1.0], [3.5, 4.0]]
    """
    sums = np.zeros((len(values) + 1, *values.shape[1:]), dtype)
    np.add.accumulate(values, axis=0, dtype=dtype, out=sums[1:])
    return sums
