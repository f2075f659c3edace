"""What kind of page it is, told from what the models say of its blocks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Role
from cleaner.evidence.learned.loading import load_columns, load_graph

Floats = NDArray[np.float32]

KINDS = ("article", "thread", "product", "listing", "other")
"""The kinds of page, in the order of the model's classes."""

_LENGTHS = (4, 12, 30, 80)  # words; shares of the main content in blocks at least as long


def page_features(main: Floats, roles: Floats, words: Floats) -> Floats:
    """One row for a page: how its blocks and its words share out over roles and lengths.

    Takes columns over blocks. A page without blocks is all zeros.
    """
    if not len(main):
        return np.zeros((1, len(KIND_FEATURES)), np.float32)
    total = max(float(words.sum()), 1.0)
    content = main * words
    inside = max(float(content.sum()), 1e-6)
    parts = [roles, roles * words[:, None], roles * content[:, None]]
    sums = np.concatenate(parts, axis=1).sum(axis=0).reshape(3, -1)
    row = [
        *(sums[0] / len(main)).tolist(),
        *(sums[1] / total).tolist(),
        *(sums[2] / inside).tolist(),
        float(main.mean()),
        inside / total,
        np.log1p(len(main)),
        np.log1p(total),
        np.log1p(inside),
        *(float(content[words >= length].sum()) / inside for length in _LENGTHS),
        float((main > 0.5).sum()) / len(main),
        np.log1p(float((main > 0.5).sum())),
    ]
    return np.array([row], np.float32)


KIND_FEATURES = (
    *(f"blocks {role.value}" for role in Role),
    *(f"words {role.value}" for role in Role),
    *(f"content {role.value}" for role in Role),
    *("main blocks", "main words", "log blocks", "log words", "log main words"),
    *(f"content in {length} words" for length in _LENGTHS),
    *("kept", "log kept"),
)
"""The columns of `page_features`."""


def kind_chances(features: Floats, folder: Path | None = None) -> Floats:
    """The chance of each kind for each row of `page_features`."""
    return ask_trees("kind", features, folder)


def ask_trees(model: str, features: Floats, folder: Path | None) -> Floats:
    """The chance of each kind as the trees of a model have it ('kind', 'html-kind')."""
    load_columns(model, folder).check(features)
    return load_graph(model, "trees", folder).run(features)["kind"]
