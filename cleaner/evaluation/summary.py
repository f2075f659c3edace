"""From rows to figures: per program, over all pages and per page type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.evaluation.metrics.metric import Metric, share
from cleaner.evaluation.rows import Row

ALL = "all"
"""Stands for the page type of the line over all pages."""


@dataclass(frozen=True, slots=True)
class Figures:
    """One program's figures on the pages of one type.

    ``values`` are the metric's figures by name; ``per_second`` is documents per
    CPU second, failed ones included, 0.0 when no time was measured.
    """

    program: str
    kind: str
    pages: int
    failed: int
    per_second: float
    values: dict[str, float]


def summarise(rows: Sequence[Row], metric: Metric[Any]) -> tuple[Figures, ...]:
    """Figures over all pages and per page type, program by program in the order of the rows.

    Page types stand by their number of pages; a data set with one type or none
    has only the line over all. No rows give no figures.
    """
    programs = dict.fromkeys(row.program for row in rows)
    return tuple(
        figures
        for program in programs
        for figures in _of_program([row for row in rows if row.program == program], metric)
    )


def _of_program(rows: Sequence[Row], metric: Metric[Any]) -> Iterator[Figures]:
    yield _figures(rows, ALL, metric)
    kinds = Counter(row.kind for row in rows)
    if len(kinds) > 1:
        for kind in sorted(kinds, key=lambda kind: (-kinds[kind], kind)):
            yield _figures([row for row in rows if row.kind == kind], kind or "unknown", metric)


def _figures(rows: Sequence[Row], kind: str, metric: Metric[Any]) -> Figures:
    return Figures(
        program=rows[0].program,
        kind=kind,
        pages=len(rows),
        failed=sum(bool(row.failure) for row in rows),
        per_second=share(len(rows), sum(row.seconds for row in rows)),
        values=metric.figures([row.counts for row in rows]),
    )
