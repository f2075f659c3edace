"""A named system's lines in the boxes that the markup puts them in.

Lines say for sure who wrote a comment and when, but not where it ends and the next
begins; themes move and add lines. The markup shows just that. Where both find
the same comments, each says what it knows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from cleaner.document import CommentPart, Document, Mark
from cleaner.stages.comments.items import (
    Fields,
    Item,
    item_marks,
    item_writers,
    meta_lines,
    opening_marks,
)
from cleaner.stages.comments.threads import Thread
from cleaner.stages.rules import Rule, RuleBook

if TYPE_CHECKING:  # flattened text has no markup to search
    from cleaner.stages.comments.markup.marks import MarkedThread

_SAME = 0.8
"""Share of the comments, by either count, that both must have found."""

Box = tuple[int, int]
"""A comment of the markup: the number of its thread, and its own in that."""


@dataclass(frozen=True, eq=False)
class JoinedThread:
    """The threads of the markup that are one thread of a system, with what its lines say.

    ``homes`` are the first blocks of the boxes that the comments of its lines stand in,
    ``others`` those of these comments that stand in no box.
    """

    document: Document
    lines: Thread
    marked: tuple[MarkedThread, ...]
    homes: tuple[tuple[Item, int], ...]
    others: tuple[Item, ...]

    @property
    def start(self) -> int:
        """The first block."""
        return min(chain((each.start for each in self.marked), (o.start for o in self.others)))

    @property
    def end(self) -> int:
        """The block after the last."""
        return max(chain((each.end for each in self.marked), (o.end for o in self.others)))

    @property
    def comment_count(self) -> int:
        """How many comments it has, the opening post of a discussion not counted."""
        return len(self._starts)

    @cached_property
    def _starts(self) -> list[int]:
        """The first block of each comment, in page order."""
        marked = (own[0] for thread in self.marked for own in thread.found.own[thread.opens :])
        return sorted((*marked, *(item.start for item in self.others)))

    def marks(self, rules: RuleBook, first_item: int) -> Iterator[Mark]:
        """The marks of all its lines; its comments are numbered from ``first_item``."""
        numbers = {start: first_item + place for place, start in enumerate(self._starts)}
        for mark in self._unboxed(numbers):
            if mark.block not in self._boxed:
                yield mark
        for thread in self.marked:
            own = thread.found.own[thread.opens :]
            yield from thread.marks(rules, [numbers[blocks[0]] for blocks in own])

    def _unboxed(self, numbers: Mapping[int, int]) -> Iterator[Mark]:
        """The marks of what stands in no box, the opening post among it."""
        system, first = self.lines.system, self.lines.items[0]
        writers = dict(
            zip(
                self.lines.items,
                item_writers(self.document, system, self.lines.items),
                strict=True,
            )
        )
        if system.of_kind("opening") and first.marker not in self._boxed:
            yield from opening_marks(self.document, system, first, writers[first])
        for item in self.others:
            yield from item_marks(self.document, system, item, numbers[item.start], writers[item])
        for item, start in self.homes:
            lines = meta_lines(self.document, system, item, writers[item])
            for block, (rule, fields) in lines.items():
                part = CommentPart(numbers[start], fields) if start in numbers else None
                yield rule.mark(block, part)

    @cached_property
    def _boxed(self) -> frozenset[int]:
        return frozenset(
            block for thread in self.marked for own in thread.found.own for block in own
        )


def join(
    document: Document, lines: Thread, marked: Sequence[MarkedThread], markers: Set[int]
) -> JoinedThread | None:
    """The thread that both see; None where they do not see the same comments.

    ``markers`` are the item lines of all threads of the page.
    """
    ours = {item.marker for item in lines.items}
    same = [cut for thread in marked if (cut := _within(thread, ours, markers - ours))]
    boxes = {
        block: (place, number)
        for place, thread in enumerate(same)
        for number, own in enumerate(thread.found.own)
        for block in own
    }
    homes = [boxes.get(item.marker) for item in lines.items]
    if not _is_one_to_one(homes, boxes):
        return None
    said = _said(document, lines, same, homes)
    has_opening = bool(lines.system.of_kind("opening"))
    opening = homes[0] if has_opening else None
    threads = (
        _opened(replace(thread, opens=True, said=said), lines)
        if opening == (place, 0)
        else replace(thread, opens=False, said=said)
        for place, thread in enumerate(same)
    )
    items = list(zip(lines.items, homes, strict=True))
    starts = ((item, same[home[0]].found.own[home[1]][0]) for item, home in items if home)
    others = tuple(
        item for item, home in items[has_opening:] if home is None and item.start not in boxes
    )
    return JoinedThread(document, lines, tuple(threads), tuple(starts), others)


def _within(thread: MarkedThread, ours: Set[int], others: Set[int]) -> MarkedThread | None:
    """A thread from its first comment with an item line on; None where none has one.

    After that one, what tells a time and is not of another thread is a comment, too.
    """
    times = thread.thread.outline.times.keys()
    kept: list[int] = []
    for number, own in enumerate(thread.found.own):
        is_timed = not times.isdisjoint(own) and others.isdisjoint(own)
        if not ours.isdisjoint(own) or (kept and is_timed):
            kept.append(number)
    return thread.part(kept) if kept else None


def _opened(thread: MarkedThread, lines: Thread) -> MarkedThread:
    """A thread whose first post is cut where the lines say for sure: on the side of the item line.

    The page's title may stand in the box over a post, remarks in that under a question.
    """
    post, (first, *others) = lines.items[0], thread.found.own
    if lines.system.item == "footer":
        cut = tuple(block for block in first if block < post.end)
    else:
        cut = tuple(block for block in first if block >= post.start)
    found = replace(thread.found, own=(cut, *others))
    return replace(thread, thread=replace(thread.thread, found=found))


def _is_one_to_one(homes: Sequence[Box | None], boxes: Mapping[int, Box]) -> bool:
    """Whether nearly every item line stands in a box of its own, and nearly every box has one."""
    held = [home for home in homes if home is not None]
    most = max(len(homes), len(set(boxes.values())))
    return len(held) == len(set(held)) >= _SAME * most > 0


def _said(
    document: Document, lines: Thread, marked: Sequence[MarkedThread], homes: Sequence[Box | None]
) -> Mapping[int, tuple[Rule, Fields]]:
    """What the system's lines say, each item of them cut as its box is."""
    cut = [
        _cut(marked[home[0]].found.own[home[1]], item)
        for item, home in zip(lines.items, homes, strict=True)
        if home is not None
    ]
    said: dict[int, tuple[Rule, Fields]] = {}
    for item, writer in zip(cut, item_writers(document, lines.system, cut), strict=True):
        said |= meta_lines(document, lines.system, item, writer)
    return said


def _cut(own: Sequence[int], item: Item) -> Item:
    """An item in its box: from the first block, to where another box or item begins."""
    held = set(own)
    start, end = item.marker, item.marker + 1
    while start - 1 in held:
        start -= 1
    while end in held and end < item.end:
        end += 1
    return Item(start, end, item.marker)
