"""Columns of numbers, one place for each element or block."""

from __future__ import annotations

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
    return np.array(values, dtype=np.int32)


def counts_before(flags: Bools) -> Ints:
    """For each place 0 to n how many of the flags before it are set; n + 1 numbers.

    >>> counts_before(np.array([True, False, True])).tolist()
    [0, 1, 1, 2]
    """
    counts = np.zeros(len(flags) + 1, dtype=np.int32)
    np.cumsum(flags, out=counts[1:])
    return counts
