"""What the class and id names of the elements around a block say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.html.feature_table import Columns, FeatureTable, Floats, small
from cleaner.evidence.html.features.blocks import Elements
from cleaner.evidence.html.name_tokens import FAMILIES, ElementKinds
from cleaner.evidence.html.neighbours import Paths
from cleaner.evidence.html.page import SCORES, HtmlPage
from cleaner.evidence.lines.arrays import Ints

Weights = NDArray[np.int32]
"""Sums of weights of names; a row for each kind of element, in columns `SCORES`."""


def weights_of_kinds(page: HtmlPage) -> Weights:
    """For each kind of element the sum of the weights of its own names."""
    weights = page.names.weights.take(page.kinds.places, axis=0)
    return np.add.reduceat(weights, page.kinds.starts, axis=0, dtype=np.int32)


def scores_of_names(page: HtmlPage, paths: Paths, weights: Weights) -> Floats:
    """The learned scores, `SCORES`, of all names around each block."""
    sums = paths.sums(weights, page.kinds.of_element)
    scores = np.empty(sums.shape, np.float32)
    np.multiply(sums, page.names.scale, out=scores, casting="same_kind")
    return scores


def kinds_near(page: HtmlPage, parents: Elements) -> list[Ints]:
    """The kinds of the innermost element around each block, of its own one and its parent."""
    near = (page.tree.inner, page.tree.element, parents)
    return [page.kinds.of_element[elements] for elements in near]


def add_families(
    table: FeatureTable, kinds: ElementKinds, paths: Paths, near: Sequence[Ints]
) -> None:
    """Families of names around the block, and those near it."""
    sums = paths.sums(kinds.families, kinds.of_element)
    table.add_all([f"name {family}" for family in FAMILIES], small(sums, 4))
    inner, element, parent = (kinds.families[kind] for kind in near)
    found = inner + element + parent
    table.add_all([f"near name {family}" for family in FAMILIES], small(found, 3))


def add_name_scores(
    table: FeatureTable, scores: Floats, weights: Weights, scale: Floats, near: Sequence[Ints]
) -> None:
    """The learned scores of all names around the block, and of those near it."""
    table.add_all([f"names say {score}" for score in SCORES], scores)

    def scores_near(rows: slice) -> Columns:
        inner, element, parent = (weights[kind[rows]] for kind in near)
        return (inner + element + parent) * scale

    table.add_made([f"own names say {score}" for score in SCORES], scores_near)
