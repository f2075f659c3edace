"""Navigation: what surrounds the piece on every page of a site."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.document import Document, Mark
from cleaner.settings import Settings
from cleaner.stages.navigation.surroundings import (
    mark_about,
    mark_between_forms,
    mark_name,
    mark_short_lines,
    mark_teasers,
)
from cleaner.stages.rules import Rule, load_rules
from cleaner.stages.stage import Stage


def mark_navigation(document: Document, settings: Settings) -> Iterator[Mark]:
    """Marks for navigation, form, notice, about and related.

    First the lines that say what they are; then what follows from them.
    """
    rules = load_rules("navigation").weighed_for(document)
    marks = list(rules.line_marks(document))
    yield from marks
    document = document.with_marks(marks)
    yield from mark_name(document, rules)
    yield from mark_between_forms(document, rules)
    yield from mark_teasers(document, rules)
    yield from mark_about(document, rules)
    yield from mark_short_lines(document, rules)


def rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules of this stage."""
    return load_rules("navigation").rules


NAVIGATION = Stage(
    "navigation",
    "menus, forms, notices, teasers, what the outlet says of itself",
    mark_navigation,
    rules,
)
