"""The threads of a page: those that lines of systems, the markup, and times in lines show.

Where two overlap, the likelier stays.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.document import Document, Mark
from cleaner.parsing.html_document import HtmlDocument
from cleaner.stages.comments.grammar import System
from cleaner.stages.comments.joined import JoinedThread, join
from cleaner.stages.comments.noise import label_of
from cleaner.stages.comments.repeated import repeated_threads, told_threads
from cleaner.stages.comments.rhythm import RepeatedThread
from cleaner.stages.comments.support import ANSWERED, COMMENT_COUNT, COUNT_BESIDE, Support
from cleaner.stages.comments.threads import Thread, find_threads, thread_marks
from cleaner.stages.rules import RuleBook, load_rules

if TYPE_CHECKING:
    from cleaner.stages.comments.markup.marks import MarkedThread

_UNMISTAKABLE = 6.0
"""Evidence of a thread that may stand between the comments of a longer one.

Lists in posts reach 4, remarks under answers 8 and more.
"""
_COUNTS = frozenset({COMMENT_COUNT, COUNT_BESIDE})
_FEWEST_COUNTS = 2
_FEWEST_MISSED = 2
"""Comments of a told thread in which no line of a system is, from which on its lines are chance."""
_SAME = 0.8
"""Of the comments of a system's thread, how many a rhythm must have that is the same thread."""
_LIKELY_MAIN = 0.5
"""Mean chance of lines to be main content from which on they are a piece, or several."""
_SEEN = 0.05
"""Mean chance of lines to be a thread's from which on they may be one."""


class Origin(Enum):
    """How a thread was found: what each of its comments counts for where two threads overlap.

    Told is by markup and by what the page says, types, buttons to answer, a count, where
    the lines of no system are in all of its comments.
    """

    RHYTHM = 0.9
    MARKUP = 1.0
    GRAMMAR = 2.5
    TOLD = 3.0


Marks = Callable[[int], Iterator[Mark]]
"""The marks of a thread whose comments are numbered from here."""


def page_threads(
    document: Document, systems: tuple[System, ...], models: Path | None, *, is_host: bool
) -> list[PageThread]:
    """The threads of a page in page order: by the grammars of systems, and by markup.

    Where two overlap, the one with more comments stays; a named system's lines say for sure
    who wrote what, so that its comments count for more (`Origin`).
    """
    rules = load_rules("comments").weighed_for(document)
    named = find_threads(document, systems, is_host=is_host)
    if isinstance(document, HtmlDocument):
        from cleaner.stages.comments.markup.marks import marked_threads  # flattened text has none

        marked = marked_threads(document)
        if named:
            marked = [thread.signed() for thread in marked]
        markers = {item.marker for thread in named for item in thread.items}
        found = list(_named(document, named, marked, markers, rules))
        found += [_marked(each, rules, markers) for each in marked]
        for told in told_threads(document, models, partial(_is_likely, document)):
            thread = _rhythmic(told, rules)
            if not any(map(thread.overlaps, found)):
                found.append(thread)
    else:
        rhythms = repeated_threads(document, models)
        named = [thread for thread in named if not _is_chance(thread, rhythms)]
        found = list(_named(document, named, (), frozenset(), rules))
        found += [_rhythmic(each, rules) for each in rhythms]
    found = [t for t in found if t.origin is Origin.GRAMMAR or not _is_listing(document, t)]
    if document.chances and document.chances.kind == "thread":
        found = _without_rhythms_above(found)
    kept: list[PageThread] = []
    for thread in sorted(found, key=lambda thread: -thread.comment_count * thread.origin.value):
        if not any(thread.overlaps(other) for other in kept):
            kept.append(thread)
    return sorted(kept, key=lambda thread: thread.start)


def _is_likely(document: Document, thread: RepeatedThread, support: Support) -> bool:
    """Whether the model allows a thread that the page tells and its markup does not show.

    Where heads and texts stand side by side in one box, the markup groups nothing; pieces
    listed one after the other, each with its date and its count of comments, look the same.
    """
    chances = document.chances
    if chances is None:
        return False
    if thread.is_counted or chances.kind == "thread" or _is_answered(thread, support):
        return True
    lines = slice(thread.start, thread.end)
    least = _SEEN if chances.main[lines].mean() < _LIKELY_MAIN else 2 * _SEEN
    return chances.in_thread(lines) >= least


