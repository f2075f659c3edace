"""Groups of like elements of a page, any of which may be the comments of a thread."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeVar

import numpy as np

from cleaner.parsing.tags import TAGS
from cleaner.stages.comments.markup.evidence import ENOUGH
from cleaner.stages.comments.markup.outline import Outline

_UNLIKELY = np.isin(
    TAGS,
    "html body main form option select nav a button label p h1 h2 h3 h4 h5 h6".split(),  # noqa: SIM905
)

Group = tuple[int, ...]
"""Elements in page order."""

_Key = TypeVar("_Key", bound=Hashable)


def groups_of(outline: Outline) -> list[Group]:
    """Elements with blocks that share a class or ``itemtype``, or stand side by side, each once.

    They come in the order of their first elements.
    """
    first, end = outline.spans
    likely = np.flatnonzero((end > first) & ~_UNLIKELY[outline.tree.tag]).tolist()
    named = (*_with_class(outline, likely), *_with_type(outline, likely))
    groups = sorted((*named, *_side_by_side(outline, likely)), key=_first)
    return list(dict.fromkeys(map(tuple, groups)))


def _with_class(outline: Outline, elements: Sequence[int]) -> Iterator[list[int]]:
    """Elements that share a word of their names, kind by kind: those of a kind share all."""
    of_kind = _grouped(elements, outline.kinds[0][elements].tolist())
    kinds: dict[str, list[int]] = {}
    for kind in of_kind:
        for token in dict.fromkeys(outline.words(kind)):
            kinds.setdefault(token, []).append(kind)
    for same in dict.fromkeys(map(tuple, kinds.values())):
        yield sorted(chain.from_iterable(map(of_kind.__getitem__, same)))


def _with_type(outline: Outline, elements: Sequence[int]) -> Iterable[list[int]]:
    types = outline.tree.itemtypes
    typed = [element for element in elements if element in types] if types else []
    return _grouped(typed, [types[element] for element in typed]).values()


def _side_by_side(outline: Outline, elements: Sequence[int]) -> Iterator[list[int]]:
    """Elements with the same tag in the same element, if there are enough of them."""
    tree = outline.tree
    places = tree.parent[elements].astype(np.int64) * len(TAGS) + tree.tag[elements]
    groups = _grouped(elements, places.tolist()).values()
    return (group for group in groups if len(group) >= ENOUGH)


def _grouped(elements: Sequence[int], keys: Sequence[_Key]) -> dict[_Key, list[int]]:
    """Elements by their key, in order."""
    groups: dict[_Key, list[int]] = {}
    for element, key in zip(elements, keys, strict=True):
        groups.setdefault(key, []).append(element)
    return groups


def _first(elements: Sequence[int]) -> int:
    return elements[0]
