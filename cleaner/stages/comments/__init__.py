"""Comments: what readers wrote, and the lines around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, product

from cleaner.document import CommentPart, Document, Mark
from cleaner.settings import Settings
from cleaner.stages.comments.grammar import (
    System,
    all_systems,
    host_of,
    named_fields,
    systems_for,
)
from cleaner.stages.comments.threads import find_threads, thread_marks
from cleaner.stages.rules import Rule, load_rules
from cleaner.stages.stage import Stage


def mark_comments(document: Document, settings: Settings) -> Iterator[Mark]:
    """Marks for comment and comment-meta, and what a site's file says of its pages' lines."""
    host = host_of(document.url)
    systems = systems_for(document.url, settings.sites)
    marks = [*_line_marks(document), *_edge_marks(document, systems)]
    yield from marks
    is_host = bool(host) and all(system.serves(host) for system in systems)
    threads = find_threads(document.with_marks(marks), systems, is_host=is_host)
    first_item = 0
    for thread in threads:
        marks = list(thread_marks(document, thread, first_item))
        yield from marks
        first_item += thread.comment_count
    found = {thread.system.name for thread in threads}
    for system in systems:
        if is_host or system.name in found:
            yield from _site_marks(document, system)


def _line_marks(document: Document) -> Iterator[Mark]:
    for mark in load_rules("comments").weighed_for(document).line_marks(document):
        fields = named_fields(dict(mark.part.fields)) if mark.part else ()
        yield replace(mark, part=CommentPart(None, fields)) if fields else mark


def _edge_marks(document: Document, systems: tuple[System, ...]) -> Iterator[Mark]:
    """The lines that only ever open or close a system's threads, with or without a thread."""
    for system, block, kind in product(systems, document.matches, ("open", "close")):
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
