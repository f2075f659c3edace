"""Groups of like elements of a page, any of which may be the comments of a thread.

Elements of one kind, that share all their names, are a row. A group is made of rows, and
is put together only when it is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from cleaner.parsing.columns import Ints, Places
from cleaner.parsing.tags import TAGS
from cleaner.stages.comments.markup.evidence import ENOUGH
from cleaner.stages.comments.markup.outline import Outline

_UNLIKELY = np.isin(
    TAGS,
    "html body main form option select nav a button label p h1 h2 h3 h4 h5 h6".split(),  # noqa: SIM905
)

Group = tuple[int, ...]
"""Elements in page order."""


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of elements, and the groups they make.

    ``elements`` are those of all rows, one row after the other, each in page order; a row's
    begin at ``starts``. ``of_groups`` are the rows of all groups, one group after the
    other; a group's begin at ``group_starts``.
    """

    elements: Places
    starts: Places
    of_groups: Places
    group_starts: Places

    def groups(self, numbers: Iterable[int]) -> list[Group]:
        """These groups, each once, in the order of their first elements."""
        found = sorted(map(self._group, numbers), key=_first)
        return list(dict.fromkeys(found))

    def _group(self, number: int) -> Group:
        rows = self.of_groups[slice(*_bounds(self.group_starts, number))].tolist()
        parts = [self.elements[slice(*_bounds(self.starts, row))].tolist() for row in rows]
        return tuple(parts[0]) if len(parts) == 1 else tuple(sorted(chain.from_iterable(parts)))


def rows_of(outline: Outline) -> Rows:
    """The rows and groups of a page: by class, by ``itemtype``, side by side."""
    first, end = outline.spans
    likely = np.flatnonzero((end > first) & ~_UNLIKELY[outline.tree.tag])
    by_kind, kind_starts = _alike(likely, outline.kinds[0][likely])
    by_type, type_starts = _alike(*_typed(outline, likely))
    beside, beside_starts = _alike(likely, _places(outline, likely))
    starts = (kind_starts, type_starts + len(by_kind), beside_starts + len(by_kind) + len(by_type))
    groups = _with_class(outline, by_kind, kind_starts)
    groups += [(len(kind_starts) + row,) for row in range(len(type_starts))]
    sizes = np.diff(beside_starts, append=len(beside))
    before = len(kind_starts) + len(type_starts)
    groups += [(before + row,) for row in np.flatnonzero(sizes >= ENOUGH).tolist()]
    counts = np.fromiter(map(len, groups), np.intp, len(groups))
    return Rows(
        np.concatenate((by_kind, by_type, beside)),
        np.concatenate(starts),
        np.fromiter(chain.from_iterable(groups), np.intp, int(counts.sum())),
        np.cumsum(counts) - counts,
    )


def _alike(elements: Places, keys: Ints) -> tuple[Places, Places]:
    """Elements with the same key in rows, and where each row begins."""
    order = np.argsort(keys, kind="stable")
    return elements[order], np.flatnonzero(np.diff(keys[order], prepend=-1))


def _with_class(outline: Outline, elements: Places, starts: Places) -> list[tuple[int, ...]]:
    """The rows of elements that share a word of their names, kind by kind: those of a row do.

    Where two groups begin with the same element, that one is first whose word is. A row is
    a group by itself, too: words that only say how a thing looks are on things of every sort.
    """
    firsts, sizes = elements[starts], np.diff(starts, append=len(elements))
    order = np.argsort(firsts)
    kinds = outline.kinds[0][firsts[order]].tolist()
    rows: dict[str, list[int]] = {}
    for row, kind in zip(order.tolist(), kinds, strict=True):
        for token in dict.fromkeys(outline.words(kind)):
            rows.setdefault(token, []).append(row)
    groups = dict.fromkeys(map(tuple, rows.values()))
    shared = {row for group in groups if len(group) > 1 for row in group}
    alone = (row for row in shared if sizes[row] >= ENOUGH)
    return list(groups | dict.fromkeys((row,) for row in sorted(alone)))


def _typed(outline: Outline, elements: Places) -> tuple[Places, Ints]:
    """The elements with an ``itemtype``, and the number of each one's."""
    types = outline.tree.itemtypes
    typed = [element for element in elements.tolist() if element in types] if types else []
    numbers: dict[str, int] = {}
    keys = [numbers.setdefault(types[element], len(numbers)) for element in typed]
    return np.array(typed, np.intp), np.array(keys, np.int64)


def _places(outline: Outline, elements: Places) -> Ints:
    """For each element what those with the same tag in the same element share."""
    tree = outline.tree
    places: Ints = tree.parent[elements].astype(np.int64) * len(TAGS) + tree.tag[elements]
    return places


def _bounds(starts: Places, number: int) -> tuple[int, int | None]:
    end = int(starts[number + 1]) if number + 1 < len(starts) else None
    return int(starts[number]), end


def _first(elements: Sequence[int]) -> int:
    return elements[0]
