from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from golden_folder import Golden

from cleaner.golden.check import check_golden
from cleaner.golden.comments import FIELDS, QUOTE_FIELDS, parse_comments
from cleaner.golden.differences import compare_records
from cleaner.golden.faults import Fault, FaultError

ROOT = Path(__file__).parents[2]
QUOTE = {"text": "a", "start": 0, "end": 1, "of": "article", "comment": None, "block": 4}


def record(**changed: Any) -> dict[str, Any]:
    fields: dict[str, Any] = dict.fromkeys(FIELDS)
    return fields | {"text": "a", "quotes": [QUOTE], "votes": 1} | changed


def differing(golden: Any, program: Any) -> list[tuple[int | None, str]]:
    return [(found.comment, found.field) for found in compare_records(golden, program)]


def test_comments_same_records_do_not_differ() -> None:
    assert differing([record(), record()], [record(), record()]) == []


@pytest.mark.parametrize("field", FIELDS)
def test_comments_every_field_is_compared(field: str) -> None:
    assert differing([record(), record(**{field: "other"})], [record()] * 2) == [(2, field)]


@pytest.mark.parametrize("field", QUOTE_FIELDS)
def test_comments_every_field_of_a_quote_is_compared(field: str) -> None:
    golden = record(quotes=[QUOTE | {field: "other"}])
    assert differing([golden], [record()]) == [(1, "quotes")]


def test_comments_fields_left_out_are_not_compared() -> None:
    assert differing([{"votes": 1}], [record()]) == []
    assert differing([{"quotes": [{"start": 0}]}], [record()]) == []
    assert differing([{"quotes": []}], [record()]) == [(1, "quotes")]


@pytest.mark.parametrize("value", [True, 1.0, "1", None])
def test_comments_one_is_not_true_nor_a_text(value: object) -> None:
    assert differing([record(votes=value)], [record()]) == [(1, "votes")]


def test_comments_other_number_is_one_difference() -> None:
    assert differing([{}], []) == [(None, "commentCount")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[\n{]", ":2: not JSON"),
        ("{}", "must be a list"),
        ("[1]", "comment 1 must be an object"),
        ('[{}, {"name": 1}]', "comment 2: unknown field 'name'"),
        ('[{"votes": 1, "votes": 2}]', "field 'votes' stands twice"),
        ('[{"quotes": null}]', "'quotes' must be a list"),
        ('[{"quotes": ["a"]}]', "comment 1, a quote must be an object"),
        ('[{"quotes": [{"form": 1}]}]', "a quote: unknown field 'form'"),
    ],
)
def test_comments_broken_file_names_the_fault(text: str, words: str) -> None:
    with pytest.raises(FaultError) as caught:
        parse_comments(text, Path("page.comments.json"))
    assert words in str(caught.value)


def test_comments_broken_file_fails_the_golden_file(golden: Golden) -> None:
    golden.comments.write_text("[")
    [result] = golden.check().files
    assert result.fault is not None
    assert result.fault.path == golden.comments


def test_comments_are_held_against_the_program(golden: Golden) -> None:
    golden.comments.write_text("[]")
    assert golden.check().is_ok
    golden.comments.write_text("[{}]")
    [difference] = golden.check().files[0].records
    assert (difference.field, difference.expected, difference.got) == ("commentCount", "1", "0")
    assert not golden.check().is_ok


def test_comments_without_labels_are_a_fault(golden: Golden) -> None:
    golden.write("other.comments.json", "[]")
    [fault] = golden.check().faults
    assert fault.fault is Fault.BROKEN
    assert fault.path.name == "other.comments.json"


def test_comments_of_a_thread_differ_in_the_field_that_was_changed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "golden", tmp_path / "golden")
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    [path] = (tmp_path / "golden").glob("*.comments.json")
    records = json.loads(path.read_text("utf-8"))
    records[2]["upvoteCount"] = 999
    path.write_text(json.dumps(records), "utf-8")
    found = [
        found for result in check_golden(tmp_path / "golden").files for found in result.records
    ]
    assert [(one.comment, one.field, one.expected) for one in found] == [(3, "upvoteCount", "999")]
