"""Seconds of each of several pieces of work, part of which is done for all of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from time import perf_counter
from typing import TypeVar

Value = TypeVar("Value")


class Clock:
    """Runs from when it is made, for so many pieces of work.

    What `each` is given is booked on the piece it was for; all other time is
    done for all pieces, and `seconds` divides it among them.
    """

    def __init__(self, count: int) -> None:
        self._own = [0.0] * count
        self._begin = perf_counter()

    def each(self, values: Iterable[Value]) -> Iterator[Value]:
        """The values, one for each piece, in order; what each took is booked on its piece."""
        begin = perf_counter()
        for number, value in enumerate(values):
            self._own[number] += perf_counter() - begin
            yield value
            begin = perf_counter()

    def seconds(self, sizes: Sequence[int]) -> list[float]:
        """The seconds of each piece: its own, and its share by size of all others.

        Together they are the time from the beginning until now.
        """
        together = perf_counter() - self._begin - sum(self._own)
        total = sum(sizes) + len(sizes)  # each counts for one more, so that none divides by 0
        return [
            own + together * (size + 1) / total for own, size in zip(self._own, sizes, strict=True)
        ]
