"""What several groups of features ask of the blocks of a page, measured once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.html.feature_table import Floats
from cleaner.evidence.html.page import HtmlPage
from cleaner.evidence.lines.arrays import Flags, Lines
from cleaner.evidence.lines.codepoints import Kind
from cleaner.parsing.tree import Tree

Elements = NDArray[np.int32]
"""Elements of the page, by their numbers."""

Kinds = NDArray[np.uint8]
"""Kinds of characters."""

LEVELS = 3
"""How many elements, one around the other from a block's own, are told by name and tag."""

_GOOD_WORDS = 12  # words of a block that reads as text
_GOOD_LINKS = 0.3  # share of its characters in links, at most


@dataclass(frozen=True, eq=False)
class BlockMeasures:
    """What is measured of each block; the lines that it is measured on are not kept.

    ``parents`` are the element it stands in, the one above that, and so on. A block
    is good when it reads as text. ``final`` is the kind of its last character, of the one
    before that where a quote or a bracket closes it.
    """

    parents: list[Elements]
    words: Floats
    chars: Floats
    link_share: Floats
    is_good: Flags
    final: Kinds

    def __len__(self) -> int:
        return len(self.words)

    @cached_property
    def log_words(self) -> Floats:
        """Words of each, as a logarithm."""
        return np.log1p(self.words)

    @cached_property
    def good_words(self) -> Floats:
        """Words of the good ones, 0 of all others."""
        return np.where(self.is_good, self.words, 0.0).astype(np.float32)

    @cached_property
    def total_words(self) -> float:
        """Words of all, at least 1."""
        return float(max(self.words.sum(), 1.0))

    @cached_property
    def total_good(self) -> float:
        """Words of all that are good."""
        return float(self.good_words.sum())

    @property
    def linked_words(self) -> Floats:
        """Words of each that stand in links."""
        return self.link_share * self.words


def measure_blocks(page: HtmlPage) -> BlockMeasures:
    """Measure the blocks of a page."""
    tree, words = page.tree, page.words
    chars = np.maximum(tree.chars, 1).astype(np.float32)
    link_share = (tree.link_chars / chars).astype(np.float32)
    is_good = (words >= _GOOD_WORDS) & (link_share <= _GOOD_LINKS) & (tree.hidden_chars < chars)
    return BlockMeasures(
        _parents(tree), words, chars, link_share, is_good, _final_kinds(page.lines)
    )


def _parents(tree: Tree) -> list[Elements]:
    """Each block's own element, the one above it, and so on; from the topmost on that one."""
    parent = np.maximum(tree.parent, 0)
    parents = [tree.element]
    for _ in range(LEVELS + 1):
        parents.append(parent.take(parents[-1]))
    return parents


def _final_kinds(lines: Lines) -> Kinds:
    last = lines.starts + lines.sizes - 1
    closing = (lines.kinds[last] == Kind.QUOTE) | (lines.kinds[last] == Kind.BRACKET)
    final: Kinds = lines.kinds[np.maximum(last - closing, lines.starts)]
    return final
