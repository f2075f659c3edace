"""The blocks and texts that each element of a page holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from cleaner.parsing.columns import Ints, counts_before, ints, sums_before
from cleaner.parsing.html_document import HtmlDocument
from cleaner.parsing.tags import TAGS
from cleaner.parsing.tree import Tree
from cleaner.stages.comments.markup.names import (
    AUTHOR,
    COMMENT,
    REPLY,
    families_of_names,
    without_numbers,
)
from cleaner.stages.comments.markup.ranges import over_ranges
from cleaner.stages.comments.support import Support, support_of
from cleaner.stages.comments.times import LONGEST, find_times

Floats = npt.NDArray[np.float64]

Signature = tuple[str, ...]
"""An element's tag, and the words of its names without their numbers."""

ASKED_INSIDE = (COMMENT, REPLY, AUTHOR)
"""The families of which it is asked whether they are inside an element."""

_INSIDE = 80  # elements inside another that are
_BODY = 2  # ``html`` and ``body``: their names say nothing

_UNSPACED = 2  # words to a space, from which on a text is written without spaces
_TIMED_WORDS = 16  # of a block that may be about the time of a comment; a longer one is prose


@dataclass(frozen=True, eq=False)
class Outline:
    """An HTML document with what is looked up again and again while threads are searched."""

    document: HtmlDocument

    @property
    def tree(self) -> Tree:
        """The elements."""
        return self.document.tree

    @cached_property
    def support(self) -> Support:
        """What the page says of its threads in words."""
        return support_of(self.document)

    @cached_property
    def spaces(self) -> Floats:
        """Spaces in each block; in writing without them, as many as there are words less one."""
        document = self.document
        spaces = np.array([block.text.count(" ") for block in document.blocks], np.float64)
        if document.chances is None:
            return spaces
        words = document.chances.words - 1.0
        return np.where(words > _UNSPACED * (spaces + 1), words, spaces)

    @cached_property
    def is_faq(self) -> bool:
        """Whether the site itself answers the questions on the page: those that many ask.

        Readers answer one question. Who marks up several of them has asked them himself.
        """
        types = [kind.rsplit("/", 1)[-1] for kind in self.tree.itemtypes.values()]
        return "FAQPage" in types or types.count("Question") > 1

    @cached_property
    def kinds(self) -> tuple[Ints, list[str]]:
        """For each element the number of its kind, and the names of each kind.

        Names are an element's class and id, and its ``itemprop`` as one more class. Most
        elements of a page are named as others: what follows from names is told once for a kind.
        """
        names = list(self.tree.names)
        for element, prop in self.tree.itemprops.items():
            names[element] += f" itemprop-{prop.split()[0]}" if prop.split() else ""
        numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
        return ints(list(map(numbers.__getitem__, names))), list(numbers)

    @cached_property
    def families(self) -> Ints:
        """For each element the families of its names, see `families_of_names`."""
        kinds, names = self.kinds
        return ints(families_of_names(names))[kinds]

    def words(self, kind: int) -> Iterator[str]:
        """The words of a kind's names without their numbers."""
        return map(without_numbers, self.kinds[1][kind].split())

    @cached_property
    def signatures(self) -> tuple[list[int], list[Signature]]:
        """For each element the number of its signature, and the signatures."""
        kinds, names = self.kinds
        words = [tuple(self.words(kind)) for kind in range(len(names))]
        alike = {each: number for number, each in enumerate(dict.fromkeys(words))}
        same = ints(list(map(alike.__getitem__, words)))[kinds] * len(TAGS) + self.tree.tag
        keys, numbers = np.unique(same, return_inverse=True)
        each_words = list(alike)
        return numbers.tolist(), [
            (TAGS[key % len(TAGS)], *each_words[key // len(TAGS)]) for key in keys.tolist()
        ]

    @cached_property
    def families_around(self) -> tuple[Ints, Ints]:
        """For each element the families of those near around it, and of those farther, too.

        These are the three next above it and the eight next, so that what is known of one,
        two and four of them tells of twice as many.
        """
        families = self.families.copy()
        families[:_BODY] = 0
        parents = np.maximum(self.tree.parent, 0).astype(np.intp)
        above = parents.take(parents)
        next_one = families.take(parents)
        next_two = next_one | next_one.take(parents)
        next_three = next_two | next_one.take(above)
        next_four = next_two | next_two.take(above)
        next_eight = next_four | next_four.take(above.take(above))
        return next_three, next_eight

    @cached_property
    def families_inside(self) -> Ints:
        """For each element those of `ASKED_INSIDE` that the first few elements in it have."""
        first = np.arange(1, len(self.families) + 1)
        end = np.minimum(self.tree.end, first + _INSIDE)
        found = np.zeros_like(self.families)
        for family in ASKED_INSIDE:
            before = counts_before((self.families & family) != 0)
            found |= family * (before[end] > before[first])
        return found

    @cached_property
    def spans(self) -> tuple[Ints, Ints]:
        """For each element its first block and the block after its last."""
        tree, count = self.tree, len(self.document.blocks)
        size = len(tree.tag)
        first = np.full(size + 1, count, np.int64)
        np.minimum.at(first, tree.inner, np.arange(count))
        first = over_ranges(np.minimum, first, np.arange(size), tree.end)
        before = sums_before(np.bincount(tree.inner, minlength=size), np.int64)
        return first, first + before[tree.end] - before[:-1]

    def blocks(self, element: int) -> range:
        """The blocks that stand wholly in an element; none for an inline one inside a block."""
        first, end = self.spans
        return range(int(first[element]), int(end[element]))

    @cached_property
    def times(self) -> dict[int, str]:
        """The blocks that tell a time in few words, each with the time."""
        blocks = [
            block.index
            for block in self.document.blocks
            if len(block.text) <= LONGEST and block.text.count(" ") < _TIMED_WORDS
        ]
        times = find_times([self._spaced(block) for block in blocks])
        return {block: time for block, time in zip(blocks, times, strict=True) if time}

    def _spaced(self, block: int) -> str:
        """A block's text with a space wherever a tag stands: style sheets keep apart what touches.

        'Ada' and '3 days ago' in two elements are otherwise 'Ada3 days ago'.
        """
        pieces = self.pieces(block)
        if len(pieces) == 1:
            return self.document.blocks[block].text
        return " ".join(map(self.piece_text, pieces))

    def pieces(self, block: int) -> range:
        """The pieces of text that a block was put together from."""
        starts = self._piece_starts
        return range(starts[block], starts[block + 1])

    @cached_property
    def _piece_starts(self) -> list[int]:
        blocks = np.arange(len(self.document.blocks) + 1)
        starts: list[int] = np.searchsorted(self.tree.piece_block, blocks).tolist()
        return starts

    def piece_text(self, piece: int) -> str:
        """A piece's text on one line."""
        return " ".join(self.tree.pieces[piece].replace("\0", " ").split())

    def up(self, element: int, stop: int) -> Iterator[int]:
        """An element and those around it, as long as they lie inside ``stop``."""
        parents = self._parents
        while element > stop:
            yield element
            element = parents[element]

    @cached_property
    def inner(self) -> list[int]:
        """For each block the innermost element around it."""
        inner: list[int] = self.tree.inner.tolist()
        return inner

    @cached_property
    def _parents(self) -> list[int]:
        parents: list[int] = self.tree.parent.tolist()
        return parents

    def around_blocks(self, far: int) -> Ints:
        """For each block the elements around it, the innermost first; shape (far, blocks).

        Where there are no more, it is ``html`` again and again.
        """
        around = [self.tree.inner]
        parents = np.maximum(self.tree.parent, 0)
        for _ in range(far - 1):
            around.append(parents[around[-1]])
        return np.stack(around)
