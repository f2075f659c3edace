"""``report.json``: the account of a run, written from its journal."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from cleaner.batch.account import Account, place_of
from cleaner.batch.files import stop_if_fatal, sync
from cleaner.batch.journal import JOURNAL, read_lines
from cleaner.batch.outcomes import OK
from cleaner.batch.writing import TEMPORARY
from cleaner.errors import UsageError

REPORT = "report.json"
"""The report, in the output folder."""


@dataclass(slots=True)
class Report:
    """What happened in a run, complete or not; ``reasons`` count each outcome's reasons."""

    header: dict[str, Any]
    account: Account
    is_complete: bool
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    aside: list[str] = field(default_factory=list)


MOST_ASIDE = 1000
"""Names of documents kept aside that a `Report` holds; ``report.json`` has them all."""


def read_report(out: Path) -> Report:
    """The report of the run in a folder. Raises `UsageError` when there is none."""
    path = out / JOURNAL
    if not path.is_file():
        raise UsageError(f"{out}: no run of 'cleaner clean ... -o {out}' is there")
    report = Report({}, Account(), is_complete=False)
    for line, _ in read_lines(path):
        if not report.header:
            report.header = line
        elif "complete" in line:
            report.is_complete = line["complete"]
        elif "outcome" in line:
            _take(report, line)
    return report


def _take(report: Report, line: dict[str, Any]) -> None:
    report.account.add(line)
    if line["outcome"] != OK:
        report.reasons[line["outcome"], line["reason"]] += 1
    if line.get("aside") and len(report.aside) < MOST_ASIDE:
        report.aside.append(line["aside"])


def write_report(out: Path, header: dict[str, Any], account: Account) -> Path:
    """Write ``report.json``. What is not ok is copied from the journal, line by line."""
    path, temporary = out / REPORT, out / TEMPORARY
    head = {
        "version": header["version"],
        "settingsDigest": header["settings"],
        "format": header["format"],
        "inputs": account.total,
        "outcomes": account.outcomes,
        "bytes": account.bytes,
        "slowest": [
            {**place_of(line), "seconds": line["seconds"]}
            for _, _, line in sorted(account.slowest, key=lambda entry: entry[:2], reverse=True)
        ],
    }
    try:
        with temporary.open("w", encoding="ascii", newline="\n") as file:
            file.write(json.dumps(head, indent=2).removesuffix("\n}"))
            _write_not_ok(file, not_ok(out))
        sync([temporary])
        temporary.replace(path)
    except OSError as error:
        stop_if_fatal(path, error)
        raise
    return path


def not_ok(out: Path) -> Iterator[dict[str, Any]]:
    """Every document of a run that is not ok: place, outcome, reason, where it is kept."""
    for line, _ in read_lines(out / JOURNAL):
        if line.get("outcome", OK) != OK:
            yield place_of(line)


def _write_not_ok(file: TextIO, entries: Iterator[dict[str, Any]]) -> None:
    between = "\n"
    file.write(',\n  "not_ok": [')
    for entry in entries:
        file.write(between + "    " + json.dumps(entry))
        between = ",\n"
    file.write("\n  ]\n}\n" if between != "\n" else "]\n}\n")
