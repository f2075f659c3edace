"""The blocks and texts that each element of a page holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cleaner.parsing.columns import Ints
from cleaner.parsing.html_document import HtmlDocument
from cleaner.parsing.tree import Tree
from cleaner.stages.comments.markup.names import families_in, without_numbers
from cleaner.stages.comments.times import LONGEST, find_time

INSIDE = 80
"""Elements inside another that are asked for their names."""

TIMED_WORDS = 16
"""Words of a block that may be about the time of a comment; a longer one is prose."""


@dataclass(frozen=True, eq=False)
class Outline:
    """An HTML document with what is looked up again and again while threads are searched."""

    document: HtmlDocument

    @property
    def tree(self) -> Tree:
        """The elements."""
        return self.document.tree

    @cached_property
    def signatures(self) -> list[tuple[str, ...]]:
        """For each element its tag's number and the words of its `_names`, without numbers."""
        kinds: dict[tuple[int, str], tuple[str, ...]] = {}
        signatures = []
        for key in zip(self.tree.tag.tolist(), self._names, strict=True):
            if key not in kinds:
                kinds[key] = (str(key[0]), *map(without_numbers, key[1].split()))
            signatures.append(kinds[key])
        return signatures

    @cached_property
    def _names(self) -> Sequence[str]:
        """For each element its class and id, and its ``itemprop`` as one more class."""
        names = list(self.tree.names)
        for element, prop in self.tree.itemprops.items():
            names[element] += f" itemprop-{prop.split()[0]}" if prop.split() else ""
        return names

    @cached_property
    def families(self) -> list[frozenset[str]]:
        """For each element the families of its class and id, see `families_in`."""
        known: dict[str, frozenset[str]] = {}
        for name in set(self._names):
            known[name] = families_in(name.split()) if name else frozenset()
        return [known[name] for name in self._names]

    @cached_property
    def _spans(self) -> tuple[Ints, Ints]:
        """For each element its first block and the block after its last."""
        tree, count = self.tree, len(self.document.blocks)
        first = np.full(len(tree.tag), count, np.int64)
        held = np.zeros(len(tree.tag) + 1, np.int64)
        np.minimum.at(first, tree.inner, np.arange(count))
        np.cumsum(np.bincount(tree.inner, minlength=len(tree.tag)), out=held[1:])
        order = np.argsort(-tree.depth, kind="stable")
        depths = tree.depth[order]
        for level in np.split(order, np.flatnonzero(np.diff(depths)) + 1):
            inner = level[tree.parent[level] >= 0]
            np.minimum.at(first, tree.parent[inner], first[inner])
        return first, first + held[tree.end] - held[:-1]

    def blocks(self, element: int) -> range:
        """The blocks that stand wholly in an element; none for an inline one inside a block."""
        first, end = self._spans
        return range(int(first[element]), int(end[element]))

    @cached_property
    def counts(self) -> list[int]:
        """How many blocks each element holds."""
        first, end = self._spans
        counts: list[int] = (end - first).tolist()
        return counts

    @cached_property
    def times(self) -> dict[int, str]:
        """The blocks that tell a time in few words, each with the time."""
        return {
            block.index: time
            for block in self.document.blocks
            if len(block.text) <= LONGEST
            and block.text.count(" ") < TIMED_WORDS
            and (time := find_time(self._spaced(block.index)))
        }

    def _spaced(self, block: int) -> str:
        """A block's text with a space wherever a tag stands: style sheets keep apart what touches.

        'Ada' and '3 days ago' in two elements are otherwise 'Ada3 days ago'.
        """
        pieces = self.pieces(block)
        if len(pieces) == 1:
            return self.document.blocks[block].text
        return " ".join(map(self.piece_text, pieces))

    def names_inside(self, element: int) -> frozenset[str]:
        """The families of the elements in an element, as far as the first few of them."""
        end = min(int(self.tree.end[element]), element + 1 + INSIDE)
        return frozenset().union(*self.families[element + 1 : end])

    def pieces(self, block: int) -> range:
        """The pieces of text that a block was put together from."""
        starts = self._piece_starts
        return range(int(starts[block]), int(starts[block + 1]))

    @cached_property
    def _piece_starts(self) -> Ints:
        blocks = np.arange(len(self.document.blocks) + 1)
        starts: Ints = np.searchsorted(self.tree.piece_block, blocks)
        return starts

    def piece_text(self, piece: int) -> str:
        """A piece's text on one line."""
        return " ".join(self.tree.pieces[piece].replace("\0", " ").split())

    def up(self, element: int, stop: int) -> Iterator[int]:
        """An element and those around it, as long as they lie inside ``stop``."""
        parent = self.tree.parent
        while element > stop:
            yield element
            element = int(parent[element])
