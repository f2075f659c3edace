"""What readers copy of a page: the piece alone, a part of it, or a little more than it.

Texts of a few lines reach the program too, and whole pages say little of them: there a short
line is furniture more often than not. Each page is cut once, always the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from zlib import crc32

import numpy as np

from cleaner.document import BODY_ROLES, Role
from scripts.training.text_pages import EXCERPT, ROLES, TextPage

_TITLE = ROLES.index(Role.HEADLINE)
_PIECE = [ROLES.index(role) for role in BODY_ROLES]
_CUT_FROM = ("full", "half")
_MOST_AROUND = 4  # lines of the page before and after the piece
_MOST_LINES = 40  # of a part


def excerpt_of(styles: Sequence[TextPage]) -> TextPage | None:
    """An excerpt of a page, given in its styles: of the whole page or of the half-cleaned one.

    None where nobody knows what the page's content is, or it has none in that style.
    """
    named = {page.style: page for page in styles}
    drawn = crc32(styles[0].page.name.encode()) if styles else 0
    page = named.get(_CUT_FROM[drawn % len(_CUT_FROM)])
    main = np.flatnonzero(_is_piece(page)) if page else ()
    if page is None or not len(main):
        return None
    begin, end = _piece(int(main[0]), int(main[-1]) + 1, len(page.lines), drawn)
    rows = slice(begin, end)
    gaps = page.gaps[rows].copy()
    gaps[0] = 0
    return replace(
        page,
        style=EXCERPT,
        lines=page.lines[rows],
        gaps=gaps,
        indents=page.indents[rows],
        main=page.main[rows],
        weight=page.weight[rows],
        roles=page.roles[rows],
    )


def _is_piece(page: TextPage) -> np.ndarray:
    """Which lines are of the piece, its title among them."""
    is_main = (page.main > 0) & (page.weight > 0)
    is_labelled = np.isin(page.roles, [_TITLE, *_PIECE])
    found: np.ndarray = np.where(page.roles >= 0, is_labelled, is_main)
    return found


def _piece(begin: int, end: int, count: int, seed: int) -> tuple[int, int]:
    """The lines that are copied: all of the piece, a part, or some lines more."""
    generator = np.random.default_rng(seed)
    way = generator.integers(3)
    if way == 1:
        size = int(generator.integers(1, min(_MOST_LINES, end - begin) + 1))
        begin += int(generator.integers(end - begin - size + 1))
        return begin, begin + size
    if way == 2:
        before, after = generator.integers(_MOST_AROUND + 1, size=2).tolist()
        return max(0, begin - before), min(count, end + after)
    return begin, end