def _is_answered(thread: RepeatedThread, support: Support) -> bool:
    """Whether most comments have a button to answer, as no listed piece has."""
    lines = (range(item.start, item.end) for item in thread.items)
    return support.answered(lines) >= ANSWERED


def _is_chance(thread: Thread, rhythms: Sequence[RepeatedThread]) -> bool:
    """Whether what looks like a system's comments under a piece is a thread without one.

    It may be a discussion, or have its times under the texts, where the system has them over.
    """
    return thread.system.under_piece and any(
        (rhythm.opens or rhythm.is_under)
        and rhythm.start <= thread.items[0].marker < rhythm.end
        and len(rhythm.items) >= _SAME * len(thread.items)
        for rhythm in rhythms
    )


def _without_rhythms_above(threads: Sequence[PageThread]) -> list[PageThread]:
    """The threads but for rhythms above one of a named system: dates in the opening post."""
    named = max((t.start for t in threads if t.origin is Origin.GRAMMAR), default=0)
    return [t for t in threads if t.origin is not Origin.RHYTHM or t.end > named]


def _is_told(thread: MarkedThread, markers: Set[int]) -> bool:
    """Whether the page tells a thread, and the lines of systems miss comments of it: by chance."""
    own = thread.found.own
    reached = sum(not markers.isdisjoint(blocks) for blocks in own)
    return thread.found.is_told and reached <= len(own) - _FEWEST_MISSED


def _marked(thread: MarkedThread, rules: RuleBook, markers: Set[int]) -> PageThread:
    """A thread of the markup, its comments numbered one after the other."""

    def marks(first: int) -> Iterator[Mark]:
        return thread.signed().marks(rules, range(first, first + thread.comment_count))

    is_sure = thread.found.evidence >= _UNMISTAKABLE
    origin = Origin.TOLD if _is_told(thread, markers) else Origin.MARKUP
    return replace(_found(thread, "", origin, marks), is_sure=is_sure)


def _rhythmic(thread: RepeatedThread, rules: RuleBook) -> PageThread:
    return _found(thread, "", Origin.RHYTHM, partial(thread.marks, rules))


def _named(
    document: Document,
    named: Sequence[Thread],
    marked: Sequence[MarkedThread],
    markers: Set[int],
    rules: RuleBook,
) -> Iterator[PageThread]:
    """The named systems' threads, in the boxes of the markup where it has the same comments.

    ``markers`` are the lines that mark these systems' comments.
    """
    for thread in named:
        if joined := join(document, thread, marked, markers):
            yield _found(joined, thread.system.name, Origin.GRAMMAR, partial(joined.marks, rules))
        else:
            marks = partial(thread_marks, document, thread)
            yield _found(thread, thread.system.name, Origin.GRAMMAR, marks)


def _found(
    thread: Thread | MarkedThread | JoinedThread | RepeatedThread,
    name: str,
    origin: Origin,
    marks: Marks,
) -> PageThread:
    return PageThread(name, thread.start, thread.end, thread.comment_count, origin, marks)


def _is_listing(document: Document, thread: PageThread) -> bool:
    """Whether what repeats are teasers: each is said to have comments of its own.

    What a profile says of its writer, 'Posts: 14', is no such count.
    """
    counts = sum(
        not _COUNTS.isdisjoint(document.matches.get(block, ()))
        and not label_of(document.blocks[block].text)
        for block in range(max(0, thread.start - 1), min(thread.end + 1, len(document.blocks)))
    )
    return counts >= max(_FEWEST_COUNTS, thread.comment_count / 2)


@dataclass(frozen=True, slots=True)
class PageThread:
    """A thread however it was found: its blocks, its size, and how to mark them.

    ``is_sure`` is whether the markup leaves no doubt that these are comments.
    """

    name: str
    start: int
    end: int
    comment_count: int
    origin: Origin
    marks: Marks
    is_sure: bool = False

    def overlaps(self, other: PageThread) -> bool:
        """Whether the two have blocks in common, this one the shorter.

        Those that the markup shows have none: answers, and the remarks under each of them.
        """
        if self.is_sure and other.origin in (Origin.MARKUP, Origin.TOLD):
            return False
        return self.start < other.end and other.start < self.end
