"""Which blocks of a page to keep: the choice whose expected F1 is highest."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def expected_f1_cut(chances: ArrayLike, words: ArrayLike) -> NDArray[np.bool_]:
    """Which blocks of one page to keep, given each one's chance to belong to the content.

    The blocks are sorted by chance, on a tie by place, and of all prefixes the
    one is kept that has the highest expected F1 over words:
    ``2 * sum(p*m) / (sum(m kept) + sum(p*m over all))``, with ``m`` the words
    of a block. On the development pages this is worth a point of F1 over any
    fixed threshold. Blocks without words stand in the prefix if their chance is
    as high as the last one's that has some. A page without words or chances keeps nothing.

    >>> expected_f1_cut([0.9, 0.1, 0.4], [10, 10, 10]).tolist()
    [True, False, True]
    >>> expected_f1_cut([0.9, 0.1, 0.4], [100, 10, 10]).tolist()
    [True, False, False]
    >>> expected_f1_cut([], []).tolist()
    []
    """
    chance = np.asarray(chances, dtype=np.float64)
    mass = np.asarray(words, dtype=np.float64)
    expected = chance * mass
    total = expected.sum()
    kept = np.zeros(len(chance), dtype=np.bool_)
    if total <= 0:
        return kept
    order = np.argsort(-chance, kind="stable")
    scores = 2 * np.cumsum(expected[order]) / (np.cumsum(mass[order]) + total)
    kept[chance >= chance[order[int(np.argmax(scores))]]] = True
    return kept
