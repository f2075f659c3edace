"""What a metric is: counts per page, and figures from the counts of many pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from cleaner.evaluation.cases import Case

Answer = TypeVar("Answer")

Counts = dict[str, float]
"""What one page adds to the figures, by name."""


@dataclass(frozen=True, slots=True)
class Metric(Generic[Answer]):
    """How answers to the pages of a data set are scored.

    ``count`` takes a case and the answer to it, None when the program failed,
    which must score zero. ``score`` makes one number from 0 to 1 of a page's
    counts, for comparing runs page by page. ``figures`` makes the data set's
    figures, by name, of the counts of one or more pages. ``floors`` are the
    names of the figures that a floor may hold; ``ceilings`` those of shares that
    are better low, of which it holds the rest.
    """

    count: Callable[[Case, Answer | None], Counts]
    score: Callable[[Counts], float]
    figures: Callable[[Sequence[Counts]], dict[str, float]]
    floors: tuple[str, ...] = ("f1",)
    ceilings: tuple[str, ...] = ()


def mean(counts: Sequence[Counts], name: str) -> float:
    """The mean of one count over pages; 0.0 of none."""
    return total(counts, name) / len(counts) if counts else 0.0


def total(counts: Sequence[Counts], name: str) -> float:
    """The sum of one count over pages; a page without it adds nothing."""
    return sum(count.get(name, 0.0) for count in counts)


def share(part: float, whole: float) -> float:
    """A part of a whole; 0.0 of an empty whole.

    >>> share(1, 4), share(0, 0)
    (0.25, 0.0)
    """
    return part / whole if whole else 0.0


def harmonic(precision: float, recall: float) -> float:
    """F1; 0.0 when both are.

    >>> harmonic(1.0, 0.5)
    0.6666666666666666
    """
    return share(2 * precision * recall, precision + recall)
