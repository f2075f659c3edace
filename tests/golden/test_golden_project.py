"""The project's golden files against the program: the same check as ``cleaner golden check``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from cleaner.golden.accepted import FORMATS, accept_command, accepted_path
from cleaner.golden.check import CheckReport, FileResult, check_golden
from cleaner.golden.labels import golden_paths
from cleaner.golden.report import render_text

FOLDER = Path(__file__).parents[2] / "golden"


@cache
def report() -> CheckReport:
    return check_golden(FOLDER)


def result_of(path: Path) -> FileResult:
    [result] = (result for result in report().files if result.path == path)
    return result


def test_project_has_golden_files_and_no_fault() -> None:
    assert golden_paths(FOLDER)
    assert not report().faults, render_text(report())


@pytest.mark.parametrize("path", golden_paths(FOLDER), ids=lambda path: path.stem)
def test_project_golden_file_is_what_the_program_does(path: Path) -> None:
    result = result_of(path)
    assert result.is_ok, render_text(CheckReport(FOLDER, (result,), ()))


@pytest.mark.parametrize("path", golden_paths(FOLDER), ids=lambda path: path.stem)
def test_project_golden_file_has_accepted_output(path: Path) -> None:
    assert all(accepted_path(path, wanted).is_file() for wanted in FORMATS), (
        f"'{accept_command(path)}' to accept"
    )
