"""Comments: what readers wrote, and the lines around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import chain, product

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
from cleaner.stages.comments.page_threads import PageThread, page_threads
from cleaner.stages.comments.recurring import with_recurring
from cleaner.stages.comments.signatures import with_signatures
from cleaner.stages.rules import Rule, RuleBook, load_rules
from cleaner.stages.stage import Stage

_COMMENT = ROLE_NUMBERS[Role.COMMENT]
_IS_BODY = np.array([role in BODY_ROLES for role in Role])


def mark_comments(document: Document, settings: Settings) -> Iterator[Mark]:
    """Marks for comment and comment-meta, and what a site's file says of its pages' lines."""
    host = host_of(document.url)
    systems = systems_for(document.url, settings.sites)
    marks = [*_line_marks(document), *_edge_marks(document, systems)]
    yield from marks
    is_host = bool(host) and all(system.serves(host) for system in systems)
    found = page_threads(document.with_marks(marks), systems, settings.models, is_host=is_host)
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


def _thread_marks(threads: Sequence[PageThread]) -> Iterator[Mark]:
    """The marks of all threads, their comments numbered through."""
    first_item = 0
    for thread in threads:
        yield from thread.marks(first_item)
        first_item += thread.comment_count


def _outside_marks(
    document: Document, threads: Sequence[PageThread], opening: Set[int]
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
