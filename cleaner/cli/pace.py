"""How fast a command gets on, and how long it will take."""

from __future__ import annotations

import time

_MEGABYTE = 1e6


class Pace:
    """Documents, failures and bytes since the command began.

    ``position`` and ``start`` are in bytes of all inputs, ``total`` is their
    sum, 0 where nobody knows it; the run began at ``start``, behind what an
    earlier one did.
    """

    def __init__(self, total: int = 0) -> None:
        self.documents = self.failed = 0
        self.position = self.start = 0
        self.total = total
        self._begin = time.monotonic()

    def count(self, *, is_bad: bool, position: int, start: int = 0) -> None:
        """One more document is done, and with it the inputs up to ``position``."""
        self.documents += 1
        self.failed += is_bad
        self.position, self.start = position, start

    @property
    def seconds(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._begin

    @property
    def documents_per_second(self) -> float:
        """How many documents were done each second."""
        return self.documents / max(self.seconds, 1e-9)

    @property
    def megabytes_per_second(self) -> float:
        """How many megabytes of the inputs were done each second."""
        return (self.position - self.start) / _MEGABYTE / max(self.seconds, 1e-9)

    @property
    def share(self) -> float | None:
        """The part of all bytes that is done; None where nobody knows."""
        return self.position / self.total if 0 < self.position <= self.total else None

    @property
    def seconds_left(self) -> float | None:
        """How long it will take if it goes on like this; None where nobody knows."""
        done = self.position - self.start
        if self.share is None or done <= 0:
            return None
        return self.seconds * (self.total - self.position) / done

    def values(self) -> dict[str, float | None]:
        """All of it, for machines."""
        left = self.seconds_left
        return {
            "documents": self.documents,
            "failed": self.failed,
            "seconds": round(self.seconds, 1),
            "documents_per_second": round(self.documents_per_second, 1),
            "megabytes_per_second": round(self.megabytes_per_second, 3),
            "seconds_left": None if left is None else round(left, 1),
        }

    def in_words(self, earlier: int = 0, earlier_failed: int = 0) -> str:
        """One line for people, which counts what was done earlier as well."""
        from tqdm import tqdm  # who draws a bar has it

        clock = tqdm.format_interval
        share, left = self.share, self.seconds_left
        parts = [
            f"{self.documents + earlier} documents",
            f"{self.documents_per_second:.0f}/s",
            f"{self.megabytes_per_second:.1f} MB/s",
            f"{self.failed + earlier_failed} failed",
            f"{clock(round(self.seconds))} elapsed",
            "" if left is None else f"{clock(round(left))} left",
        ]
        percent = "" if share is None else f"{share:.0%}: "
        return percent + ", ".join(filter(None, parts))
