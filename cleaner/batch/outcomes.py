"""What became of each document, and how many of each there are."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.errors import CleanerError
from cleaner.reading import Item

OK, EMPTY, SKIPPED = "ok", "empty", "skipped"
FAILED, TIMED_OUT, CRASHED = "failed", "timed out", "crashed"

OUTCOMES = (OK, EMPTY, SKIPPED, FAILED, TIMED_OUT, CRASHED)
"""Every document ends with exactly one of these."""

BAD = frozenset({FAILED, TIMED_OUT, CRASHED})
"""The outcomes of documents that are missing in the output though they should be there."""


class StoppedError(CleanerError):
    """The run cannot go on, though nothing that was done is lost: the disk is full."""


@dataclass(frozen=True, slots=True)
class Result:
    """A document with what became of it: its output where it is ok or empty."""

    item: Item
    outcome: str
    reason: str = ""
    output: bytes = b""
    seconds: float = 0.0

    @property
    def has_output(self) -> bool:
        """Whether there is a page to write, be it empty."""
        return self.outcome in (OK, EMPTY)
