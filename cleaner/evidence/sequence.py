"""The roles of lines in the light of the lines next to them.

A menu entry is seldom alone: how much more often one role follows another than
chance would have it was counted on labelled pages, and each line's chances are
weighed by what its two neighbours make likely. That counts by its fourth root, and no
path is chosen, so that lists of mixed lines do not tip over. Out of fold roles are right
in 0.005 more of the lines so, in 0.012 of half-cleaned ones; the square root gains as
much there, and takes debris in short texts for text.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.lines import Lines

Floats = NDArray[np.float32]

_WHOLE = 1 << 16
"""Chances become whole numbers of this: their products with whole numbers add up exactly."""


def in_sequence(lines: Lines, roles: Floats, follows: NDArray[np.int16]) -> Floats:
    """The chances of the roles (lines, 17), given those of each line by itself.

    ``follows`` (17, 17) says in parts of 256 how much more often the second role
    stands under the first than chance would have it. A page's chances do not
    hang on its batch.

    >>> from cleaner.evidence.lines import gather_lines
    >>> roles = np.array([[0.9, 0.1], [0.5, 0.5], [0.9, 0.1]], np.float32)
    >>> follows = np.array([[512, 64], [64, 512]], np.int16)
    >>> float(in_sequence(gather_lines([["a", "b", "c"]]), roles, follows)[1, 0]) > 0.6
    True
    """
    here = np.arange(len(roles))
    whole, table = np.rint(roles.astype(np.float64) * _WHOLE), follows.astype(np.float64)
    # einsum, because matrix products of numpy's take every core of the machine
    for_next = np.sqrt(np.sqrt(np.einsum("ij,jk", whole, table).astype(np.float32)))
    for_last = np.sqrt(np.sqrt(np.einsum("ij,kj", whole, table).astype(np.float32)))
    for_next[lines.last == here + 1] = 1
    for_last[lines.first == here] = 1
    chances = roles.copy()
    chances[1:] *= for_next[:-1]
    chances[:-1] *= for_last[1:]
    chances /= chances.sum(axis=1, keepdims=True)
    return chances
