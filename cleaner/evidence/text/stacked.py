"""Features for the last model: the measures of the lines, their n-gram scores, and both around.

N-gram scores become chances, and chances thousandths, before they are summed
over windows: whole numbers, whose sums are the same in any batch.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.lines.arrays import Lines
from cleaner.evidence.lines.windows import RunningSums, shifted, window_sizes
from cleaner.evidence.text.features import feature_names, line_features

Floats = NDArray[np.float32]

_SMALL = ((1, 1), (3, 3))
_WIDE = ((10, 0), (0, 10))


def stacked_features(lines: Lines, scores: Floats) -> Floats:
    """Everything the last model reads, given the scores of `NgramTable.scores`.

    ``scores`` have a column for each role and last one for main content.
    """
    return np.concatenate([line_features(lines), scores, context_of(lines, scores)], axis=1)


def context_of(lines: Lines, scores: Floats) -> Floats:
    """The chances that the scores give, of each line and of the lines around it."""
    chances = _thousandths(scores)
    sums = RunningSums(lines, chances)
    spans = (*_SMALL, *_WIDE)
    wide = [(sums.around(*span), window_sizes(lines, *span)) for span in spans]
    wide.append((sums.page(), lines.last - lines.first))
    found = np.empty((len(lines), 3 + len(wide), chances.shape[1]), np.float32)
    found[:, 0] = chances
    for place, by in enumerate((-1, 1), start=1):
        other, inside = shifted(lines, by)
        found[:, place] = chances.take(other, axis=0) * inside[:, None]
    for place, (total, size) in enumerate(wide, start=3):
        found[:, place] = total
        found[:, place] /= size.astype(np.float32)[:, None]
    found *= np.float32(0.001)
    return found.reshape(len(lines), found.shape[1] * found.shape[2])


def _thousandths(scores: Floats) -> NDArray[np.int32]:
    roles = np.exp(scores[:, :-1] - scores[:, :-1].max(axis=1, keepdims=True))
    roles /= roles.sum(axis=1, keepdims=True)
    main = 1 / (1 + np.exp(-scores[:, -1:]))
    whole: NDArray[np.int32] = np.rint(np.concatenate([roles, main], axis=1) * 1000).astype(
        np.int64
    )
    return whole


def stacked_names(roles: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of `stacked_features`."""
    columns = (*roles, "main")
    around = ["own", "-1", "+1", "-1+1", "-3+3", "-10", "+10", "page"]
    return (
        *feature_names(),
        *(f"words say {column}" for column in columns),
        *(f"{column} {where}" for where in around for column in columns),
    )
