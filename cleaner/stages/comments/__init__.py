"""Comments: what readers wrote, and the lines around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from itertools import chain, product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from cleaner.document import BODY_ROLES, ROLE_NUMBERS, CommentPart, Document, Mark, Role
from cleaner.parsing.html_document import HtmlDocument
from cleaner.settings import Settings
from cleaner.stages.comments.answer_lines import with_answer_lines
from cleaner.stages.comments.edit_notes import with_edit_notes
from cleaner.stages.comments.grammar import (
    System,
    all_systems,
    host_of,
    named_fields,
    spoken_in,
    systems_for,
)
from cleaner.stages.comments.joined import JoinedThread, join
from cleaner.stages.comments.noise import label_of
from cleaner.stages.comments.recurring import with_recurring
from cleaner.stages.comments.repeated import repeated_threads, told_threads
from cleaner.stages.comments.rhythm import RepeatedThread
from cleaner.stages.comments.signatures import with_signatures
from cleaner.stages.comments.support import ANSWERED, COMMENT_COUNT, COUNT_BESIDE, support_of
from cleaner.stages.comments.threads import Thread, find_threads, thread_marks
from cleaner.stages.rules import Rule, RuleBook, load_rules
from cleaner.stages.stage import Stage

if TYPE_CHECKING:
    from cleaner.stages.comments.markup.marks import MarkedThread

_COMMENT = ROLE_NUMBERS[Role.COMMENT]
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
_IS_BODY = np.array([role in BODY_ROLES for role in Role])


class _Origin(Enum):
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


def mark_comments(document: Document, settings: Settings) -> Iterator[Mark]:
    """Marks for comment and comment-meta, and what a site's file says of its pages' lines."""
    host = host_of(document.url)
    systems = systems_for(document.url, settings.sites)
    marks = [*_line_marks(document), *_edge_marks(document, systems)]
    yield from marks
    is_host = bool(host) and all(system.serves(host) for system in systems)
    found = _threads(document.with_marks(marks), systems, settings.models, is_host=is_host)
    rules = _rules(document)
    said = list(_thread_marks(found))
    if not isinstance(document, HtmlDocument):  # markup tells texts from what stands around them
        said = with_recurring(document, said, rules["repeated:line"])
    said = with_answer_lines(document, said, rules["answer-line"])
    said = with_edit_notes(document, said, rules["edit-note"])
    said = with_signatures(document, said, rules["repeated:signature"])
    yield from said
    opening = {mark.block for mark in said if mark.role is Role.BODY}
    yield from _outside_marks(document, found, opening)
    names = {thread.name for thread in found}
    for system in systems:
        if is_host or system.name in names:
            yield from _site_marks(document, system)


def _rules(document: Document) -> RuleBook:
    return load_rules("comments").weighed_for(document)


def _thread_marks(threads: Sequence[_Thread]) -> Iterator[Mark]:
    """The marks of all threads, their comments numbered through."""
    first_item = 0
    for thread in threads:
        yield from thread.marks(first_item)
        first_item += thread.comment_count


def _outside_marks(
    document: Document, threads: Sequence[_Thread], opening: Set[int]
) -> Iterator[Mark]:
    """Marks against comments outside the threads, which are nearly all there are.

    Of what the model alone took for a comment, a quarter of the words was one in HTML,
    a fifth in flattened text. In the ``opening`` post of a thread, and above the replies
    of a discussion, it is what that post says; so is all of a discussion without a thread.
    """
    if document.chances is None:
        return
    rules, whole = _rules(document), load_rules("comments")
    outside, above, top = rules["outside"], rules["above"], 0
    is_discussion = document.chances.kind == "thread"
    if threads:
        top = threads[0].start if is_discussion else 0
    elif is_discussion:  # no reply speaks for another role
        above, top = whole["above"], len(document.blocks)
    else:
        outside = whole["outside"]
    inside = {block for thread in threads for block in range(thread.start, thread.end)} - opening
    chances = np.where(_IS_BODY, 0.0, document.chances.roles)
    for block in np.flatnonzero(chances.argmax(axis=1) == _COMMENT).tolist():
        if block not in inside:
            yield replace(outside.mark(block), weight=-outside.weight)
        if block < top or block in opening:
            yield above.mark(block)


def _threads(
    document: Document, systems: tuple[System, ...], models: Path | None, *, is_host: bool
) -> list[_Thread]:
    """The threads of a page in page order: by the grammars of systems, and by markup.

    Where two overlap, the one with more comments stays; a named system's lines say for sure
    who wrote what, so that its comments count for more (`_Origin`).
    """
    rules = _rules(document)
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
    found = [t for t in found if t.origin is _Origin.GRAMMAR or not _is_listing(document, t)]
    if document.chances and document.chances.kind == "thread":
        found = _without_rhythms_above(found)
    kept: list[_Thread] = []
    for thread in sorted(found, key=lambda thread: -thread.comment_count * thread.origin.value):
        if not any(thread.overlaps(other) for other in kept):
            kept.append(thread)
    return sorted(kept, key=lambda thread: thread.start)


def _is_likely(document: Document, thread: RepeatedThread) -> bool:
    """Whether the model allows a thread that the page tells and its markup does not show.

    Where heads and texts stand side by side in one box, the markup groups nothing; pieces
    listed one after the other, each with its date and its count of comments, look the same.
    """
    chances = document.chances
    if chances is None:
        return False
    if thread.is_counted or chances.kind == "thread" or _is_answered(document, thread):
        return True
    lines = slice(thread.start, thread.end)
    least = _SEEN if chances.main[lines].mean() < _LIKELY_MAIN else 2 * _SEEN
    return chances.in_thread(lines) >= least


def _is_answered(document: Document, thread: RepeatedThread) -> bool:
    """Whether most comments have a button to answer, as no listed piece has."""
    lines = (range(item.start, item.end) for item in thread.items)
    return support_of(document).answered(lines) >= ANSWERED


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


def _without_rhythms_above(threads: Sequence[_Thread]) -> list[_Thread]:
    """The threads but for rhythms above one of a named system: dates in the opening post."""
    named = max((t.start for t in threads if t.origin is _Origin.GRAMMAR), default=0)
    return [t for t in threads if t.origin is not _Origin.RHYTHM or t.end > named]


def _is_told(thread: MarkedThread, markers: Set[int]) -> bool:
    """Whether the page tells a thread, and the lines of systems miss comments of it: by chance."""
    own = thread.found.own
    reached = sum(not markers.isdisjoint(blocks) for blocks in own)
    return thread.found.is_told and reached <= len(own) - _FEWEST_MISSED


def _marked(thread: MarkedThread, rules: RuleBook, markers: Set[int]) -> _Thread:
    """A thread of the markup, its comments numbered one after the other."""

    def marks(first: int) -> Iterator[Mark]:
        return thread.signed().marks(rules, range(first, first + thread.comment_count))

    is_sure = thread.found.evidence >= _UNMISTAKABLE
    origin = _Origin.TOLD if _is_told(thread, markers) else _Origin.MARKUP
    return replace(_found(thread, "", origin, marks), is_sure=is_sure)


def _rhythmic(thread: RepeatedThread, rules: RuleBook) -> _Thread:
    return _found(thread, "", _Origin.RHYTHM, partial(thread.marks, rules))


def _named(
    document: Document,
    named: Sequence[Thread],
    marked: Sequence[MarkedThread],
    markers: Set[int],
    rules: RuleBook,
) -> Iterator[_Thread]:
    """The named systems' threads, in the boxes of the markup where it has the same comments.

    ``markers`` are the lines that mark these systems' comments.
    """
    for thread in named:
        if joined := join(document, thread, marked, markers):
            yield _found(joined, thread.system.name, _Origin.GRAMMAR, partial(joined.marks, rules))
        else:
            marks = partial(thread_marks, document, thread)
            yield _found(thread, thread.system.name, _Origin.GRAMMAR, marks)


def _found(
    thread: Thread | MarkedThread | JoinedThread | RepeatedThread,
    name: str,
    origin: _Origin,
    marks: Marks,
) -> _Thread:
    return _Thread(name, thread.start, thread.end, thread.comment_count, origin, marks)


def _is_listing(document: Document, thread: _Thread) -> bool:
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
class _Thread:
    """A thread however it was found: its blocks, its size, and how to mark them.

    ``is_sure`` is whether the markup leaves no doubt that these are comments.
    """

    name: str
    start: int
    end: int
    comment_count: int
    origin: _Origin
    marks: Marks
    is_sure: bool = False

    def overlaps(self, other: _Thread) -> bool:
        """Whether the two have blocks in common, this one the shorter.

        Those that the markup shows have none: answers, and the remarks under each of them.
        """
        if self.is_sure and other.origin in (_Origin.MARKUP, _Origin.TOLD):
            return False
        return self.start < other.end and other.start < self.end


def _line_marks(document: Document) -> Iterator[Mark]:
    for mark in _rules(document).line_marks(document):
        fields = named_fields(dict(mark.part.fields)) if mark.part else ()
        yield replace(mark, part=CommentPart(None, fields)) if fields else mark


def _edge_marks(document: Document, systems: tuple[System, ...]) -> Iterator[Mark]:
    """The lines that only ever open or close a system's threads, with or without a thread."""
    kinds, spoken = ("open", "close"), spoken_in(document)
    for system in systems:
        said = [kind for kind in kinds if system.says(kind, spoken)]
        if not said:
            continue
        for block, kind in product(document.matches, said):
            if match := system.match(kind, document, block):
                yield match[0].mark(block, CommentPart(None, match[1]))


def _site_marks(document: Document, system: System) -> Iterator[Mark]:
    for rule, (block, found) in product(system.rules, document.matches.items()):
        if rule.name in found:
            yield rule.mark(block)


def rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules of this stage, those of every comment system included."""
    systems = all_systems(settings.sites)
    return (
        *load_rules("comments").rules,
        *chain.from_iterable(system.all_rules for system in systems),
    )


COMMENTS = Stage("comments", "what readers wrote, and the lines around it", mark_comments, rules)
