"""``cleaner report``: what happened in a run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from cleaner.batch import REPORT, Report, read_report
from cleaner.batch.writing import ASIDE
from cleaner.cli.output import write_out
from cleaner.cli.terminal import printable_line

MOST_REASONS = 20
"""Reasons that are shown; the report file has one for each document."""


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
def report(out: Path) -> None:
    """Show what happened in a run: counts, reasons, the slowest documents, what is kept aside.

    OUT is the folder that was given to 'cleaner clean' with -o. A run that was
    stopped is shown as far as it came.
    """
    write_out("".join(printable_line(line) + "\n" for line in _lines(read_report(out), out)))


def _lines(report: Report, out: Path) -> Iterator[str]:
    account = report.account
    state = "complete" if report.is_complete else "not complete: the same command goes on with it"
    yield f"{account.summary()} ({account.bytes / 1e6:.1f} MB); {state}"
    for (outcome, reason), count in report.reasons.most_common(MOST_REASONS):
        yield f"  {count:>7}  {outcome}: {reason}"
    if account.slowest:
        yield "slowest:"
    for seconds, _, line in sorted(account.slowest, key=lambda entry: -entry[0]):
        record = "" if line["record"] is None else f", record {line['record']}"
        yield f"  {seconds:7.2f} s  {line['source']}{record}"
    if report.aside:
        yield f"kept aside in {out / ASIDE}:"
    for name in report.aside[:MOST_REASONS]:
        yield f"  {name}"
    if len(report.aside) > MOST_REASONS:
        yield "  ..."
    if report.is_complete:
        yield f"every document that is not ok: {out / REPORT}"
