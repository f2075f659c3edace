"""Golden threads of every comment system: author, time and text of each record, and look-alikes.

A record is right when one with the same text, author and time is found. The
floors are what the program reached; pages named ``lookalike-*`` have no thread.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from cleaner.golden.check import CheckReport, FileResult, check_golden
from cleaner.golden.report import render_text
from cleaner.rendering.records import comment_records
from cleaner.stages.comments.grammar import shipped_systems

FOLDER = Path(__file__).parents[2] / "golden" / "comments"
FLOORS = tomllib.loads((FOLDER / "floors.toml").read_text("utf-8"))
FIELDS = ("author", "dateText", "text")


@cache
def report() -> CheckReport:
    return check_golden(FOLDER)


def results() -> dict[str, FileResult]:
    return {result.path.stem: result for result in report().files}


def golden_records(name: str) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(
        (FOLDER / f"{name}.comments.json").read_text("utf-8")
    )
    return records


def found_records(name: str) -> list[dict[str, Any]]:
    page = results()[name].page
    assert page is not None
    return comment_records(page)


def right_records(name: str) -> int:
    found = [[record[field] for field in FIELDS] for record in found_records(name)]
    wanted = ([record[field] for field in FIELDS] for record in golden_records(name))
    return sum(record in found for record in wanted)


def share(names: Iterable[str]) -> float:
    pages = list(names)
    return sum(map(right_records, pages)) / sum(len(golden_records(name)) for name in pages)


def test_golden_threads_have_no_fault() -> None:
    assert not report().faults, render_text(report())
    assert all(result.fault is None for result in report().files), render_text(report())


def test_golden_threads_each_have_a_floor() -> None:
    assert set(FLOORS["records"]) == {
        name for name in results() if not name.startswith("lookalike-")
    }


@pytest.mark.parametrize("name", FLOORS["records"])
def test_golden_thread_gives_its_records(name: str) -> None:
    assert right_records(name) >= FLOORS["records"][name], found_records(name)


@pytest.mark.parametrize("kind", ["flat", "html"])
def test_golden_threads_hold_their_share(kind: str) -> None:
    names = [name for name in FLOORS["records"] if name.endswith("-flat") == (kind == "flat")]
    assert share(names) >= FLOORS["share"][kind]


def test_golden_threads_have_their_number_of_comments() -> None:
    counts = {name: len(found_records(name)) for name in FLOORS["records"]}
    assert counts == {name: len(golden_records(name)) for name in FLOORS["records"]}


def test_golden_threads_have_their_roles() -> None:
    pairs = [pair for result in report().files for pair in result.pairs]
    right = sum(golden is program for golden, program in pairs)
    assert right / len(pairs) >= FLOORS["share"]["roles"], render_text(report())


def test_look_alikes_have_no_comments() -> None:
    names = [name for name in results() if name.startswith("lookalike-")]
    assert len(names) >= 10
    assert {name: found_records(name) for name in names} == {name: [] for name in names}


def test_every_system_has_a_golden_thread() -> None:
    names = set(results())
    for system in shipped_systems():
        if system.slug != "japantoday":  # its golden thread is a seed
            assert any(name.startswith(system.slug) for name in names), system.slug
