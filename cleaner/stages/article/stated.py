"""The date of the piece as the markup of its dateline or byline states it, whatever is shown."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from cleaner.dates import checked_iso_date
from cleaner.document import Decisions, Document, Role
from cleaner.parsing.html_document import HtmlDocument
from cleaner.parsing.tree import Tree

_CHANGED = frozenset({"updated", "modified"})
_PUBLISHED = frozenset({"published", "created"})


def stated_date(document: Document, decisions: Decisions) -> str | None:
    """The first date that attributes state in a dateline, else in a byline; None without one.

    When the piece was changed does not count.
    """
    if not isinstance(document, HtmlDocument) or not document.tree.times:
        return None
    tree, roles = document.tree, decisions.roles
    for role in (Role.DATELINE, Role.BYLINE):
        for block in (index for index, its_role in enumerate(roles) if its_role is role):
            for element in _timed(tree, block):
                if checked_iso_date(tree.times[element]) and not _is_of_change(tree, element):
                    return tree.times[element]
    return None


def _timed(tree: Tree, block: int) -> Iterator[int]:
    """The elements close around the texts of a block that state a time, in page order."""
    first, last = np.searchsorted(tree.piece_block, [block, block + 1]).tolist()
    return chain.from_iterable(map(tree.times_around, range(first, last)))


def _is_of_change(tree: Tree, element: int) -> bool:
    """Whether an element says when the piece was changed, and not when it came out."""
    said = {*tree.names[element].lower().split(), tree.itemprops.get(element, "").lower()}
    return "datemodified" in said or (not said.isdisjoint(_CHANGED) and said.isdisjoint(_PUBLISHED))
