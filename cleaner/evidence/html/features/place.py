"""Where on the page a block stands, and whether its text stands there more than once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.evidence.html.feature_table import FeatureTable, small
from cleaner.evidence.html.features.blocks import BlockMeasures
from cleaner.evidence.html.features.tags import IS_HEADING
from cleaner.evidence.html.neighbours import distance
from cleaner.evidence.lines.arrays import Flags
from cleaner.parsing.tags import TAG_NUMBERS
from cleaner.parsing.tree import Tree


def add_place(table: FeatureTable, blocks: BlockMeasures) -> None:
    """Where on the page the block stands, in blocks and in words."""
    here = np.arange(len(blocks))
    words_before = np.cumsum(blocks.words) - blocks.words
    good_before = np.cumsum(blocks.good_words) - blocks.good_words
    table.add("place", here / max(len(blocks), 1))
    table.add("log from start", np.log1p(here))
    table.add("log from end", np.log1p(here[::-1]))
    table.add("words before", words_before / blocks.total_words)
    table.add("good before", good_before / max(blocks.total_good, 1.0))


def add_page(table: FeatureTable, blocks: BlockMeasures) -> None:
    """What the page is made of, the same for all blocks."""
    table.add_same("blocks", np.log1p(len(blocks)))
    table.add_same("page words", np.log1p(blocks.total_words))
    table.add_same("page good share", blocks.total_good / blocks.total_words)
    table.add_same("page good blocks", np.log1p(blocks.is_good.sum()))
    linked = float(blocks.linked_words.sum()) / blocks.total_words
    table.add_same("page link share", linked)


def add_distances(table: FeatureTable, tree: Tree, is_good: Flags) -> None:
    """How far a block is from good ones and from headings."""
    tag = tree.tag[tree.element]
    for name, flags in (
        ("good", is_good),
        ("h1", tag == TAG_NUMBERS["h1"]),
        ("heading", IS_HEADING[tag]),
    ):
        add_distance(table, name, flags)


def add_distance(table: FeatureTable, name: str, flags: Flags) -> None:
    """How far each block is from the last flagged one, and from the next."""
    table.add(f"after {name}", np.log1p(distance(flags, -1)))
    table.add(f"before {name}", np.log1p(distance(flags, 1)))


def add_repeats(table: FeatureTable, texts: Sequence[str]) -> None:
    """How often the text stood on the page before, and stands on it at all."""
    numbers: dict[str, int] = {}
    places = [numbers.setdefault(each, len(numbers)) for each in texts]
    text = np.fromiter(places, np.int64, len(texts))
    total = np.bincount(text)[text]
    order = np.argsort(text, kind="stable")
    first = np.flatnonzero(np.diff(text[order], prepend=-1))
    before = np.empty(len(texts), np.int64)
    before[order] = np.arange(len(texts)) - np.repeat(first, np.diff(np.append(first, len(texts))))
    table.add("copies before", small(before, 5))
    table.add("log copies", np.log1p(np.minimum(total, 30)))
