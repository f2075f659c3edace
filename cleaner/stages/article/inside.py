"""The text of the piece: paragraphs, short paragraphs, subheadings."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.document import Mark, Shape
from cleaner.stages.article.region import Region
from cleaner.stages.rules import RuleBook

_INSIDE = ("paragraph", "subheading", "short-paragraph", "short-sentence")
_HEADING_WORDS = 14
_LIST_HEADING_WORDS = 4  # over or between short lines only a very short one is a heading


def mark_inside(region: Region, rules: RuleBook) -> Iterator[Mark]:
    """Marks for the free blocks from the first paragraph to the last."""
    first, last = region.span
    paragraph, heading, short, sentence = (rules[name] for name in _INSIDE)
    inside = [index for index in region.free if first <= index <= last]
    shapes = region.shapes
    for place, index in enumerate(inside):
        if shapes[index].is_prose:
            rule = paragraph
        else:
            rule = heading if _is_heading(region, inside, place) else short
            rule = sentence if rule is short and _is_between(region, index) else rule
        if not rule.is_silent:
            yield rule.mark(index)


def mark_outside(region: Region, rules: RuleBook) -> Iterator[Mark]:
    """Weak marks for free prose outside the piece: it may be text all the same."""
    if rules["stray-paragraph"].is_silent:
        return
    for index in region.free:
        if region.shapes[index].is_prose and not region.first <= index <= region.last:
            yield rules["stray-paragraph"].mark(index)


def _is_heading(region: Region, inside: list[int], place: int) -> bool:
    """A capitalised line without a full stop, after prose and before prose or a list.

    Between two short lines it is one of the list's own.
    """
    index = inside[place]
    shape, text = region.shapes[index], region.text(index)
    if shape.words > _HEADING_WORDS or place == 0 or place == len(inside) - 1:
        return False
    if shape.is_sentence and not text.endswith("?"):
        return False
    sides = [_is_text(region.shapes[inside[beside]]) for beside in (place - 1, place + 1)]
    if not any(sides) or text[0].islower():
        return False
    return all(sides) or (shape.words <= _LIST_HEADING_WORDS and not any(map(str.isdigit, text)))


def _is_between(region: Region, index: int) -> bool:
    """Whether a line ends as a sentence does, right between two paragraphs."""
    around = region.shapes[max(index - 1, 0) : index + 2 : 2]
    return region.shapes[index].is_sentence and sum(shape.is_prose for shape in around) == 2


def _is_text(shape: Shape) -> bool:
    return shape.is_sentence or shape.is_prose
