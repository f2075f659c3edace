"""What follows from the lines that say what they are: their neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cleaner.document import Document, Group, Mark, Role
from cleaner.evidence.shape import shape_of
from cleaner.stages.rules import RuleBook, phrase_key
from cleaner.stages.runs import claimed_role, is_claimed

_BUTTON_WORDS = 6
_TEASER_WORDS = 20
_FEWEST_SOURCES = 2  # recurring lines that make a list one of teasers with their sources
_SOURCES_SHARE = 0.2


def mark_between_forms(document: Document, rules: RuleBook) -> Iterator[Mark]:
    """A short line between two form lines is part of the form."""
    for block in document.blocks[1:-1]:
        shape = shape_of(block.text)
        is_short = shape.words <= _BUTTON_WORDS and not shape.is_sentence
        neighbours = (
            claimed_role(document, block.index - 1),
            claimed_role(document, block.index + 1),
        )
        if is_short and neighbours == (Role.FORM, Role.FORM):
            yield rules["between-forms"].mark(block.index)


def mark_teasers(document: Document, rules: RuleBook) -> Iterator[Mark]:
    """The list under a heading over teasers, once the text has begun.

    It ends at a paragraph or at a line of another kind. Where a paragraph
    follows, the line above it may be that text's heading and is left alone.
    """
    first = next(
        (b.index for b in document.blocks if _is_paragraph(document, b.index)), len(document.blocks)
    )
    index = first
    while index < len(document.blocks):
        index += 1
        if index < len(document.blocks) and claimed_role(document, index) is Role.RELATED:
            end = _list_end(document, index + 1)
            is_before_text = end < len(document.blocks) and _is_paragraph(document, end)
            stop = end - 1 if is_before_text and end - index > 2 else end
            listed = [i for i in range(index + 1, stop) if _is_free(document, i)]
            yield from (rules["teaser-list"].mark(i) for i in listed)
            if _names_sources(document, listed):
                yield from (rules["teaser-sources"].mark(i) for i in listed)
            index = end - 1


def mark_about(document: Document, rules: RuleBook) -> Iterator[Mark]:
    """The last paragraph of a page, when it speaks of the outlet and stands apart from the text."""
    paragraphs = [block for block in document.blocks if _is_paragraph(document, block.index)]
    if len(paragraphs) < 2:
        return
    last = paragraphs[-1]
    stands_apart = not shape_of(document.blocks[last.index - 1].text).is_sentence
    if stands_apart and rules["about-the-outlet"].match(last.text) is not None:
        yield rules["about-the-outlet"].mark(last.index)


def mark_short_lines(document: Document, rules: RuleBook) -> Iterator[Mark]:
    """A line too short for a paragraph is navigation, until something says better."""
    for block in document.blocks:
        if not shape_of(block.text).is_prose:
            yield rules["short-line"].mark(block.index)


def _names_sources(document: Document, listed: list[int]) -> bool:
    """Whether lines recur in a list, as the names of sources and sections do under teasers."""
    copies = Counter(phrase_key(document.blocks[i].text) for i in listed)
    recurring = sum(count for count in copies.values() if count > 1)
    return recurring >= max(_FEWEST_SOURCES, len(listed) * _SOURCES_SHARE)


def _list_end(document: Document, index: int) -> int:
    while index < len(document.blocks) and _is_teaser(document, index):
        index += 1
    return index


def _is_teaser(document: Document, index: int) -> bool:
    role = claimed_role(document, index)
    if role is not None:
        return role in (Role.RELATED, Role.NAVIGATION)
    shape = shape_of(document.blocks[index].text)
    is_statement = document.blocks[index].text.endswith((".", "。"))
    return shape.words <= _TEASER_WORDS and not is_statement


def _is_free(document: Document, index: int) -> bool:
    return claimed_role(document, index) is None


def _is_paragraph(document: Document, index: int) -> bool:
    is_prose = shape_of(document.blocks[index].text).is_prose
    return is_prose and not is_claimed(document, index, {Group.BOILERPLATE})
