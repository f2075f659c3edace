"""Which comment of a thread answers which, as its markup nests them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.parsing.tags import TAG_NUMBERS
from cleaner.stages.comments.markup.names import NESTED
from cleaner.stages.comments.markup.outline import Outline

_LEVEL = re.compile(r"(?:depth|level|indent|nest(?:ed|ing)?)[-_]?(?:level[-_]?)?(\d{1,4})\b")
_INDENT = re.compile(r"(?:^|\s)(?:ml|pl|ms|ps)-(\d{1,3})(?:\s|$)")
_LISTS = frozenset(TAG_NUMBERS[name] for name in ("ul", "ol", "dl"))
_CLIMB = 12  # elements between a reply and the box that holds the replies, at most


def parents_of(outline: Outline, elements: tuple[int, ...]) -> list[int | None]:
    """For each comment the place of the one it answers, None at the top.

    An element inside another answers it. Where none is inside another, classes as
    ``depth-2`` count, else a list or a box of replies beside a comment, else classes
    that move it to the side, as ``ml-8``.
    """
    inside = list(_inside(outline, elements))
    if any(parent is not None for parent in inside):
        return inside
    levels = [_level(outline, element) for element in elements]
    if sum(level is not None for level in levels) * 2 > len(levels):
        return list(_by_level([level or 0 for level in levels]))
    beside = list(_beside(outline, elements))
    if any(parent is not None for parent in beside):
        return beside
    return list(_by_level([_indent(outline, element) for element in elements]))


def depths_of(parents: list[int | None]) -> list[int]:
    """How deep each comment stands: 0 at the top.

    >>> depths_of([None, 0, 1, None])
    [0, 1, 2, 0]
    """
    depths: list[int] = []
    for parent in parents:
        depths.append(0 if parent is None else depths[parent] + 1)
    return depths


def _inside(outline: Outline, elements: tuple[int, ...]) -> Iterator[int | None]:
    ends, open_ = outline.tree.end, list[int]()
    for number, element in enumerate(elements):
        while open_ and ends[elements[open_[-1]]] <= element:
            open_.pop()
        yield open_[-1] if open_ else None
        open_.append(number)


def _level(outline: Outline, element: int) -> int | None:
    found = _LEVEL.search(outline.tree.names[element])
    return int(found[1]) if found else None


def _indent(outline: Outline, element: int) -> int:
    """How far a class of it moves an element to the side; 0 where none does."""
    found = _INDENT.search(outline.tree.names[element])
    return int(found[1]) if found else 0


def _by_level(levels: list[int]) -> Iterator[int | None]:
    open_: list[int] = []
    for number, level in enumerate(levels):
        while open_ and levels[open_[-1]] >= level:
            open_.pop()
        yield open_[-1] if open_ else None
        open_.append(number)


def _beside(outline: Outline, elements: tuple[int, ...]) -> Iterator[int | None]:
    """A comment in a box of replies that stands in the same element as an earlier comment."""
    parent, open_ = outline.tree.parent, list[int]()
    for number, element in enumerate(elements):
        while open_ and not _is_reply(outline, int(parent[elements[open_[-1]]]), element):
            open_.pop()
        yield open_[-1] if open_ else None
        open_.append(number)


def _is_reply(outline: Outline, around: int, element: int) -> bool:
    """Whether a box of replies lies between an element and one far around it."""
    tree = outline.tree
    if not around <= element < tree.end[around]:
        return False
    above = int(tree.parent[element])
    for _ in range(_CLIMB):
        if above <= around:
            return False
        if tree.tag[above] in _LISTS or outline.families[above] & NESTED:
            return True
        above = int(tree.parent[above])
    return False
