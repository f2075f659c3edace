"""The elements around each block of a thread, inside its comment."""

from __future__ import annotations

from collections.abc import Mapping

from cleaner.stages.comments.markup.items import Found
from cleaner.stages.comments.markup.outline import Outline

Paths = Mapping[int, tuple[int, ...]]
"""For each block of a thread the elements from the innermost around it up to its comment's."""


def paths_of(outline: Outline, found: Found) -> Paths:
    """The paths of all blocks of a thread; the comments' own elements are left out."""
    inner, parent = outline.tree.inner.tolist(), outline.tree.parent.tolist()
    paths: dict[int, tuple[int, ...]] = {}
    for element, own in zip(found.elements, found.own, strict=True):
        for block in own:
            path, at = [], inner[block]
            while at > element:
                path.append(at)
                at = parent[at]
            paths[block] = tuple(path)
    return paths
