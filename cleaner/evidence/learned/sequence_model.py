"""A model that reads a page's blocks in order: what a block is hangs on those around it.

The graph ``rows`` makes of a block's features what is worth telling its neighbours;
``around`` carries that down the page and up again (a recurrent layer of gated units,
Cho et al. 2014) and decides. A page is computed alone, so that its
chances are the same in any batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

import numpy as np

from cleaner.evidence.learned.loading import (
    PAGE_BLOCK,
    Columns,
    Floats,
    Graph,
    load_columns,
    load_graph,
)
from cleaner.evidence.learned.reasons import Reason, loudest, varied

_BESIDE = 256
"""Rows above and below such a part that are carried into it; farther ones change little."""


@dataclass(frozen=True)
class SequenceModel:
    """A model of one kind ('text')."""

    kind: str
    columns: Columns
    rows: Graph
    around: Graph

    beside: ClassVar[int] = 4
    """Rows above and below that a block is asked with when its reasons are wanted."""

    def outputs(self, parts: Iterable[Floats]) -> dict[str, Floats]:
        """What the model says of a page: ``roles`` (rows, 17), ``main`` and others (rows, 1).

        ``parts`` are the features of its rows in order, one part at least. Raises
        `UsageError` when the columns are not those the model was trained with.
        """
        own = np.concatenate([self._own(part) for part in parts])
        if not len(own):
            one = np.zeros((1, own.shape[1]), np.float32)
            return {name: values[:0] for name, values in self._decided(one).items()}
        found: dict[str, list[Floats]] = {}
        for wanted, read in _windows(len(own)):
            for name, values in self._decided(own[read]).items():
                found.setdefault(name, []).append(values[wanted])
        return {name: np.concatenate(values) for name, values in found.items()}

    def _own(self, rows: Floats) -> Floats:
        self.columns.check(rows)
        return self.rows.run(rows)["own"]

    def _decided(self, own: Floats) -> dict[str, Floats]:
        return {name: values[:, 0] for name, values in self.around.run(own[:, None]).items()}

    def reasons(self, rows: Floats, block: int, role: int | None, most: int = 5) -> list[Reason]:
        """The features that spoke loudest for one row's role, or its main content (None).

        ``rows`` are the row's and its neighbours', who are asked as they are.
        """
        told = self._own(varied(rows[block], self.columns))
        read = np.repeat(self._own(rows)[:, None], len(told), axis=1)
        read[block] = told
        found = self.around.run(read)
        chances = found["main"][block, :, 0] if role is None else found["roles"][block, :, role]
        return loudest(chances, self.columns, most)


def _windows(count: int) -> Iterator[tuple[slice, slice]]:
    """Parts of a page: the rows to read, and which of those are wanted."""
    for start in range(0, count, PAGE_BLOCK):
        end = min(start + PAGE_BLOCK, count)
        first = max(0, start - _BESIDE)
        yield slice(start - first, end - first), slice(first, min(count, end + _BESIDE))


@cache
def load_sequence_model(kind: str, folder: Path | None = None) -> SequenceModel:
    """The model of a kind, from a folder or from the package.

    Loaded once for each process. Raises `UsageError` when there is none.
    """
    columns = load_columns(kind, folder)
    graphs = (load_graph(kind, name, folder) for name in ("rows", "around"))
    return SequenceModel(kind, columns, *graphs)
