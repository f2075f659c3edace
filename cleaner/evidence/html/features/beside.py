"""What the blocks beside a block are like."""

from __future__ import annotations

from functools import partial

import numpy as np

from cleaner.evidence.html.feature_table import FeatureTable, Floats
from cleaner.evidence.html.features.blocks import BlockMeasures
from cleaner.evidence.html.neighbours import Windows, moved
from cleaner.evidence.lines.codepoints import Kind

_STEPS = (-3, -2, -1, 1, 2, 3)
_WINDOWS = (3, 9)
_NAMES = ("log words", "link share", "sentence", "good", "names main", "names article")


def add_beside(table: FeatureTable, blocks: BlockMeasures, name_scores: Floats) -> None:
    """The neighbours' columns, and means over windows."""
    columns = _columns(blocks, name_scores)
    for step in _STEPS:
        table.add_made([f"{name} {step:+d}" for name in _NAMES], partial(moved, columns, step))
    windows = Windows(columns)
    for width in _WINDOWS:
        names = [f"{name} within {width}" for name in _NAMES]
        table.add_made(names, partial(windows.means, width))


def _columns(blocks: BlockMeasures, name_scores: Floats) -> Floats:
    """What is told of neighbours, `_NAMES`: the last two scores of names are main and article."""
    is_sentence = blocks.final == Kind.STOP
    measured = (blocks.log_words, blocks.link_share, is_sentence, blocks.is_good)
    return np.stack([*measured, *name_scores[:, -2:].T], axis=1).astype(np.float32)
