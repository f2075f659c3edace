"""Which groups may be a thread if all that is not known yet speaks for it.

A page has some hundred and thirty groups and mostly no thread. What is told here of a
group follows from its rows, without putting it together; eight groups are left.
"""

from __future__ import annotations

import numpy as np

from cleaner.parsing.columns import Bools, Ints
from cleaner.stages.comments.markup.blocks import Blocks, Floats
from cleaner.stages.comments.markup.evidence import ENOUGH, LEAST, Facts, evidence, schema_of
from cleaner.stages.comments.markup.groups import Rows
from cleaner.stages.comments.markup.names import AUTHOR, COMMENT, FAMILIES, REVIEW, may_name
from cleaner.stages.comments.markup.ranges import Column, over_ranges

_ROUNDING = 1e-5
_DOUBTED = 0.2
"""Chance below which what is named as a post, and has no time, is no thread: `is_hopeless`."""

_WIDTH = len(FAMILIES)
_FAMILIES = (1 << _WIDTH) - 1
_TIMED, _SCHEMA = 1 << 3 * _WIDTH, 2 << 3 * _WIDTH


def is_hopeless(blocks: Blocks) -> bool:
    """Whether no group of the page can be a thread, whatever its elements are.

    So it is with a page in five: where nothing tells a time, a thread must be named as one,
    or stand under a heading, or have buttons to answer.
    """
    chance = blocks.comment_chance.max(initial=0.0)
    if blocks.outline.times or blocks.is_discussion or chance >= _DOUBTED:
        return False
    support = blocks.outline.support
    if support.replies or support.headings:
        return False
    types = blocks.outline.tree.itemtypes
    if any(schema_of(blocks.outline, element) for element in types):
        return False
    return not may_name(blocks.outline.kinds[1], COMMENT | REVIEW)


def hopeful(blocks: Blocks, rows: Rows) -> list[int]:
    """The numbers of the groups that may be a thread."""
    if not len(rows.group_starts):
        return []
    points = evidence(_UpperBounds(blocks, rows).facts())
    numbers: list[int] = np.flatnonzero(points >= LEAST - _ROUNDING).tolist()
    return numbers


class _UpperBounds:
    """What groups can be at best: any of their members may be the first, or be cut off.

    Bits are held in one number for each element, so that rows and groups are gone
    through once: families of its names, around it and inside it, time, type.
    """

    def __init__(self, blocks: Blocks, rows: Rows) -> None:
        self.blocks, self.outline, self.rows = blocks, blocks.outline, rows
        first, end = self.outline.spans
        self.first, self.end = first[rows.elements], end[rows.elements]

    def facts(self) -> Facts:
        """The facts of all groups."""
        speaking, against = self._speaking(), self._against()
        count = self._united(np.add, np.ones(len(self.first), np.int64))
        is_timed = (speaking & _TIMED) != 0
        inside = speaking >> 2 * _WIDTH & _FAMILIES
        is_signed = (count > 1) & (is_timed | ((inside & AUTHOR) != 0))
        nothing = np.zeros(len(count))
        return Facts(
            count=count,
            has_schema=(speaking & _SCHEMA) != 0,
            names=speaking & _FAMILIES,
            around=speaking >> _WIDTH & _FAMILIES,
            inside=inside,
            names_against=against & _FAMILIES,
            near_against=against >> _WIDTH & _FAMILIES,
            around_against=against >> 2 * _WIDTH,
            is_timed=is_timed,
            is_signed=is_signed,
            is_alone=(count == 1) & ~is_timed,
            chance=self._chance(),
            answered=nothing + bool(self.outline.support.replies),
            is_counted=nothing + bool(self.outline.support.headings) > 0,
            is_headed=nothing > 0,  # a count is more
            is_elsewhere=nothing > 0,
            is_nested=is_timed & self._may_be_nested(),
            place=np.where(is_signed & is_timed & (count >= ENOUGH), 1.0, 0.5),
            titled=nothing,
            is_linked=nothing > 0,
            is_discussion=self.blocks.is_discussion,
        )

    def _may_be_nested(self) -> Bools:
        """Whether some members stand deeper than others."""
        depths = self.outline.tree.depth[self.rows.elements]
        deeper: Bools = self._united(np.maximum, depths) > self._united(np.minimum, depths)
        return deeper

    def _united(self, how: np.ufunc, of_elements: Column) -> Column:
        """For each group what ``how`` makes of its members."""
        of_rows = how.reduceat(of_elements, self.rows.starts)
        return how.reduceat(of_rows[self.rows.of_groups], self.rows.group_starts)

    def _speaking(self) -> Ints:
        """What speaks for any of the members."""
        outline, (_, around) = self.outline, self.outline.families_around
        bits = outline.families.astype(np.int64) | around.astype(np.int64) << _WIDTH
        bits |= outline.families_inside.astype(np.int64) << 2 * _WIDTH
        types = outline.tree.itemtypes
        bits[[element for element in types if schema_of(outline, element)]] |= _SCHEMA
        times = self.blocks.times_before
        of_members = bits[self.rows.elements] | _TIMED * (times[self.end] > times[self.first])
        speaking: Ints = self._united(np.bitwise_or, of_members)
        return speaking

    def _against(self) -> Ints:
        """What speaks against all of them."""
        outline, (near, around) = self.outline, self.outline.families_around
        bits = outline.families.astype(np.int64) | near.astype(np.int64) << _WIDTH
        bits |= around.astype(np.int64) << 2 * _WIDTH
        against: Ints = self._united(np.bitwise_and, bits[self.rows.elements])
        return against

    def _chance(self) -> Floats:
        """The highest chance of any block to be a comment."""
        chances = np.append(self.blocks.comment_chance, 0.0)
        return self._united(np.maximum, over_ranges(np.maximum, chances, self.first, self.end))
