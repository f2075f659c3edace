"""A model that judges each block of a page by itself, from features that tell of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import ClassVar

import numpy as np

from cleaner.evidence.learned.loading import Columns, Floats, Graph, load_columns, load_graph
from cleaner.evidence.learned.reasons import Reason, loudest, varied


@dataclass(frozen=True)
class RowModel:
    """A model of one kind ('html')."""

    kind: str
    columns: Columns
    network: Graph

    beside: ClassVar[int] = 0
    """Rows above and below that a block is asked with when its reasons are wanted."""

    def outputs(self, parts: Iterable[Floats]) -> dict[str, Floats]:
        """What the model says of a page: ``roles`` (rows, 17), ``main`` and others (rows, 1).

        ``parts`` are the features of its rows, one part at least; each is computed
        at once. Raises `UsageError` when the columns are not those the model was
        trained with.
        """
        found: dict[str, list[Floats]] = {}
        for part in parts:
            self.columns.check(part)
            for name, values in self.network.run(part).items():
                found.setdefault(name, []).append(values)
        return {name: np.concatenate(values) for name, values in found.items()}

    def reasons(self, rows: Floats, block: int, role: int | None, most: int = 5) -> list[Reason]:
        """The features that spoke loudest for one row's role, or its main content (None)."""
        found = self.network.run(varied(rows[block], self.columns))
        chances = found["main"][:, 0] if role is None else found["roles"][:, role]
        return loudest(chances, self.columns, most)


@cache
def load_row_model(kind: str, folder: Path | None = None) -> RowModel:
    """The model of a kind, from a folder or from the package.

    Loaded once for each process. Raises `UsageError` when there is none.
    """
    return RowModel(kind, load_columns(kind, folder), load_graph(kind, "network", folder))
