"""The HTML golden pages: no fault, and precision and recall no lower than was reached."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import pytest

from cleaner.golden.check import CheckReport, check_golden
from cleaner.golden.report import render_text

FOLDER = Path(__file__).parents[2] / "golden" / "html"
FLOORS = tomllib.loads((FOLDER / "floors.toml").read_text("utf-8"))


@cache
def report() -> CheckReport:
    return check_golden(FOLDER)


def figures() -> dict[str, dict[str, float]]:
    scores = report().scores
    right, lines = sum(s.right for s in scores), sum(s.golden for s in scores)
    roles = {s.role.value: {"precision": s.precision or 0, "recall": s.recall or 0} for s in scores}
    return {"all": {"right": right / lines}, **roles}


def test_html_golden_files_have_no_fault() -> None:
    assert len(report().files) >= 15
    assert not report().faults, render_text(report())
    assert all(result.fault is None for result in report().files), render_text(report())


@pytest.mark.parametrize("name", FLOORS)
def test_html_golden_pages_hold_their_floor(name: str) -> None:
    for figure, floor in FLOORS[name].items():
        assert figures()[name][figure] >= floor, f"{name} {figure}\n{render_text(report())}"
