"""Which features spoke for what a model says: each in turn is set to a value that says nothing.

What that takes from the log-odds is the feature's part.
"""

from __future__ import annotations

import numpy as np

from cleaner.evidence.learned.loading import Columns, Floats

Reason = tuple[str, float]
"""The name of a feature, and its part."""

_LEAST = 1e-6  # chance


def varied(row: Floats, columns: Columns) -> Floats:
    """The row once for each of its features without that one, and last the row as it is."""
    rows = np.repeat(row.reshape(1, -1), row.size + 1, axis=0)
    own = np.arange(row.size)
    rows[own, own] = columns.typical
    return rows


def loudest(chances: Floats, columns: Columns, most: int) -> list[Reason]:
    """From the chances of `varied` rows the features that spoke loudest, those first.

    Only what spoke for it, not what spoke against it.
    """
    sure = chances.astype(np.float64).clip(_LEAST, 1 - _LEAST)
    odds = np.log(sure / (1 - sure))
    parts = odds[-1] - odds[:-1]
    order = np.argsort(-parts, kind="stable")[:most]
    return [(columns.names[at], float(parts[at])) for at in order if parts[at] > 0]
