from __future__ import annotations

import pytest
from golden_folder import Golden

from cleaner.golden.differences import RecordDifference
from cleaner.golden.faults import Fault
from cleaner.golden.gaps import read_gaps, settle

TEXT = "The bridge over the old harbour opened again on Monday after nine months of repair."


def gap(**values: object) -> str:
    """A [[gap]] table; a value None leaves the key out."""
    given = {key: value for key, value in values.items() if value is not None}
    return "[[gap]]\n" + "".join(f"{key} = {value!r}\n" for key, value in given.items())


def block_gap(**changed: object) -> str:
    values = {"golden": "page", "block": 2, "text": TEXT, "got": "body", "reason": "not yet told"}
    return gap(**(values | changed))


def record_gap(**changed: object) -> str:
    values = {"golden": "page", "comment": 2, "field": "votes", "got": "null", "reason": "hidden"}
    return gap(**(values | changed))


def test_gaps_known_difference_is_ok_with_its_reason(golden: Golden) -> None:
    _, got = golden.give_wrong_role(2)
    golden.write("gaps.toml", block_gap(got=str(got)))
    report = golden.check()
    assert report.is_ok
    assert [found.known for found in report.files[0].differences] == ["not yet told"]


def test_gaps_cover_their_own_block_only(golden: Golden) -> None:
    _, got = golden.give_wrong_role(2)
    golden.give_wrong_role(3)
    golden.write("gaps.toml", block_gap(got=str(got)))
    report = golden.check()
    assert not report.is_ok
    assert not report.faults
    assert report.files[0].open_differences == report.files[0].known_differences == 1


def test_gaps_closed_gap_fails_until_struck_off(golden: Golden) -> None:
    golden.write("gaps.toml", block_gap())
    report = golden.check()
    [fault] = report.faults
    assert not report.is_ok
    assert fault.fault is Fault.GAP
    assert "no longer differs; strike it off" in str(fault)
    golden.write("gaps.toml", "")
    assert golden.check().is_ok


def test_gaps_changed_gap_fails(golden: Golden) -> None:
    _, got = golden.give_wrong_role(2)
    golden.write("gaps.toml", block_gap(got="about" if got != "about" else "form"))
    report = golden.check()
    [fault] = report.faults
    assert f"the program now gives {got}" in str(fault)
    assert report.files[0].open_differences == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (block_gap(reason=None), "gap 1 lacks ['reason']"),
        (block_gap(reason="  "), "'reason' must be a text, and not an empty one"),
        (block_gap(got=None), "gap 1 lacks ['got']"),
        (block_gap(got="bodies"), "unknown role 'bodies'"),
        (block_gap(block=0), "counted from 1"),
        (block_gap(block="2"), "counted from 1"),
        (block_gap(block=7), "has 6 blocks"),
        (block_gap(text="Other."), "the block reads 'The bridge"),
        (block_gap(golden="nobody"), "there is no golden file 'nobody'"),
        (block_gap(colour="red"), "unknown key 'colour'"),
        (block_gap(comment=1), "unknown key 'comment'"),
        (block_gap() + block_gap(reason="again"), "gap 2 (page, block 2) stands twice"),
        (record_gap(field="name"), "unknown field 'name'"),
        (record_gap(comment=None), "gap 1 lacks ['comment']"),
        (record_gap(got="nul"), "must be JSON"),
        ("[[gap]", "not TOML"),
        ("gap = 1", "[[gap]] table"),
        ("gap = [1]", "[[gap]] table"),
        ("gaps = []", "unknown key 'gaps'"),
    ],
)
def test_gaps_broken_file_names_the_gap(golden: Golden, text: str, words: str) -> None:
    golden.write("gaps.toml", text)
    report = golden.check()
    [fault] = report.faults
    assert not report.is_ok
    assert fault.fault is Fault.BROKEN
    assert words in str(fault)


def test_gaps_of_records_live_the_same_life(golden: Golden) -> None:
    path = golden.folder / "gaps.toml"
    golden.write("gaps.toml", record_gap())
    gaps, file = read_gaps(path), golden.read()
    same, changed = (RecordDifference(2, "votes", "3", got) for got in ("null", "4"))
    settled = settle(file, [], [same], gaps, path=path)
    assert ([found.known for found in settled.records], settled.faults) == (["hidden"], ())
    settled = settle(file, [], [changed], gaps, path=path)
    assert settled.records == (changed,)
    assert "now gives 4, not null" in str(settled.faults[0])
    settled = settle(file, [], [], gaps, path=path)
    assert "no longer differs" in str(settled.faults[0])


def test_gaps_number_of_comments_may_be_known(golden: Golden) -> None:
    golden.comments.write_text("[{}]")
    golden.write("gaps.toml", record_gap(comment=None, field="commentCount", got="0"))
    report = golden.check()
    assert report.is_ok
    assert report.files[0].known_differences == 1


def test_gaps_of_a_file_with_a_fault_wait(golden: Golden) -> None:
    golden.write("gaps.toml", block_gap())
    golden.source.unlink()
    assert golden.check().faults == ()
