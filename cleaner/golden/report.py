"""A check as text for people and as JSON for machines."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from cleaner.golden.accept import Acceptance
from cleaner.golden.accepted import OutputDifference, accept_command
from cleaner.golden.check import CheckReport, FileResult
from cleaner.golden.differences import Difference
from cleaner.golden.diffs import shorten_diff
from cleaner.golden.faults import FaultError
from cleaner.golden.labels import Label
from cleaner.golden.scores import RoleScore

NEIGHBOURS = 2
"""Lines shown before and after one that differs."""

_WIDTH = 100
"""Characters of a block's text that the text report shows."""


def render_text(report: CheckReport) -> str:
    """The report for people: scores, differing lines with their neighbours, faults, summary.

    Output that differs from what was accepted stands as a unified diff in it.

    Page text stands in it as it is; the caller makes it safe for a terminal.
    """
    parts = [_scores(report.scores)] if report.scores else []
    parts += [part for result in report.files for part in _file_parts(result)]
    faults = [f"{fault.fault}: {fault}" for fault in all_faults(report)]
    parts += ["\n".join(faults)] if faults else []
    return "\n\n".join([*parts, summary(report)]) + "\n"


def render_acceptance(acceptance: Acceptance) -> str:
    """What accepting changed, as unified diffs; empty when nothing did."""
    lines = [line for change in acceptance.changes for line in _diff_lines(change)]
    return "".join(line + "\n" for line in lines)


def summary(report: CheckReport) -> str:
    """One line: how much was compared, and whether all is fine."""
    pairs = [pair for result in report.files for pair in result.pairs]
    right = sum(golden is program for golden, program in pairs)
    open_count = sum(result.open_differences for result in report.files)
    known = sum(result.known_differences for result in report.files)
    counts = (
        _count(len(report.files), "golden file"),
        f"{right} of {_count(len(pairs), 'line')} right",
        _count(open_count, "difference"),
        _count(known, "known gap"),
        _count(len(all_faults(report)), "fault"),
    )
    return f"{'ok' if report.is_ok else 'FAILED'}: {', '.join(counts)}"


def all_faults(report: CheckReport) -> tuple[FaultError, ...]:
    """The faults of the files, then those of the folder."""
    of_files = (result.fault for result in report.files if result.fault)
    return (*of_files, *report.faults)


def render_json(report: CheckReport) -> str:
    """The report as one JSON object in ASCII, ending in LF.

    ``ok``, ``folder``; ``files``, each with ``path``, ``ok``, ``lines`` (how many
    were compared), ``fault`` or null, ``differences`` (the fields of
    `Difference`, and the lines ``before`` and ``after``) and ``comments`` (the
    fields of `RecordDifference`), ``outputs`` (``path`` of the accepted file and
    the whole ``diff``, a list of lines); ``faults`` of the folder; ``roles``, each
    with its counts, ``precision`` and ``recall``, null where there is nothing to
    divide by.
    """
    record = {
        "ok": report.is_ok,
        "folder": report.folder.as_posix(),
        "files": [_file_record(result) for result in report.files],
        "faults": [_fault_record(fault) for fault in report.faults],
        "roles": [_score_record(score) for score in report.scores],
    }
    return json.dumps(record, indent=2) + "\n"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _scores(scores: Sequence[RoleScore]) -> str:
    lines = [f"{'role':<14}{'golden':>8}{'program':>9}{'right':>7}{'precision':>11}{'recall':>8}"]
    for score in scores:
        counts = f"{score.golden:>8}{score.program:>9}{score.right:>7}"
        shares = f"{_share(score.precision):>11}{_share(score.recall):>8}"
        lines.append(f"{score.role:<14}{counts}{shares}")
    return "\n".join(lines)


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def _file_parts(result: FileResult) -> Iterator[str]:
    labels = result.golden.labels if result.golden else ()
    differences = {difference.block: difference for difference in result.differences}
    for blocks in _hunks(sorted(differences), len(labels)):
        lines = [f"{result.path.as_posix()}:{labels[blocks[0] - 1].line}"]
        for block in blocks:
            lines += _block_lines(block, labels[block - 1], differences.get(block))
        yield "\n".join(lines)
    if result.records:
        yield "\n".join(_record_lines(result))
    if result.outputs:
        yield "\n".join(_output_lines(result))


