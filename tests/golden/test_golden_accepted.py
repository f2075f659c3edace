from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from golden_folder import Golden, run

from cleaner.cli.terminal import printable
from cleaner.errors import UsageError
from cleaner.golden.accept import accept_output
from cleaner.golden.accepted import RELEASE_FIELDS
from cleaner.golden.diffs import WIDTH, diff_lines, shorten_diff
from cleaner.golden.faults import Fault
from cleaner.pipeline import clean
from cleaner.rendering import render
from cleaner.rendering.records import page_record
from cleaner.settings import Settings

ROOT = Path(__file__).parents[2]
NAMES = ["page.json", "page.md", "page.txt"]


@pytest.fixture
def accepted(golden: Golden) -> Path:
    """The folder of accepted output, with that of ``page`` in it."""
    accept_output(["page"], golden.folder)
    return golden.folder / "accepted"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def test_accept_writes_text_markdown_and_json(golden: Golden) -> None:
    before = golden.snapshot()
    result = run("accept", "page", "--golden", golden.folder)
    assert result.exit_code == 0
    folder = golden.folder / "accepted"
    assert sorted(path.name for path in folder.iterdir()) == NAMES
    page = clean(golden.source.read_bytes())
    assert (folder / "page.txt").read_bytes().decode() == render(page) != ""
    markdown = (folder / "page.md").read_bytes().decode()
    assert markdown == render(page, "markdown", comments="with")
    record = json.loads((folder / "page.json").read_bytes())
    whole = page_record(page, source="../sources/page.txt")
    assert record == {key: whole[key] for key in whole if key not in RELEASE_FIELDS}
    assert RELEASE_FIELDS == ("version", "settingsDigest")
    written = golden.snapshot()
    assert {path: written[path] for path in before} == before
    assert run("check", golden.folder).exit_code == 0


def test_accept_prints_new_files_whole(golden: Golden) -> None:
    result = run("accept", "page", "--golden", golden.folder)
    text = (golden.folder / "accepted" / "page.txt").read_text("utf-8").split("\n")[:-1]
    lines = result.stdout.split("\n")
    assert lines[:2] == ["--- /dev/null", f"+++ {golden.folder.as_posix()}/accepted/page.txt"]
    assert lines[3 : 3 + len(text)] == [f"+{printable(line)}" for line in text]
    assert result.stderr.startswith("cleaner: page: accepted page.txt, page.md, page.json; ")


def test_accept_again_says_that_nothing_changed(golden: Golden, accepted: Path) -> None:
    before = golden.snapshot()
    result = run("accept", "page", "--golden", golden.folder)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "cleaner: page: nothing changed\n"
    assert golden.snapshot() == before


def test_accept_prints_and_writes_only_what_changed(golden: Golden, accepted: Path) -> None:
    before = golden.snapshot()
    edit(accepted / "page.md", "on Monday", "on Sunday")
    result = run("accept", "page", "--golden", golden.folder)
    changed = [line for line in result.stdout.splitlines() if line[:1] in "+-"]
    assert [line[:1] for line in changed] == ["-", "+", "-", "+"]
    assert "on Sunday" in changed[2]
    assert "on Monday" in changed[3]
    assert result.stderr.startswith("cleaner: page: accepted page.md; ")
    assert golden.snapshot() == before


