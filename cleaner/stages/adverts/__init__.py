"""Adverts: donation, subscription, shop and sponsor blocks with their buttons."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from cleaner.document import Document, Mark, Role
from cleaner.settings import Settings
from cleaner.stages.claims import claimed_role
from cleaner.stages.rules import Rule, RuleBook, load_rules
from cleaner.stages.stage import Stage

_MOST_BETWEEN = 3  # lines from an advert's first line to its button; a longer stretch is text


def mark_adverts(document: Document, settings: Settings) -> Iterator[Mark]:
    """Marks for advert: lines that say what they are, then what lies between them."""
    rules = load_rules("adverts").weighed_for(document)
    marks = list(rules.line_marks(document))
    yield from marks
    document = document.with_marks(marks)
    yield from _between(document, rules)
    yield from _beside(document, rules)


def _between(document: Document, rules: RuleBook) -> Iterator[Mark]:
    """Free lines between an advert's first line and its button, at most `_MOST_BETWEEN`."""
    adverts = _claimed_adverts(document)
    for first, last in pairwise(adverts):
        between = range(first + 1, last)
        is_button = any(
            mark.rule == "shop-button" for mark in document.marks_by_block.get(last, ())
        )
        is_free = all(claimed_role(document, i) is None for i in between)
        if is_button and is_free and len(between) <= _MOST_BETWEEN:
            yield from (rules["advert-between"].mark(i) for i in between)


def _beside(document: Document, rules: RuleBook) -> Iterator[Mark]:
    """A pitch directly above or below a line of an advert; alone it may be text."""
    adverts = _claimed_adverts(document)
    beside = {i for advert in adverts for i in (advert - 1, advert + 1)}
    for i in sorted(beside.intersection(range(len(document.blocks)))):
        is_free = claimed_role(document, i) is None
        if is_free and rules["pitch"].match(document.blocks[i].text) is not None:
            yield rules["pitch"].mark(i)


def _claimed_adverts(document: Document) -> list[int]:
    return sorted(i for i in document.leading if claimed_role(document, i) is Role.ADVERT)


def rules(settings: Settings) -> tuple[Rule, ...]:
    """The rules of this stage."""
    return load_rules("adverts").rules


ADVERTS = Stage(
    "adverts",
    "donation, subscription, shop and sponsor blocks with their buttons",
    mark_adverts,
    rules,
)
