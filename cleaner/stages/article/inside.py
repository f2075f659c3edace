"""The text of the piece: paragraphs, short paragraphs, subheadings."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.document import Mark, Shape
from cleaner.stages.article.region import Region
from cleaner.stages.rules import RuleBook

_INSIDE = ("paragraph", "subheading", "short-paragraph")
_HEADING_WORDS = 14
_LIST_HEADING_WORDS = 4  # over or between short lines only a very short one is a heading


def mark_inside(region: Region, rules: RuleBook) -> Iterator[Mark]:
    """Marks for the free blocks from the first paragraph to the last."""
    first, last = region.span
    paragraph, heading, short = (rules[name] for name in _INSIDE)
    inside = [index for index in region.free if first <= index <= last]
    shapes = region.shapes
    for place, index in enumerate(inside):
        if shapes[index].is_prose:
            rule = paragraph
        else:
            rule = heading if _is_heading(region, inside, place) else short
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
    shape = region.shapes[index]
    if shape.is_sentence and not region.text(index).endswith("?"):
        return False
    if place == 0 or place == len(inside) - 1:
        return False
    before, after = region.shapes[inside[place - 1]], region.shapes[inside[place + 1]]
    is_alone = _is_text(before) and _is_text(after)
    is_edge = _is_text(before) or _is_text(after)
    most = _HEADING_WORDS if is_alone else _LIST_HEADING_WORDS
    has_digit = any(map(str.isdigit, region.text(index)))
    is_capitalised = not region.text(index)[0].islower()
    return shape.words <= most and is_capitalised and (is_alone or (is_edge and not has_digit))


def _is_text(shape: Shape) -> bool:
    return shape.is_sentence or shape.is_prose
