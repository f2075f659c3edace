"""The members of a group of elements that are comments, each with its own blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

import numpy as np

from cleaner.parsing.columns import Bools, Ints
from cleaner.stages.comments.markup.blocks import Blocks, Floats
from cleaner.stages.comments.markup.groups import Group
from cleaner.stages.comments.markup.names import COMMENT

MOST = 0.6
"""Share of a group's members."""

_MADE = 0.5  # how well each member must be made at least, in the middle
EMPTY = 0.4
"""What a time without a text counts: a comment may be deleted, or very short."""


@dataclass(frozen=True, slots=True)
class Item:
    """A member of a group, with those of its blocks that no member inside it holds.

    ``times`` is how many of these tell a time, ``has_text`` whether one has some words and
    is no time and no button.
    """

    element: int
    ranges: tuple[range, ...]
    times: int
    has_text: bool

    @property
    def blocks(self) -> tuple[int, ...]:
        """Its own blocks in page order."""
        return tuple(chain.from_iterable(self.ranges))


Items = Sequence[Item]


def made(times: Ints, has_text: Bools) -> Floats:
    """How well each member is made: a text, and one time beside it; several speak against it."""
    beside = np.where(has_text, 1.0, EMPTY)
    return has_text + (times > 0) * beside - 0.5 * np.maximum(0, times - 2)


def quality(items: Items) -> float:
    """How well the members are made, all together."""
    each = made(
        np.array([item.times for item in items]), np.array([item.has_text for item in items])
    )
    return float(sum(each.tolist()))


@dataclass(frozen=True, eq=False)
class Members:
    """What cuts groups down to the members that are comments, if any are."""

    blocks: Blocks

    def of(self, group: Group) -> Items:
        """The members that have blocks of their own.

        A member that holds others and tells no time where most others do is a box
        around them.
        """
        own, holds = self._own(group)
        items = [self._item(element, own[element]) for element in group if own[element]]
        if 2 * sum(item.times > 0 for item in items) <= len(items):
            return items
        return self._trimmed(
            [item for item in items if item.times or self._is_comment(item, holds)]
        )

    def least(self, items: Items) -> float:
        """How well the members must be made in the middle.

        Where they are named as comments and each tells a time, texts may look like none.
        """
        is_plain = all(item.times and self._is_named(item) for item in items)
        return EMPTY if is_plain else _MADE

    def _own(self, group: Group) -> tuple[dict[int, list[range]], set[int]]:
        """Each member's blocks that no member inside it holds, and the members that hold some."""
        ends = self.blocks.outline.tree.end
        own: dict[int, list[range]] = {element: [] for element in group}
        open_: list[tuple[int, range]] = []
        holds: set[int] = set()
        at = 0
        for element in group:
            while open_ and ends[open_[-1][0]] <= element:
                at = _close(own, open_, at)
            span = self.blocks.outline.blocks(element)
            if open_:
                outer, around = open_[-1]
                own[outer].append(range(max(at, around.start), span.start))
                holds.add(outer)
            at = span.start
            open_.append((element, span))
        while open_:
            at = _close(own, open_, at)
        return {element: list(filter(len, ranges)) for element, ranges in own.items()}, holds

    def _item(self, element: int, ranges: list[range]) -> Item:
        times, texts = self._times_before, self._texts_before
        return Item(
            element,
            tuple(ranges),
            sum(times[each.stop] - times[each.start] for each in ranges),
            any(texts[each.stop] > texts[each.start] for each in ranges),
        )

    @cached_property
    def _times_before(self) -> list[int]:
        times: list[int] = self.blocks.times_before.tolist()
        return times

    @cached_property
    def _texts_before(self) -> list[int]:
        texts: list[int] = self.blocks.texts_before.tolist()
        return texts

    def _is_comment(self, item: Item, holds: set[int]) -> bool:
        """Whether a member without a time is a comment all the same: by its text or its name."""
        return item.element not in holds and (item.has_text or self._is_named(item))

    def _is_answered(self, item: Item) -> bool:
        return not self.blocks.outline.support.replies.isdisjoint(item.blocks)

    def _is_named(self, item: Item) -> bool:
        return bool(self.blocks.outline.families[item.element] & COMMENT)

    def _trimmed(self, items: Items) -> Items:
        """Without what stands before the first member that has time and text, or after the last.

        Classes that only say how a box looks are on other boxes of the page, too. A short text
        may be taken for a button; one to answer it says that it is none.
        """
        places = [
            place
            for place, item in enumerate(items)
            if (item.times and (item.has_text or self._is_answered(item))) or self._is_named(item)
        ]
        if not places or sum(item.times > 0 for item in items) < MOST * len(items):
            return items
        return items[places[0] : places[-1] + 1]


def _close(own: dict[int, list[range]], open_: list[tuple[int, range]], at: int) -> int:
    """End the innermost open member: what comes after the last inside it is its own, too."""
    element, span = open_.pop()
    own[element].append(range(max(at, span.start), span.stop))
    return max(at, span.stop)