def _hunks(blocks: Sequence[int], count: int) -> list[list[int]]:
    """The differing blocks with their neighbours; runs that touch become one."""
    hunks: list[list[int]] = []
    for block in blocks:
        first, last = max(1, block - NEIGHBOURS), min(count, block + NEIGHBOURS)
        if hunks and first <= hunks[-1][-1] + 1:
            hunks[-1] += range(hunks[-1][-1] + 1, last + 1)
        else:
            hunks.append(list(range(first, last + 1)))
    return hunks


def _block_lines(block: int, label: Label, difference: Difference | None) -> Iterator[str]:
    if difference is None:
        yield _line(" ", block, str(label.role), label.text)
        return
    yield _line("-", block, str(difference.expected), label.text)
    yield _line("+", block, str(difference.got), _evidence(difference))
    if difference.known:
        yield f"       known gap: {difference.known}"


def _evidence(difference: Difference) -> str:
    rule = f"{difference.stage}/{difference.rule}"
    return f"(score {difference.score:.2f}, {rule}: {difference.why})"


def _line(sign: str, block: int, role: str, text: str) -> str:
    text = " ".join(text.split())
    shown = text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
    return f"{sign} {block:>4} {role:<12} | {shown}"


def _record_lines(result: FileResult) -> Iterator[str]:
    yield f"{result.path.as_posix()}: comments"
    for difference in result.records:
        who = f"comment {difference.comment}, " if difference.comment else ""
        yield f"- {who}{difference.field}: {difference.expected}"
        yield f"+ {who}{difference.field}: {difference.got}"
        if difference.known:
            yield f"       known gap: {difference.known}"


def _output_lines(result: FileResult) -> Iterator[str]:
    yield f"{result.path.as_posix()}: the output is not what was accepted"
    for difference in result.outputs:
        yield from _diff_lines(difference)
    yield f"is this meant? '{accept_command(result.path)}' to accept"


def _diff_lines(difference: OutputDifference) -> Iterator[str]:
    """A diff of lines that are not too long to read; of an empty new file its name."""
    name = difference.path.as_posix()
    yield from shorten_diff(difference.diff) if difference.diff else (f"+++ {name} (empty)",)


def _file_record(result: FileResult) -> dict[str, Any]:
    return {
        "path": result.path.as_posix(),
        "ok": result.is_ok,
        "lines": len(result.pairs),
        "fault": _fault_record(result.fault) if result.fault else None,
        "differences": [_difference_record(result, item) for item in result.differences],
        "comments": [asdict(difference) for difference in result.records],
        "outputs": [_output_record(difference) for difference in result.outputs],
    }


def _output_record(difference: OutputDifference) -> dict[str, Any]:
    return {"path": difference.path.as_posix(), "diff": list(difference.diff)}


def _difference_record(result: FileResult, difference: Difference) -> dict[str, Any]:
    labels = result.golden.labels if result.golden else ()
    index = difference.block - 1
    before = labels[max(0, index - NEIGHBOURS) : index]
    after = labels[index + 1 : index + 1 + NEIGHBOURS]
    return asdict(difference) | {
        "before": [_label_record(label) for label in before],
        "after": [_label_record(label) for label in after],
    }


def _label_record(label: Label) -> dict[str, Any]:
    return {"line": label.line, "role": label.role, "text": label.text}


def _fault_record(fault: FaultError) -> dict[str, Any]:
    return {
        "fault": fault.fault,
        "path": fault.path.as_posix(),
        "line": fault.line,
        "message": fault.message,
    }


def _score_record(score: RoleScore) -> dict[str, Any]:
    return asdict(score) | {"precision": score.precision, "recall": score.recall}