def test_accept_takes_names_with_suffix_and_the_default_folder(
    golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(golden.folder.parent)
    result = run("accept", "page.labels", "page")
    assert result.exit_code == 0
    assert result.stderr.count("page: accepted") == 1
    edit(golden.folder / "accepted" / "page.txt", "on Monday", "on Sunday")
    assert "'cleaner golden accept page' to accept" in run("check").stdout


def test_accept_unknown_name_says_what_there_is_and_does_nothing(golden: Golden) -> None:
    before = golden.snapshot()
    result = run("accept", "page", "pages", "--golden", golden.folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"no golden file 'pages' in {golden.folder}; there are page" in result.stderr
    assert golden.snapshot() == before


@pytest.mark.parametrize("args", [[], ["page", "--golden", "nowhere"], ["page", "--without=x"]])
def test_accept_wrong_usage_is_2(args: list[str]) -> None:
    result = run("accept", *args)
    assert result.exit_code == 2
    assert result.stderr


def test_accept_in_a_folder_without_golden_files_is_2(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is none"):
        accept_output(["page"], tmp_path)


@pytest.mark.parametrize("spoil", ["source", "labels"])
def test_accept_writes_nothing_when_a_golden_file_cannot_be_used(
    golden: Golden, spoil: str
) -> None:
    shutil.copy(golden.labels, golden.folder / "other.labels")
    if spoil == "source":
        golden.edit("page.txt", "nothing.txt")
    else:
        golden.edit("# sha256", "# sha")
    result = run("accept", "other", "page", "--golden", golden.folder)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith(f"cleaner: {golden.labels}")
    assert not (golden.folder / "accepted").exists()


def test_accept_that_cannot_write_is_2(golden: Golden) -> None:
    (golden.folder / "accepted").write_text("no folder")
    result = run("accept", "page", "--golden", golden.folder)
    assert result.exit_code == 2
    assert "page.txt cannot be" in result.stderr


def test_accept_and_check_follow_the_settings(golden: Golden) -> None:
    without_both = ["--without", "model", "--without", "article"]
    run("accept", "page", "--golden", golden.folder)
    assert not [result.outputs for result in golden.check().files if result.outputs]
    shown = run("check", golden.folder, *without_both)
    assert shown.exit_code == 1
    assert "the output is not what was accepted" in shown.stdout
    run("accept", "page", "--golden", golden.folder, *without_both)
    assert "not what was accepted" not in run("check", golden.folder, *without_both).stdout
    assert run("check", golden.folder).exit_code == 1


def test_accepted_record_does_not_change_with_settings_or_version(golden: Golden) -> None:
    accept_output(["page"], golden.folder, Settings(without=("adverts/shop-pitch",)))
    assert golden.check().is_ok


def test_check_without_accepted_output_is_fine(golden: Golden) -> None:
    (golden.folder / "accepted").mkdir()
    assert golden.check().is_ok


@pytest.mark.parametrize("name", NAMES)
def test_check_accepted_output_that_differs_fails_with_a_diff(
    golden: Golden, accepted: Path, name: str
) -> None:
    path = accepted / name
    edit(path, "on Monday", "on Sunday")
    result = run("check", golden.folder)
    assert result.exit_code == 1
    lines = result.stdout.split("\n")
    lines = lines[lines.index(f"{golden.labels.as_posix()}: the output is not what was accepted") :]
    assert lines[1:3] == [f"--- {path.as_posix()}", f"+++ {path.as_posix()}"]
    [removed], [added] = ([line for line in lines[3:] if line[:1] == sign] for sign in "-+")
    assert "on Sunday" in removed
    assert "on Monday" in added
    step = f"'cleaner golden accept page --golden {golden.folder.as_posix()}' to accept"
    assert step in result.stdout
    assert "6 of 6 lines right, 1 difference, 0 known gaps, 0 faults" in lines[-2]


@pytest.mark.parametrize("name", NAMES)
def test_check_accepted_output_of_which_a_file_is_missing_fails(
    golden: Golden, accepted: Path, name: str
) -> None:
    (accepted / name).unlink()
    assert not golden.check().is_ok
    assert (
        f"--- /dev/null\n+++ {(accepted / name).as_posix()}" in run("check", golden.folder).stdout
    )


def test_check_accepted_text_that_lacks_its_line_end_or_is_not_utf8_differs(
    golden: Golden, accepted: Path
) -> None:
    path = accepted / "page.txt"
    whole = path.read_bytes()
    path.write_bytes(whole.rstrip(b"\n"))
    assert "-\\ no line break at the end\n" in run("check", golden.folder).stdout
    path.write_bytes(whole.replace(b"nine", b"\xff\x1b"))
    result = run("check", golden.folder)
    assert "\\xff\\x1b months" in result.stdout
    assert "\x1b" not in result.stdout


def test_check_accepted_output_with_crlf_is_ok(golden: Golden, accepted: Path) -> None:
    for name in NAMES:
        data = (accepted / name).read_bytes()
        (accepted / name).write_bytes(data.replace(b"\n", b"\r\n"))
    assert golden.check().is_ok


def test_check_accepted_output_of_stale_and_draft_files_is_compared_too(
    golden: Golden, accepted: Path
) -> None:
    golden.edit("# source:", "# draft: x\n# source:")
    edit(accepted / "page.txt", "on Monday", "on Sunday")
    [result] = golden.check().files
    assert result.fault is not None
    assert [difference.path.name for difference in result.outputs] == ["page.txt"]


def test_check_accepted_output_without_golden_file_is_a_fault(
    golden: Golden, accepted: Path
) -> None:
    for name in ("pages.txt", "page.xml", "README.md"):
        (accepted / name).write_text("x")
    (accepted / ".hidden").write_text("x")
    faults = golden.check().faults
    assert [fault.path.name for fault in faults] == ["README.md", "page.xml", "pages.txt"]
    assert {fault.fault for fault in faults} == {Fault.BROKEN}
    assert "remove it" in run("check", golden.folder).stdout


def test_check_accepted_output_that_cannot_be_read_is_a_fault(
    golden: Golden, accepted: Path
) -> None:
    (accepted / "page.txt").unlink()
    os.mkfifo(accepted / "page.txt")
    [result] = golden.check().files
    assert "page.txt: cannot be read: not a regular file" in str(result.fault)
    shutil.rmtree(accepted)
    accepted.write_text("no folder")
    [fault] = golden.check().faults
    assert "make it a folder" in str(fault)


def test_check_json_has_the_whole_diff(golden: Golden, accepted: Path) -> None:
    edit(accepted / "page.json", "on Monday", "on Sunday")
    report = json.loads(run("check", golden.folder, "--format", "json").stdout)
    [file] = report["files"]
    [output] = file["outputs"]
    assert (report["ok"], file["ok"]) == (False, False)
    assert output["path"] == (accepted / "page.json").as_posix()
    assert sum("months of repair" in line for line in output["diff"]) == 2


def test_accepted_markdown_holds_the_comments(tmp_path: Path) -> None:
    for name in ("golden", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("accepted"))
    [acceptance] = accept_output(["003_8cdd995615f82a54"], tmp_path / "golden")
    markdown = next(change.got for change in acceptance.changes if change.path.suffix == ".md")
    assert "## Comments" in markdown


def test_diff_cuts_long_lines_around_the_place_where_they_differ() -> None:
    old, new = ("word " * 200 + f"{end}\n" for end in ("old", "new"))
    lines = diff_lines(old, new, old_name="a", new_name="b")
    *_, removed, added = shorten_diff(lines)
    assert removed.startswith("-…word ")
    assert (removed[-3:], added[-3:]) == ("old", "new")
    assert len(removed) <= WIDTH + 3
    assert list(shorten_diff(diff_lines("a\n", "a\n", old_name="a", new_name="b"))) == []


def test_diff_lines_end_at_lf_alone() -> None:
    lines = diff_lines("a\u2028b\x0c\n", "a\u2028c\x0c\n", old_name="a", new_name="b")
    assert lines[3:] == ("-a\u2028b\x0c", "+a\u2028c\x0c")
