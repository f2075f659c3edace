"""Which elements of a page are comments.

Elements that share a class, an ``itemtype`` or a parent are a group. A group's
members are comments when they hold a text and a time each, when their names say so
or the model thinks so of their blocks, and when they stand where a thread stands.
Of the groups that describe one thread (the list item, the box in it, the text in
the box) the one wins whose members are best made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.stages.comments.markup.blocks import Blocks
from cleaner.stages.comments.markup.evidence import LEAST, SURE
from cleaner.stages.comments.markup.group_facts import GroupFacts
from cleaner.stages.comments.markup.members import Members, quality
from cleaner.stages.comments.markup.outline import Outline
from cleaner.stages.comments.markup.screen import likely_groups

_ROWS = 3
"""Boxes with the same elements side by side that show what one of the boxes is made of."""


@dataclass(frozen=True, slots=True)
class Found:
    """The elements that are the comments of one thread, outer ones before those inside them.

    ``own`` are each one's blocks, less those of the comments inside it.
    ``evidence`` says how sure it is, ``why`` what says so. ``is_discussion`` is
    whether the thread is what the page is for, ``is_named`` whether names say that these
    are comments, ``is_told`` whether types, buttons to answer or their count do.
    """

    elements: tuple[int, ...]
    own: tuple[tuple[int, ...], ...]
    evidence: float
    why: str
    is_discussion: bool
    is_named: bool
    is_told: bool

    @property
    def certainty(self) -> float:
        """From just enough, a half, to sure, 1."""
        if self.is_discussion or self.is_told:
            return 1.0  # its text is the page's text whatever is a post in it
        return min(1.0, 0.5 + 0.5 * (self.evidence - LEAST) / (SURE - LEAST))


def find_items(outline: Outline) -> list[Found]:
    """The threads of a page in page order; none where nothing speaks for one."""
    rated = sorted(_rated(Blocks(outline)), key=lambda pair: -pair[0])
    kept: list[Found] = []
    taken: set[int] = set()
    for _, found in rated:
        blocks = {block for own in found.own for block in own}
        if taken.isdisjoint(blocks):
            kept.append(found)
            taken |= blocks
    return sorted(kept, key=lambda found: found.own[0][0])


def _rated(blocks: Blocks) -> Iterator[tuple[float, Found]]:
    """The groups that are a thread, each with how well its members are made."""
    members = Members(blocks)
    for group in likely_groups(blocks):
        items = members.of(group)
        points = quality(items)
        if not items or points < members.least(items) * len(items):
            continue
        facts = GroupFacts(blocks, items)
        if facts.evidence >= LEAST:
            found = _found(facts)
            yield _rating(found, points) * _alikeness(blocks.outline, found), found


def _found(facts: GroupFacts) -> Found:
    return Found(
        tuple(item.element for item in facts.items),
        tuple(item.blocks for item in facts.items),
        facts.evidence,
        facts.why(),
        facts.is_discussion(),
        facts.is_named(),
        facts.is_told(),
    )


def _rating(found: Found, points: float) -> float:
    """How well members are made that hold a text and a time each; of nested groups the outer."""
    count, blocks = len(found.own), sum(map(len, found.own))
    outermost = blocks if count > 1 else -blocks
    purity = 0.5 + 0.5 * min(1.0, points / (2 * count))
    return purity * points * (1 + min(found.evidence, 8) / 8) + 1e-6 * outermost


def _alikeness(outline: Outline, found: Found) -> float:
    """The share of the members that are comments, as far as their tags and places tell.

    Comments of a thread are made alike: a class that only says how a text looks may be on
    the text of a comment and on a line in it. What stands in the same row of different
    elements again and again, the poster and the post, is a part of a comment.
    """
    tags = np.bincount(outline.tree.tag[list(found.elements)])
    return float(tags.max()) / len(found.elements) / _row_length(outline, found.elements)


def _row_length(outline: Outline, elements: Sequence[int]) -> int:
    """How many different elements stand side by side in most of the boxes that hold some."""
    numbers, parents = outline.signatures[0], outline.tree.parent
    rows: dict[int, list[int]] = {}
    for element in elements:
        parent = int(parents[element])
        rows.setdefault(parent, []).append(numbers[element])
    row, count = Counter(map(tuple, rows.values())).most_common(1)[0]
    is_row = count >= _ROWS and count * len(row) > len(elements) / 2
    return len(row) if is_row and len(set(row)) == len(row) else 1
