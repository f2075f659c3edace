from __future__ import annotations

import os
from pathlib import Path

import pytest
from golden_folder import PAGE, Golden

from cleaner.document import Role
from cleaner.errors import UsageError
from cleaner.golden.check import CheckReport, check_golden
from cleaner.golden.faults import Fault, FaultError
from cleaner.golden.scores import score_roles
from cleaner.settings import Settings


def file_fault(report: CheckReport) -> FaultError:
    [result] = report.files
    assert result.fault is not None
    assert not report.is_ok
    assert result.pairs == ()
    return result.fault


def folder_fault(report: CheckReport) -> FaultError:
    [fault] = report.faults
    assert not report.is_ok
    return fault


def test_check_right_file_is_ok_and_counts_every_line(golden: Golden) -> None:
    report = golden.check()
    assert report.is_ok
    assert len(report.files[0].pairs) == 6
    assert all(score.precision == score.recall == 1.0 for score in report.scores)


def test_check_wrong_role_is_a_difference_with_its_evidence(golden: Golden) -> None:
    wrong, got = golden.give_wrong_role(3)
    report = golden.check()
    [difference] = report.files[0].differences
    assert not report.is_ok
    assert (difference.block, difference.expected, difference.got) == (3, wrong, got)
    assert golden.labels.read_text().split("\n")[difference.line - 1].endswith(difference.text)
    block = report.files[0].page.blocks[2] if report.files[0].page else None
    assert block is not None
    assert (difference.score, difference.rule, difference.why) == (
        block.score,
        block.rule,
        block.why,
    )


def test_check_crlf_golden_file_is_ok(golden: Golden) -> None:
    golden.labels.write_bytes(golden.labels.read_bytes().replace(b"\n", b"\r\n"))
    assert golden.check().is_ok


def test_check_changed_source_is_stale(golden: Golden) -> None:
    golden.source.write_bytes(PAGE.encode() + b"\n")
    fault = file_fault(golden.check())
    assert fault.fault is Fault.STALE
    assert golden.check().files[0].source_sha256 in str(fault)


def test_check_missing_source(golden: Golden) -> None:
    golden.source.unlink()
    fault = file_fault(golden.check())
    assert fault.fault is Fault.MISSING
    assert "../sources/page.txt" in str(fault)


def test_check_source_that_is_a_pipe_does_not_hang(golden: Golden) -> None:
    golden.source.unlink()
    os.mkfifo(golden.source)
    assert "not a regular file" in str(file_fault(golden.check()))


def test_check_source_name_with_nul(golden: Golden) -> None:
    golden.edit("page.txt", "page\0.txt")
    assert file_fault(golden.check()).fault is Fault.MISSING


def test_check_broken_file_does_not_stop_the_others(golden: Golden) -> None:
    golden.write("a.labels", "no header\n")
    report = golden.check()
    assert [result.is_ok for result in report.files] == [False, True]
    assert not report.is_ok


def test_check_labels_that_are_a_folder(golden: Golden) -> None:
    (golden.folder / "a.labels").mkdir()
    [fault, _] = [result.fault for result in golden.check().files]
    assert fault is not None
    assert fault.fault is Fault.BROKEN


def test_check_question_mark_is_a_draft(golden: Golden) -> None:
    role = golden.read().labels[1].role
    golden.edit(f"{role} | The bridge", "? | The bridge")
    fault = file_fault(golden.check())
    assert fault.fault is Fault.DRAFT
    assert fault.line == golden.read().labels[1].line


@pytest.mark.parametrize("mark", ["# draft: not read yet\n", "# draft:\n"])
def test_check_draft_mark_is_a_draft(golden: Golden, mark: str) -> None:
    golden.labels.write_bytes(mark.encode() + golden.labels.read_bytes())
    assert file_fault(golden.check()).fault is Fault.DRAFT


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("nine months", "ten months", "block 2 reads"),
        ("About Town Post", "About\xa0Town Post", r"About\xa0Town"),
        ("A line with", "\x1b[2JA line with", r"'\x1b[2JA line"),
    ],
)
def test_check_text_that_differs_names_the_first_line(
    golden: Golden, old: str, new: str, words: str
) -> None:
    golden.edit(old, new)
    fault = file_fault(golden.check())
    assert fault.fault is Fault.TEXT
    assert words in str(fault)
    assert fault.line is not None


def test_check_line_too_many_and_too_few(golden: Golden) -> None:
    whole = golden.labels.read_bytes()
    golden.labels.write_bytes(whole + b"body | More.\n")
    assert "block 7 'More.' is not in the source" in str(file_fault(golden.check()))
    golden.labels.write_bytes(whole[: whole.rindex(b"\n", 0, -1) + 1])
    assert "block 6 of the source, 'About Town Post', has no line" in str(
        file_fault(golden.check())
    )


def test_check_folder_without_golden_files_fails(tmp_path: Path) -> None:
    (tmp_path / ".hidden.labels").write_text("not a golden file")
    assert "no golden file" in str(folder_fault(check_golden(tmp_path)))


def test_check_usage_errors(golden: Golden) -> None:
    with pytest.raises(UsageError, match="no such folder"):
        check_golden(golden.folder / "nowhere")
    with pytest.raises(UsageError, match="nonsense"):
        check_golden(golden.folder, Settings(without=("nonsense",)))


def test_check_sources_toml_finds_sources_without_golden_file(golden: Golden) -> None:
    golden.write("sources.toml", 'folders = ["../sources"]')
    assert golden.check().is_ok
    (golden.source.parent / ".hidden").write_text("x")
    assert golden.check().is_ok
    (golden.source.parent / "more").mkdir()
    other = golden.source.parent / "more" / "other.txt"
    other.write_text("x")
    fault = folder_fault(golden.check())
    assert fault.fault is Fault.MISSING
    assert other.samefile(fault.path)
    assert "cleaner golden new" in str(fault)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("folders = [", "not TOML"),
        ("folder = []", "unknown key 'folder'"),
        ("folders = '../sources'", "must be a list"),
        ("", "must be a list"),
        ("folders = ['../nowhere']", "'../nowhere' does not exist"),
    ],
)
def test_check_broken_sources_toml(golden: Golden, text: str, words: str) -> None:
    golden.write("sources.toml", text)
    assert words in str(folder_fault(golden.check()))


def test_check_writes_nothing(golden: Golden) -> None:
    golden.give_wrong_role(2)
    before = golden.snapshot()
    golden.check()
    assert golden.snapshot() == before


def test_scores_count_both_sides() -> None:
    pairs = [(Role.BODY, Role.BODY), (Role.BODY, Role.FORM), (Role.ABOUT, Role.BODY)]
    body, form, about = score_roles(pairs)
    assert (body.precision, body.recall) == (0.5, 0.5)
    assert (form.role, form.precision, form.recall) == (Role.FORM, 0.0, None)
    assert (about.role, about.precision, about.recall) == (Role.ABOUT, None, 0.0)
