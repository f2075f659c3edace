"""Golden threads of sites that nobody listed, in 19 languages: how many of their records are found.

The pages were written and labelled before the program was run on them; where it fails is
left to see. ``floors.toml`` says what was reached, for HTML and for text.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from cleaner.document import Group, Role
from cleaner.golden.check import CheckReport, FileResult, check_golden
from cleaner.golden.report import render_text
from cleaner.page import Page

FOLDER = Path(__file__).parents[2] / "golden" / "unlisted"
FLOORS = tomllib.loads((FOLDER / "floors.toml").read_text("utf-8"))
KINDS = ("html", "text")


@cache
def report() -> CheckReport:
    return check_golden(FOLDER)


def pages(kind: str) -> Iterator[tuple[FileResult, Page]]:
    for result in report().files:
        is_html = (FOLDER / "pages" / f"{result.path.stem}.html").exists()
        if is_html == (kind == "html"):
            assert result.page is not None
            yield result, result.page


def spaced(text: str) -> str:
    """A text with one space for white space: a line break and a blank line are the same."""
    return " ".join(text.split())


def records_right(kind: str) -> float:
    """The share of records of which author and text are found."""
    right = count = 0
    for result, page in pages(kind):
        path = result.path.with_name(f"{result.path.stem}.comments.json")
        found = {(each.author, spaced(each.text)) for each in page.comments}
        golden = json.loads(path.read_text("utf-8"))
        right += sum((each["author"], spaced(each["text"])) in found for each in golden)
        count += len(golden)
    return right / count


def passages_in(kind: str, place: str) -> float:
    """The share of lines labelled comment that stand in the comments, or in the body."""
    found = count = 0
    for result, page in pages(kind):
        texts = [page.body] if place == "body" else [each.text for each in page.comments]
        texts = [spaced(text) for text in texts]
        for block, (golden, _) in zip(page.blocks, result.pairs, strict=True):
            if golden is Role.COMMENT:
                found += any(spaced(block.text) in text for text in texts)
                count += 1
    return found / count


def precision(kind: str) -> float:
    """The share of the lines taken for comments that are comments, or around them."""
    pairs = [pair for result, _ in pages(kind) for pair in result.pairs]
    taken = [golden for golden, program in pairs if program is Role.COMMENT]
    return sum(golden.group is Group.COMMENTS for golden in taken) / len(taken)


def roles_right(kind: str) -> float:
    """The share of lines with the right role."""
    pairs = [pair for result, _ in pages(kind) for pair in result.pairs]
    return sum(golden is program for golden, program in pairs) / len(pairs)


def test_unlisted_threads_have_no_fault() -> None:
    assert not report().faults, render_text(report())
    assert all(result.fault is None for result in report().files), render_text(report())


@pytest.mark.parametrize("kind", KINDS)
def test_unlisted_threads_hold_their_floors(kind: str) -> None:
    figures = {
        "records": records_right(kind),
        "in comments": passages_in(kind, "comments"),
        "precision": precision(kind),
        "roles": roles_right(kind),
    }
    below = {name: value for name, value in figures.items() if value < FLOORS[kind][name]}
    assert not below
    assert passages_in(kind, "body") <= FLOORS[kind]["in body at most"]


def test_unlisted_look_alikes_have_no_comments() -> None:
    names = {"encadernacao-pt", "lacquer-interview-vi", "pansiyon-tr"}
    found = {
        result.path.stem: page.comments
        for kind in KINDS
        for result, page in pages(kind)
        if result.path.stem in names
    }
    assert found == dict.fromkeys(names, ())


def test_what_a_shop_answers_under_reviews_is_a_comment_of_its_own() -> None:
    pots = {result.path.stem: page for result, page in pages("html")}["copper-pot-tr"]
    golden = json.loads((FOLDER / "copper-pot-tr.comments.json").read_text("utf-8"))
    assert [spaced(each.text) for each in pots.comments] == [
        spaced(each["text"]) for each in golden
    ]
    assert [each.depth for each in pots.comments] == [0, 0, 1, 0, 0, 1, 0, 0, 0]
