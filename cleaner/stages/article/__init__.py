"""Article: the piece itself, from headline to credit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cleaner.document import Document, Mark, Role
from cleaner.settings import Settings
from cleaner.stages.article.above import mark_above, mark_names, mark_pictures
from cleaner.stages.article.copies import Copies
from cleaner.stages.article.headline import TitledRegion
from cleaner.stages.article.inside import mark_inside, mark_outside
from cleaner.stages.article.region import Region
from cleaner.stages.rules import Rule, RuleBook, load_rules
from cleaner.stages.stage import Stage

_PICTURE = "picture-cue"
"""The rule of lines that say themselves what a picture shows: 'FILE PHOTO: ...'."""


def mark_article(document: Document, settings: Settings) -> Iterator[Mark]:
    """Marks for the roles of article and metadata.

    First the lines that say what they are; then, among the blocks that are
    still free, captions, the title and its surroundings, and the text.
    """
    rules = load_rules("article").weighed_for(document)
    copies = Copies([block.text for block in document.blocks])
    region = TitledRegion(document, copies)
    for find in (_mark_lines, mark_pictures, mark_names):
        marks = list(find(region, rules))
        if marks:
            yield from marks
            region = TitledRegion(region.document.with_marks(marks), copies)
    yield from mark_above(region, rules)
    yield from mark_inside(region, rules)
    yield from mark_outside(region, rules)


def _mark_lines(region: Region, rules: RuleBook) -> Iterator[Mark]:
    """The marks of lines that say what they are; what says that it is a caption is no title."""
    for mark in rules.line_marks(region.document):
        yield mark
        if mark.rule == _PICTURE:
            yield replace(mark, role=Role.HEADLINE, weight=-mark.weight)


def rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules of this stage."""
    return load_rules("article").rules


ARTICLE = Stage("article", "the piece itself, from headline to credit", mark_article, rules)
