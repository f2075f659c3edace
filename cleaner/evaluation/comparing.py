"""Compare two runs page by page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

from cleaner.evaluation.rows import Row

MOST = 10
"""How many of the pages that changed most are shown."""


@dataclass(frozen=True, slots=True)
class Change:
    """One page's score in two runs."""

    name: str
    kind: str
    before: float
    after: float

    @property
    def difference(self) -> float:
        """After less before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """One program's page scores in two runs, over the ``pages`` that both have.

    ``before`` and ``after`` are means, ``difference`` is the mean of the paired
    differences, ``error`` its standard error (0.0 for fewer than two pages).
    ``unpaired`` counts pages that only one of the runs has. ``most`` are the
    pages that changed most, the largest change first.
    """

    program: str
    pages: int
    unpaired: int
    before: float
    after: float
    difference: float
    error: float
    most: tuple[Change, ...]


def compare_rows(before: Sequence[Row], after: Sequence[Row]) -> tuple[Comparison, ...]:
    """A comparison for each program that both runs have, in the later run's order.

    >>> old, new = Row("x", "a", "", 0.5, {}, 0), Row("x", "a", "", 0.75, {}, 0)
    >>> [comparison] = compare_rows([old], [new])
    >>> comparison.difference, comparison.error
    (0.25, 0.0)
    """
    programs = dict.fromkeys(row.program for row in after)
    return tuple(each for program in programs for each in _compared(before, after, program))


def _compared(before: Sequence[Row], after: Sequence[Row], program: str) -> Iterator[Comparison]:
    old = {row.name: row.score for row in before if row.program == program}
    new = {row.name: row for row in after if row.program == program}
    changes = [
        Change(name, row.kind, old[name], row.score) for name, row in new.items() if name in old
    ]
    if changes:
        yield _comparison(program, changes, unpaired=len(old.keys() ^ new.keys()))


def _comparison(program: str, changes: Sequence[Change], *, unpaired: int) -> Comparison:
    count = len(changes)
    difference = sum(change.difference for change in changes) / count
    changed = [change for change in changes if change.difference]
    most = sorted(changed, key=lambda change: (-abs(change.difference), change.name))
    return Comparison(
        program=program,
        pages=count,
        unpaired=unpaired,
        before=sum(change.before for change in changes) / count,
        after=sum(change.after for change in changes) / count,
        difference=difference,
        error=_standard_error([change.difference for change in changes], difference),
        most=tuple(most[:MOST]),
    )


def _standard_error(differences: Sequence[float], mean: float) -> float:
    count = len(differences)
    if count < 2:
        return 0.0
    variance = sum((each - mean) ** 2 for each in differences) / (count - 1)
    return sqrt(variance / count)
