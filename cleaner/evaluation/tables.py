"""A report as an aligned table for people, and as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from cleaner.evaluation.comparing import Comparison
from cleaner.evaluation.measuring import Report
from cleaner.evaluation.metrics.lines import role_table
from cleaner.evaluation.metrics.metric import share
from cleaner.evaluation.running import OWN
from cleaner.evaluation.summary import Figures

_SHOWN_FAILURES = 5
_SMALL = 0.01


def render_text(report: Report, comparisons: Sequence[Comparison] = ()) -> str:
    """The report for people: figures, roles where there are any, notes, comparisons.

    Names of pages stand in it as they are; the caller makes it safe for a terminal.
    """
    parts = [report.measurement, _table(_figure_lines(report.figures))]
    if report.dataset == "roles":
        parts.append(_table(_role_lines(report)))
    parts += ["\n".join(notes)] if (notes := list(_notes(report))) else []
    parts += [_comparison(each) for each in comparisons]
    return "\n\n".join(parts) + "\n"


def render_json(
    report: Report, comparisons: Sequence[Comparison] = (), faults: Sequence[str] = ()
) -> str:
    """The report as one JSON object, ending in LF; rows are left to ``--out``.

    ``measurement``, ``dataset``, ``data``, ``labels``, ``empty_gold``,
    ``left_out``; ``figures`` (the fields of `Figures`); ``roles`` (``role``,
    ``golden``, ``program``, ``right``; empty for other data sets);
    ``comparisons`` (the fields of `Comparison`); ``faults`` of the floors.
    """
    record: dict[str, Any] = {
        "measurement": report.measurement,
        "dataset": report.dataset,
        "data": report.data,
        "labels": report.labels,
        "empty_gold": report.empty_gold,
        "left_out": report.left_out,
        "figures": [asdict(figures) for figures in report.figures],
        "roles": [
            dict(zip(("role", "golden", "program", "right"), each, strict=True))
            for each in _roles(report)
        ],
        "comparisons": [asdict(comparison) for comparison in comparisons],
        "faults": list(faults),
    }
    return json.dumps(record, indent=2) + "\n"


def _figure_lines(figures: Sequence[Figures]) -> Iterator[list[str]]:
    names = list(figures[0].values) if figures else []
    yield ["program", "kind", "pages", *names, "failed", "docs/CPU s"]
    for each in figures:
        values = [_number(each.values[name]) for name in names]
        last = [str(each.failed), f"{each.per_second:.1f}"]
        yield [each.program, each.kind, str(each.pages), *values, *last]


def _role_lines(report: Report) -> Iterator[list[str]]:
    yield ["role", "", "golden", "program", "right", "precision", "recall"]
    for role, golden, program, right in _roles(report):
        shares = [f"{share(right, whole):.3f}" if whole else "-" for whole in (program, golden)]
        yield [str(role), "", str(golden), str(program), str(right), *shares]


def _roles(report: Report) -> list[tuple[Any, int, int, int]]:
    return list(role_table([row.counts for row in report.rows if row.program == OWN]))


def _notes(report: Report) -> Iterator[str]:
    if report.empty_gold:
        yield (
            f"{report.empty_gold} pages have an empty gold text (single-page apps); they count: "
            "an empty answer scores 1, any other 0."
        )
    if report.left_out:
        yield f"{report.left_out} labelled lines are not in the flattened text and were not asked."
    failed = [row for row in report.rows if row.failure]
    for row in failed[:_SHOWN_FAILURES]:
        yield f"failed: {row.program}, {row.name}: {row.failure}"
    if len(failed) > _SHOWN_FAILURES:
        yield f"failed: {len(failed) - _SHOWN_FAILURES} more; --out has them"


def _comparison(comparison: Comparison) -> str:
    lines = [
        f"{comparison.program}, page scores against the earlier run: "
        f"{comparison.before:.4f} -> {comparison.after:.4f}, "
        f"{comparison.difference:+.4f} ± {comparison.error:.4f} (standard error, "
        f"{comparison.pages} pages, {comparison.unpaired} unpaired)"
    ]
    rows = [
        [f"{change.difference:+.3f}", f"{change.before:.3f}", f"{change.after:.3f}"]
        for change in comparison.most
    ]
    for row, change in zip(rows, comparison.most, strict=True):
        lines.append("  ".join([*row, " ".join(filter(None, (change.name, change.kind)))]))
    return "\n".join(lines)


def _number(value: float) -> str:
    """A share with three decimals, a very small one with five; a count without."""
    if 0 < value < _SMALL:
        return f"{value:.5f}"
    return f"{value:.0f}" if value > 1 else f"{value:.3f}"


def _table(lines: Iterator[list[str]]) -> str:
    """Columns as wide as they need to be; the first two left, the others right."""
    rows = list(lines)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(_aligned(row, widths) for row in rows)


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [
        cell.ljust(width) if place < 2 else cell.rjust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        if width
    ]
    return "  ".join(cells).rstrip()
