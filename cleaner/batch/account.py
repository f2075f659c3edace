"""The account of a run: every input with one outcome, added up."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cleaner.batch.outcomes import BAD, OUTCOMES

SLOWEST = 10
"""How many of the slowest documents are remembered."""


@dataclass(slots=True)
class Account:
    """Counts of outcomes, bytes read, the slowest documents; it does not grow."""

    counts: Counter[str] = field(default_factory=Counter)
    bytes: int = 0
    slowest: list[tuple[float, int, Mapping[str, Any]]] = field(default_factory=list)

    def add(self, line: Mapping[str, Any]) -> None:
        """Count one document, given as its line in the journal."""
        self.counts[line["outcome"]] += 1
        self.bytes += line["bytes"]
        entry = (line["seconds"], -self.total, line)
        if len(self.slowest) < SLOWEST:
            heapq.heappush(self.slowest, entry)
        else:
            heapq.heappushpop(self.slowest, entry)

    @property
    def total(self) -> int:
        """How many documents there were."""
        return self.counts.total()

    @property
    def bad(self) -> int:
        """How many documents failed, timed out or crashed."""
        return sum(self.counts[outcome] for outcome in BAD)

    @property
    def outcomes(self) -> dict[str, int]:
        """The count of each of the six outcomes."""
        return {outcome: self.counts[outcome] for outcome in OUTCOMES}

    def summary(self) -> str:
        """The counts in words.

        >>> account = Account(Counter({"ok": 3, "failed": 1}))
        >>> account.summary()
        '4 documents: 3 ok, 1 failed'
        """
        parts = [f"{count} {outcome}" for outcome, count in self.outcomes.items() if count]
        noun = "document" if self.total == 1 else "documents"
        return f"{self.total} {noun}: {', '.join(parts) or 'none'}"


def place_of(line: Mapping[str, Any]) -> dict[str, Any]:
    """Where a document stands and what became of it, as the report gives it."""
    names = ("source", "record", "offset", "url", "id", "mediaType", "outcome", "reason", "aside")
    needed = ("source", "record", "offset", "outcome", "reason")
    return {name: line.get(name) for name in names if name in needed or line.get(name)}
