"""Which groups may be a thread at all.

What each can be at best is told for all at once that are left by `upper_bounds`, and only of
what may be a thread are the facts looked at, by `group_facts`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import chain, compress

import numpy as np

from cleaner.parsing.columns import Bools, Ints, ints, sums_before
from cleaner.stages.comments.markup.blocks import Blocks, Floats
from cleaner.stages.comments.markup.evidence import ENOUGH, LEAST, Facts, evidence, schema_of
from cleaner.stages.comments.markup.groups import Group, rows_of
from cleaner.stages.comments.markup.members import EMPTY, made
from cleaner.stages.comments.markup.names import AUTHOR, COMMENT
from cleaner.stages.comments.markup.ranges import Column, over_ranges
from cleaner.stages.comments.markup.upper_bounds import hopeful, is_hopeless

_ROUNDING = 1e-6


def likely_groups(blocks: Blocks) -> list[Group]:
    """The groups of a page that may be a thread."""
    if is_hopeless(blocks):
        return []
    rows = rows_of(blocks.outline)
    groups = rows.groups(hopeful(blocks, rows))
    if not groups:
        return []
    return list(compress(groups, _Screen(blocks, groups).may_be_threads().tolist()))


class _Screen:
    """What groups can be at best, all of them at once.

    Where few of its members tell a time, all that have blocks of their own are items (see
    `Members`), and much is known for sure; of the others some may be cut off. Where
    members are nested, boxes around others may have no blocks of their own.
    """

    def __init__(self, blocks: Blocks, groups: Sequence[Group]) -> None:
        self.outline, self.blocks = blocks.outline, blocks
        self.sizes = ints([len(group) for group in groups])
        self.starts = np.cumsum(self.sizes) - self.sizes
        self.owner = np.repeat(np.arange(len(groups)), self.sizes)
        self.members = np.fromiter(chain.from_iterable(groups), np.int64)
        first, end = self.outline.spans
        self.first, self.end = first[self.members], end[self.members]
        self.times = self._inside(blocks.times_before)
        self.timed = self._total(self.times > 0)
        self.leaves = self.sizes - self._total(self._hold_next())
        self.may_be_cut = (2 * self.timed > self.leaves) & (self.sizes > 1)

    def may_be_threads(self) -> Bools:
        """Whether the members may be made as comments are, and speak for a thread."""
        has_text = self._inside(self.blocks.texts_before) > 0
        times = np.where(self._is_nested[self.owner], np.minimum(self.times, 1), self.times)
        are_made = self._total(made(times, has_text)) >= EMPTY * self.leaves - _ROUNDING
        facts = self._facts()
        # No member is well made by times alone, unless named as a comment.
        have_texts = (self._total(has_text) > 0) | ((facts.names & COMMENT) != 0)
        are_threads = evidence(facts) >= LEAST - _ROUNDING
        return np.where(self.may_be_cut, have_texts, are_made) & are_threads

    def _inside(self, before: Column) -> Column:
        """For each member the sum over its blocks."""
        return before[self.end] - before[self.first]

    def _total(self, of_members: Column) -> Column:
        """For each group the sum over its members."""
        return np.bincount(self.owner, of_members, minlength=len(self.sizes))

    def _hold_next(self) -> Bools:
        """For each member whether it holds the next of its group."""
        holds = np.zeros(len(self.members), dtype=np.bool_)
        holds[:-1] = self.outline.tree.end[self.members[:-1]] > self.members[1:]
        holds[self.starts[1:] - 1] = False
        return holds

    @cached_property
    def _is_nested(self) -> Bools:
        return self.leaves < self.sizes

    def _facts(self) -> Facts:
        outline = self.outline
        inside = np.bitwise_or.reduceat(outline.families_inside[self.members], self.starts)
        is_signed = (self.sizes > 1) & (self.may_be_cut | ((inside & AUTHOR) != 0))
        is_made = is_signed & self.may_be_cut & (self.sizes >= ENOUGH)
        near, around = outline.families_around
        nothing = np.zeros(len(self.sizes))
        return Facts(
            count=self.sizes,
            has_schema=self._total(self._have_schema()) > 0,
            names=self._any(outline.families),
            around=self._any(around),
            inside=inside,
            names_against=self._all(outline.families),
            near_against=self._all(near),
            around_against=self._all(around),
            is_timed=2 * self.timed >= self.leaves,
            is_signed=is_signed,
            is_alone=(self.sizes == 1) & (self.timed == 0),
            chance=self._chance(),
            answered=nothing + bool(self.outline.support.replies),
            is_counted=nothing + bool(self.outline.support.headings) > 0,
            is_headed=nothing > 0,  # a count is more
            is_elsewhere=nothing > 0,
            is_nested=self._is_nested & (self.timed > 1),
            place=np.where(is_made, 1.0, 0.5),
            titled=nothing,
            is_linked=nothing > 0,
            is_discussion=self.blocks.is_discussion,
        )

    @cached_property
    def _speaking(self) -> Ints:
        """The members that may be the first comment, again and again where there are fewer."""
        is_sure = ~self.may_be_cut & ~self._is_nested
        return np.where(is_sure[self.owner], self.members[self.starts][self.owner], self.members)

    def _any(self, families: Ints) -> Ints:
        """What one of the members that may be the first is named."""
        return np.bitwise_or.reduceat(families[self._speaking], self.starts)

    def _all(self, families: Ints) -> Ints:
        """What all of these are named."""
        return np.bitwise_and.reduceat(families[self._speaking], self.starts)

    def _have_schema(self) -> Bools:
        types = self.outline.tree.itemtypes
        said = [element for element in types if schema_of(self.outline, element)]
        return np.isin(self._speaking, said) if said else np.zeros(len(self.members), np.bool_)

    def _chance(self) -> Floats:
        """The chance of a group's blocks to be comments; the highest where some may be cut off."""
        chances = self.blocks.comment_chance
        of_members = over_ranges(np.maximum, np.append(chances, 0.0), self.first, self.end)
        highest = np.maximum.reduceat(of_members, self.starts)
        counts = self._total(self.end - self.first)
        mean = self._total(self._inside(sums_before(chances, np.float64))) / counts
        return np.where(self.may_be_cut | self._is_nested, highest, mean)
