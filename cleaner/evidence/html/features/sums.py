"""How much text the elements around a block hold, and those that look like them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.html.feature_table import FeatureTable, Floats
from cleaner.evidence.html.features.blocks import LEVELS, BlockMeasures
from cleaner.evidence.html.name_tokens import ElementKinds
from cleaner.evidence.html.neighbours import Descendants
from cleaner.evidence.html.page import HtmlPage
from cleaner.evidence.lines.arrays import Flags
from cleaner.evidence.lines.codepoints import Kind
from cleaner.parsing.tree import Tree

_SHARES = (0.5, 0.7)  # of the good words that the deepest element around the piece holds


def add_signatures(table: FeatureTable, kinds: ElementKinds, blocks: BlockMeasures) -> None:
    """How much of the page's good text stands in elements with the same tag and names."""
    total = max(blocks.total_good, 1.0)
    for level in range(LEVELS):
        kind = kinds.of_element[blocks.parents[level]]
        good = np.bincount(kind, weights=blocks.good_words)[kind]
        alike = np.bincount(kind)[kind]
        words = np.bincount(kind, weights=blocks.words)[kind]
        table.add(f"signature good {level}", good / total)
        table.add(f"signature blocks {level}", np.log1p(alike))
        table.add(f"signature words {level}", np.log1p(words / np.maximum(alike, 1)))


def sums_in_elements(tree: Tree, blocks: BlockMeasures, descendants: Descendants) -> Floats:
    """For each element the words in it, the good ones, those in links, and its blocks."""
    columns = np.stack(
        [blocks.words, blocks.good_words, blocks.linked_words, np.ones(len(blocks))], axis=1
    )
    return descendants.sums(descendants.cumulated(columns), np.arange(len(tree.tag)))


def add_sums(table: FeatureTable, blocks: BlockMeasures, sums: Floats) -> None:
    """Sums over the block's element and those around it: words, good words, links, blocks."""
    words, good, linked, inside = sums.T
    some = np.maximum(words, 1)
    around = {
        "words": np.log1p(words),
        "good share": good / some,
        "link share": linked / some,
        "blocks": np.log1p(inside),
        "of page": words / blocks.total_words,
        "of good": good / max(blocks.total_good, 1.0),
    }
    of_elements = np.stack(list(around.values()), axis=1)
    for level in range(1, LEVELS + 2):
        names = [f"around {level} {name}" for name in around]
        table.add_all(names, of_elements.take(blocks.parents[level], axis=0))


def add_candidates(
    table: FeatureTable, page: HtmlPage, blocks: BlockMeasures, sums: Floats
) -> None:
    """Inside the deepest elements around most of the good text, and in the top candidate."""
    tree, element, good = page.tree, page.tree.element, sums[:, 1]
    for share in _SHARES:
        holds = good >= share * blocks.total_good
        inner = int(np.flatnonzero(holds)[-1]) if blocks.total_good and holds.any() else 0
        table.add(f"in {share} of good", _is_inside(tree, inner))
        table.add(f"after {share} of good", element >= tree.end[inner])
        table.add(f"depth of {share}", tree.depth[element] - tree.depth[inner])
    top = _top_candidate(page.lines.counts[:, Kind.COMMA], blocks, sums)
    table.add("in top candidate", _is_inside(tree, top))


def _is_inside(tree: Tree, element: int) -> Flags:
    """Whether each block stands in an element."""
    inside: Flags = tree.element >= element
    inside &= tree.element < tree.end[element]
    return inside


def _top_candidate(commas: NDArray[np.int32], blocks: BlockMeasures, sums: Floats) -> int:
    """The element whose children hold most text, as Readability.js weighs it."""
    points = np.where(blocks.is_good, 1 + commas + blocks.words / 20, 0)
    size = len(sums)
    scores = np.bincount(blocks.parents[1], weights=points, minlength=size)
    scores += np.bincount(blocks.parents[2], weights=points / 2, minlength=size)
    words, _, linked, _ = sums.T
    scores *= 1 - linked / np.maximum(words, 1)
    return int(np.argmax(scores)) if len(scores) else 0
