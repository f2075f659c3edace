"""Comments inside the comments that were found, made as these are.

Where elements have no names, answers share none with what they answer, nor do they stand
beside it; what tells them is that inside they are made as it is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from cleaner.parsing.tags import TAG_NUMBERS
from cleaner.stages.comments.markup.items import Found
from cleaner.stages.comments.markup.outline import Outline

_ITEM_TAG = TAG_NUMBERS["li"]


def with_inner(outline: Outline, found: Found) -> Found:
    """The comments and those inside them, outer ones before inner ones.

    An element is one when it is of the same tag as the comment around it, and has its time
    at the end of the same path; under the reviews of a product also when several have such a
    box with a time of its own: the shop answers.
    """
    outer = list(zip(found.elements, found.own, strict=True))
    inner = {each for element, own in outer for each in _inside(outline, element, own)}
    chances = outline.document.chances
    if not inner and chances is not None and chances.kind == "product":
        inner = _shop_answers(outline, outer)
    if inner <= set(found.elements):
        return found
    return _parted(outline, found, sorted(inner.union(found.elements)))


def _parted(outline: Outline, found: Found, elements: Sequence[int]) -> Found:
    """The same blocks, each that of the innermost of these elements."""
    held = {block for own in found.own for block in own}
    owners = {
        block: element for element in elements for block in outline.blocks(element) if block in held
    }
    own: dict[int, list[int]] = {element: [] for element in elements}
    for block in sorted(held):
        own[owners[block]].append(block)
    kept = [element for element in elements if own[element]]
    return replace(found, elements=tuple(kept), own=tuple(tuple(own[each]) for each in kept))


def _shop_answers(outline: Outline, outer: Sequence[tuple[int, tuple[int, ...]]]) -> set[int]:
    """Boxes with a time inside comments that have one, where more than one has a box like it."""
    boxes: dict[int, list[int]] = defaultdict(list)
    for element, own in outer:
        timed = [block for block in own if block in outline.times]
        if len(timed) != 2:  # its own, and that of the answer
            continue
        head = outline.inner[timed[0]]
        above = outline.up(outline.inner[timed[1]], element)
        apart = [each for each in above if not each <= head < outline.tree.end[each]]
        if apart and len(outline.blocks(apart[-1])) > 1:
            boxes[outline.signatures[0][apart[-1]]].append(apart[-1])
    return {box for alike in boxes.values() if len(alike) > 1 for box in alike}


def _inside(outline: Outline, element: int, own: tuple[int, ...]) -> Iterator[int]:
    """The elements inside a comment that are made as it is, by the times in them."""
    numbers, signatures = outline.signatures
    first, *others = [block for block in own if block in outline.times] or [-1]
    if not others:
        return
    path = [numbers[each] for each in outline.up(outline.inner[first], element)]
    is_bare = not path and len(signatures[numbers[element]]) == 1
    if is_bare and outline.tree.tag[element] != _ITEM_TAG:
        return  # a box without a name that begins with a time is any box
    for block in others:
        above = list(islice(outline.up(outline.inner[block], element), len(path) + 1))
        if len(above) <= len(path) or [numbers[each] for each in above[:-1]] != path:
            continue
        is_alike = outline.tree.tag[above[-1]] == outline.tree.tag[element]
        if is_alike and len(outline.blocks(above[-1])) > 1:
            yield above[-1]
