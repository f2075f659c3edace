"""What the words say: of a block, of those around it, and of the heading above."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from cleaner.evidence.html.feature_table import Columns, FeatureTable, Floats
from cleaner.evidence.html.features.blocks import Elements
from cleaner.evidence.html.features.tags import IS_HEADING
from cleaner.evidence.html.neighbours import Descendants, Windows, moved
from cleaner.evidence.html.page import SAID
from cleaner.parsing.tree import Tree

_STRETCH = 4096  # rows made at once
_WINDOW = 3


def add_said(table: FeatureTable, scores: Floats, chances: Floats) -> None:
    """The block's own n-gram scores, and the chances of the blocks beside it and of the page."""
    table.add_all([f"words say {said}" for said in SAID], scores)
    for step in (-1, 1):
        table.add_made([f"{said} {step:+d}" for said in SAID], partial(moved, chances, step))
    # Kept as they are: what they are made of takes twice as much.
    means = _in_stretches(partial(Windows(chances).means, _WINDOW), chances.shape)
    table.add_all([f"{said} -{_WINDOW}+{_WINDOW}" for said in SAID], means)
    of_page = chances.mean(axis=0, keepdims=True)
    table.add_made([f"{said} page" for said in SAID], lambda rows: of_page)


def _in_stretches(make: Callable[[slice], Floats], shape: tuple[int, ...]) -> Floats:
    """All rows of what makes some at a time, put together some at a time."""
    found = np.empty(shape, np.float32)
    for start in range(0, len(found), _STRETCH):
        rows = slice(start, min(start + _STRETCH, len(found)))
        found[rows] = make(rows)
    return found


def add_said_around(
    table: FeatureTable, chances: Floats, descendants: Descendants, parents: Sequence[Elements]
) -> None:
    """The mean chances of all in the element around the block's own, and in the next one."""
    inside = descendants.cumulated(chances)
    for level in (1, 2):
        means = partial(descendants.means, inside, parents[level])
        table.add_made([f"{said} around {level}" for said in SAID], means)


def add_said_above(table: FeatureTable, chances: Floats, tree: Tree) -> None:
    """The chances of the last heading above the block; 0 where there is none."""
    is_heading = IS_HEADING[tree.tag[tree.element]]
    heads = np.where(is_heading, np.arange(len(chances)), -1)
    last = np.concatenate([[-1], np.maximum.accumulate(heads)[:-1]])

    def above(rows: slice) -> Columns:
        return np.where(last[rows, None] >= 0, chances[last[rows]], 0)

    table.add_made([f"heading {said}" for said in SAID], above)


def chances_of(scores: Floats) -> Floats:
    """The chances that n-gram scores give: of the roles, and of main content."""
    roles = np.exp(scores[:, :-1] - scores[:, :-1].max(axis=1, keepdims=True))
    roles /= roles.sum(axis=1, keepdims=True)
    return np.concatenate([roles, 1 / (1 + np.exp(-scores[:, -1:]))], axis=1)
