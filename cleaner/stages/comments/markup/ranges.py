"""Ranges of a column, many at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.parsing.columns import Ints

Column = npt.NDArray[Any]


def over_ranges(how: np.ufunc, values: Column, starts: Ints, ends: Ints) -> Column:
    """What ``how`` makes of the values in each range ``[start, end)``; none may be empty.

    ``values`` has a place more than any range reaches, which is not asked.

    >>> over_ranges(np.maximum, np.array([3, 1, 2, 0]), np.array([0, 1]), np.array([2, 3]))
    array([3, 2])
    """
    return how.reduceat(values, np.stack((starts, ends), axis=1).ravel())[::2]  # between them, too
