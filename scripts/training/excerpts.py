"""What readers copy of a page: the piece alone, a part of it, or a little more than it.

Texts of a few lines reach the program too, and whole pages say little of them: there a short
line is furniture more often than not. Each page is cut once, always the same way.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_MOST_AROUND = 4  # lines of the page before and after the piece
_MOST_LINES = 40  # of a part


def copied_lines(is_piece: Sequence[bool], seed: int) -> slice:
    """The lines of a page that are copied, given which are of its piece; none where none is.

    >>> copied_lines([False, True, False, True, False], seed=3)
    slice(1, 4, None)
    """
    piece = np.flatnonzero(is_piece)
    if not len(piece):
        return slice(0, 0)
    begin, end = int(piece[0]), int(piece[-1]) + 1
    generator = np.random.default_rng(seed)
    way = generator.integers(3)
    if way == 1:
        size = int(generator.integers(1, min(_MOST_LINES, end - begin) + 1))
        begin += int(generator.integers(end - begin - size + 1))
        return slice(begin, begin + size)
    if way == 2:
        before, after = generator.integers(_MOST_AROUND + 1, size=2).tolist()
        return slice(max(0, begin - before), min(len(is_piece), end + after))
    return slice(begin, end)
