"""What is known of each block of a page while threads are searched, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from cleaner.document import OF_THREADS, ROLE_NUMBERS, Role
from cleaner.parsing.columns import Bools, Ints, counts_before, sums_before
from cleaner.parsing.tags import TAG_NUMBERS, TAGS
from cleaner.stages.comments.markup.names import AUTHOR, TITLE
from cleaner.stages.comments.markup.outline import Outline

Floats = npt.NDArray[np.floating[Any]]

_AROUND_ROLES = [ROLE_NUMBERS[role] for role in (Role.COMMENT_META, Role.FORM, Role.NAVIGATION)]
_IS_HEADING = np.isin(
    np.arange(len(TAGS)), [TAG_NUMBERS[name] for name in ("h1", "h2", "h3", "h4")]
)
_TITLED = 4  # elements around a block that are asked whether they are a heading
_LIKELY, _SURE = 0.5, 0.8
_TEXT_WORDS, _SENTENCE_WORDS = 4, 8
_NAME_WORDS = 4  # of a link that may be a name, at most
_PROSE_WORDS = 12  # of a block that is taken for main content where no model was asked


@dataclass(frozen=True, eq=False)
class Blocks:
    """The blocks of an HTML page as columns."""

    outline: Outline

    @property
    def is_discussion(self) -> bool:
        """Whether the model takes the page for a discussion."""
        chances = self.outline.document.chances
        return chances is not None and chances.kind == "thread"

    @cached_property
    def comment_chance(self) -> Floats:
        """The chance that a reader wrote it, or that it belongs to that."""
        return self._chances_of(OF_THREADS)

    def _chances_of(self, roles: Sequence[int]) -> Floats:
        """The chance that a block has one of these roles; 0 where no model was asked."""
        document = self.outline.document
        if document.chances is None:
            return np.zeros(len(document.blocks))
        chances: Floats = document.chances.roles[:, roles].sum(axis=1).astype(np.float64)
        return chances

    @cached_property
    def times_before(self) -> Ints:
        """How many blocks before it tell a time; one place more for all of them."""
        return counts_before(self._is_timed)

    @cached_property
    def texts_before(self) -> Ints:
        """How many blocks before it have some words and are no time and no button.

        A sentence is no button where the model is not sure of it.
        """
        spaces, around = self.outline.spaces, self._chances_of(_AROUND_ROLES)
        is_meta = self._chances_of(_AROUND_ROLES[:1]) >= _LIKELY
        least = np.where(is_meta | (spaces < _SENTENCE_WORDS - 1), _LIKELY, _SURE)
        return counts_before((spaces >= _TEXT_WORDS - 1) & (around < least) & ~self._is_timed)

    @cached_property
    def _is_timed(self) -> Bools:
        is_timed = np.zeros(len(self.outline.document.blocks), dtype=np.bool_)
        is_timed[list(self.outline.times)] = True
        return is_timed

    @cached_property
    def titles(self) -> dict[int, bool]:
        """The blocks in a heading or a title; whether it is that of a piece, and names nobody.

        Where the page is no discussion, a line of some words that is a link is the title of
        another piece.
        """
        around = self.outline.around_blocks(_TITLED)
        said = np.bitwise_or.reduce(np.where(around > 0, self.outline.families[around], 0))
        in_heading = _IS_HEADING[self.outline.tree.tag[around]].any(axis=0)
        blocks, tree = self.outline.document.blocks, self.outline.tree
        is_titled = in_heading | ((said & TITLE) != 0)
        if not self.is_discussion:
            is_titled |= (tree.link_chars == tree.chars) & (self.outline.spaces >= _NAME_WORDS)
        titled = np.flatnonzero(is_titled).tolist()
        return {
            block: not said[block] & AUTHOR and not blocks[block].text.startswith("Re:")
            for block in titled
        }

    @cached_property
    def main_words_before(self) -> Floats:
        """Words of main content before it; one place more for those of the page."""
        chances = self.outline.document.chances
        if chances is None:
            words = self.outline.spaces + 1.0
            return sums_before(words * (words >= _PROSE_WORDS), np.float64)
        return sums_before(chances.likely_words, np.float64)
