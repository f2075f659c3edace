"""Comments in the widest boxes that hold one each.

What is found as a comment may be the text with its time alone, its writer in a box
beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cleaner.stages.comments.markup.items import Found
from cleaner.stages.comments.markup.outline import Outline

_FEWEST = 3
"""Comments that are enough to say how they are made."""

_SMALL = 20
"""Words beside a comment, of its writer's rank and counts; more may be an article."""


def widened(outline: Outline, found: Found) -> Found:
    """The same comments with all that stands in a box with one of them and with no other.

    All are widened by the same number of elements. Those that lie in one another are
    left as they are, and so are those whose boxes have much else to say.
    """
    elements, wider = list(found.elements), list(found.elements)
    most = 2 * _words(outline, found.own) + _SMALL * len(elements)
    while len(wider) >= _FEWEST and _are_apart(outline, wider):
        elements = wider
        wider = [int(outline.tree.parent[element]) for element in elements]
    own = tuple(tuple(outline.blocks(element)) for element in elements)
    if _words(outline, own) > most:
        return found
    return replace(found, elements=tuple(elements), own=own)


def _are_apart(outline: Outline, elements: Sequence[int]) -> bool:
    ends = outline.tree.end
    return all(ends[one] <= other for one, other in pairwise(elements))


def _words(outline: Outline, own: Sequence[Sequence[int]]) -> int:
    blocks = outline.document.blocks
    return sum(blocks[block].text.count(" ") + 1 for each in own for block in each)
