"""What follows from the lines that say what they are: their neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cleaner.document import ROLE_NUMBERS, Document, Group, Mark, Role
from cleaner.stages.claims import claimed_role, is_claimed
from cleaner.stages.phrases import phrase_key
from cleaner.stages.rules import RuleBook

_NAME_WORDS = 3
_BUTTON_WORDS = 6
_TEASER_WORDS = 20
_FEWEST_SOURCES = 2  # recurring lines that make a list one of teasers with their sources
_SOURCES_SHARE = 0.35
_AGREED = 0.35  # mean chance of a list's lines from which all are taken for teasers
_RELATED = ROLE_NUMBERS[Role.RELATED]


def mark_name(document: Document, rules: RuleBook) -> Iterator[Mark]:
    """The site's name is what a page begins with, if that is a few words and all is not short."""
    if document.blocks and not document.is_short and document.shapes[0].words <= _NAME_WORDS:
        yield rules["site-name"].mark(0)


def mark_between_forms(document: Document, rules: RuleBook) -> Iterator[Mark]:
    """A short line between two form lines is part of the form."""
    forms = {i for i in document.leading if claimed_role(document, i) is Role.FORM}
    for index in sorted(i + 1 for i in forms if i + 2 in forms):
        shape = document.shapes[index]
        if shape.words <= _BUTTON_WORDS and not shape.is_sentence:
            yield rules["between-forms"].mark(index)


def mark_teasers(document: Document, rules: RuleBook) -> Iterator[Mark]:
    """The list under a heading over teasers, once the text has begun.

    It ends at a paragraph or at a line of another kind. Where a paragraph
    follows, the line above it may be that text's heading and is left alone.
    """
    headings = sorted(i for i in document.leading if claimed_role(document, i) is Role.RELATED)
    if not headings:
        return
    begin = next((b.index for b in document.blocks if _is_paragraph(document, b.index)), None)
    for heading in headings:
        if begin is None or heading <= begin:
            continue
        end = _list_end(document, heading + 1)
        is_before_text = end < len(document.blocks) and _is_paragraph(document, end)
        stop = end - 1 if is_before_text and end - heading > 2 else end
        listed = [i for i in range(heading + 1, stop) if _is_free(document, i)]
        yield from (rules["teaser-list"].mark(i) for i in listed)
        if _names_sources(document, listed):
            yield from (rules["teaser-sources"].mark(i) for i in listed)
        elif _read_as_teasers(document, listed):
            yield from (rules["teasers-together"].mark(i) for i in listed)
        begin = end - 1  # a heading inside a list is one of its teasers


def mark_about(document: Document, rules: RuleBook) -> Iterator[Mark]:
    """The last paragraph of a page, when it speaks of the outlet and stands apart from the text."""
    paragraphs = (b.index for b in reversed(document.blocks) if _is_paragraph(document, b.index))
    last = next(paragraphs, None)
    if last is None or next(paragraphs, None) is None:
        return
    stands_apart = not document.shapes[last - 1].is_sentence
    if stands_apart and rules["about-the-outlet"].match(document.blocks[last].text) is not None:
        yield rules["about-the-outlet"].mark(last)


def mark_short_lines(document: Document, rules: RuleBook) -> Iterator[Mark]:
    """A line too short for a paragraph is navigation, until something says better."""
    rule = rules["short-line"]
    if rule.is_silent:
        return
    for index, shape in enumerate(document.shapes):
        if not shape.is_prose:
            yield rule.mark(index)


def _names_sources(document: Document, listed: list[int]) -> bool:
    """Whether lines recur in a list, as the names of sources and sections do under teasers."""
    copies = Counter(phrase_key(document.blocks[i].text) for i in listed)
    recurring = sum(count for count in copies.values() if count > 1)
    return recurring >= max(_FEWEST_SOURCES, len(listed) * _SOURCES_SHARE)


def _read_as_teasers(document: Document, listed: list[int]) -> bool:
    """Whether a model takes the lines of a list for teasers on the whole."""
    if document.chances is None or not listed:
        return False
    return float(document.chances.roles[listed, _RELATED].mean()) > _AGREED


def _list_end(document: Document, index: int) -> int:
    while index < len(document.blocks) and _is_teaser(document, index):
        index += 1
    return index


def _is_teaser(document: Document, index: int) -> bool:
    role = claimed_role(document, index)
    if role is not None:
        return role in (Role.RELATED, Role.NAVIGATION)
    shape = document.shapes[index]
    is_statement = document.blocks[index].text.endswith((".", "。"))
    return shape.words <= _TEASER_WORDS and not is_statement


def _is_free(document: Document, index: int) -> bool:
    return claimed_role(document, index) is None


def _is_paragraph(document: Document, index: int) -> bool:
    is_prose = document.shapes[index].is_prose
    return is_prose and not is_claimed(document, index, {Group.BOILERPLATE})
