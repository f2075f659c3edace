from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from golden_folder import Golden, run

from cleaner.golden.labels import read_labels


def test_check_command_fine_is_0(golden: Golden) -> None:
    result = run("check", golden.folder)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == (
        "ok: 1 golden file, 6 of 6 lines right, 0 differences, 0 known gaps, 0 faults"
    )


def test_check_command_default_folder_is_golden(
    golden: Golden, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(golden.folder.parent)
    assert run("check").exit_code == 0


def test_check_command_shows_the_line_with_its_neighbours(golden: Golden) -> None:
    wrong, got = golden.give_wrong_role(4)
    result = run("check", golden.folder)
    assert result.exit_code == 1
    lines = result.stdout.split("\n\n")[-2].splitlines()
    first = golden.read().labels[1].line
    assert lines[0] == f"{golden.labels.as_posix()}:{first}"
    assert [line.split()[:2] for line in lines[1:]] == [
        ["2", lines[1].split()[1]],
        ["3", lines[2].split()[1]],
        ["-", "4"],
        ["+", "4"],
        ["5", lines[5].split()[1]],
        ["6", lines[6].split()[1]],
    ]
    assert f"{wrong}" in lines[3]
    assert "C:\\plans\\new" in lines[3]
    assert f"{got}" in lines[4]
    assert "score 0." in lines[4] or "score 1." in lines[4]


def test_check_command_shows_neighbouring_differences_as_one(golden: Golden) -> None:
    for block in (1, 4, 6):
        golden.give_wrong_role(block)
    lines = run("check", golden.folder).stdout.split("\n\n")[-2].splitlines()
    signs = [line[0] for line in lines[1:]]
    assert signs == ["-", "+", " ", " ", "-", "+", " ", "-", "+"]


def test_check_command_never_prints_control_characters(golden: Golden) -> None:
    _, got = golden.give_wrong_role(5)
    values = {"golden": "page", "block": 5, "text": golden.read().labels[4].text, "got": got}
    reason = 'reason = "\\u001b[2J"\n'
    lines = [f"{key} = {json.dumps(value)}\n" for key, value in values.items()]
    golden.write("gaps.toml", "".join(["[[gap]]\n", *lines, reason]))
    for format_ in ("text", "json"):
        result = run("check", golden.folder, "--format", format_)
        assert result.exit_code == 0
        assert not {"\x1b", "\x85"} & set(result.stdout)
    golden.edit("A line with", "\x1b[3JA line with")
    assert "\x1b" not in run("check", golden.folder).stdout


@pytest.mark.parametrize("name", ["stale", "missing", "broken", "draft", "text"])
def test_check_command_faults_are_1(golden: Golden, name: str) -> None:
    if name == "stale":
        golden.source.write_text("Other.\n")
    elif name == "missing":
        golden.source.unlink()
    elif name == "broken":
        golden.edit("# source:", "# sauce:")
    elif name == "draft":
        golden.edit("# source:", "# draft: x\n# source:")
    else:
        golden.edit("Monday", "Tuesday")
    result = run("check", golden.folder)
    assert result.exit_code == 1
    assert f"{name}: {golden.labels.as_posix()}" in result.stdout
    assert (
        json.loads(run("check", golden.folder, "--format=json").stdout)["files"][0]["fault"][
            "fault"
        ]
        == name
    )


def test_check_command_json(golden: Golden) -> None:
    wrong, got = golden.give_wrong_role(1)
    result = run("check", golden.folder, "--format", "json")
    report = json.loads(result.stdout)
    [file] = report["files"]
    [difference] = file["differences"]
    assert result.exit_code == 1
    assert (report["ok"], file["ok"], file["lines"], file["fault"]) == (False, False, 6, None)
    assert (difference["block"], difference["expected"], difference["got"]) == (1, wrong, got)
    assert difference["before"] == []
    assert [line["line"] for line in difference["after"]] == [
        label.line for label in golden.read().labels[1:3]
    ]
    roles = {score["role"]: score for score in report["roles"]}
    assert (roles[wrong]["golden"], roles[wrong]["recall"]) == (1, 0.0)


def test_check_command_wrong_usage_is_2(golden: Golden) -> None:
    for args in (
        [golden.folder / "nowhere"],
        [golden.folder, "--format", "xml"],
        [golden.folder, "--without", "nonsense"],
        [golden.folder, "--received", golden.folder],
        [golden.folder, "--settings", golden.folder / "nothing.toml"],
    ):
        result = run("check", *args)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert result.stderr


def test_check_command_empty_folder_is_1(tmp_path: Path) -> None:
    result = run("check", tmp_path)
    assert result.exit_code == 1
    assert "no golden file" in result.stdout


def test_check_command_settings_reach_the_program(golden: Golden) -> None:
    golden.write("settings.toml", "without = ['adverts']\n")
    golden.source.write_text("Please donate to support our work\n")
    golden.labels.unlink()
    assert run("new", golden.source, "--golden", golden.folder).exit_code == 0
    out = golden.folder.parent / "received"
    run("check", golden.folder, "--received", out)
    assert b"advert" in (out / "page.labels").read_bytes()
    for args in (["--without", "adverts"], ["--settings", golden.folder / "settings.toml"]):
        run("check", golden.folder, "--received", out, *args)
        assert b"advert" not in (out / "page.labels").read_bytes()


def test_received_writes_what_the_program_did_and_nothing_else(golden: Golden) -> None:
    right = golden.read()
    golden.give_wrong_role(2)
    golden.comments.write_text("[{}]")
    before = golden.snapshot()
    out = golden.folder.parent / "out" / "received"
    result = run("check", golden.folder, "--received", out)
    assert result.exit_code == 1
    received = read_labels(out / "page.labels")
    assert [(label.role, label.text) for label in received.labels] == [
        (label.role, label.text) for label in right.labels
    ]
    assert received.draft is not None
    assert json.loads((out / "page.comments.json").read_text()) == []
    written = golden.snapshot()
    assert {path: written[path] for path in before} == before
    assert len(written) == len(before) + 2


def test_received_may_be_written_again_but_never_over_golden_files(golden: Golden) -> None:
    out = golden.folder.parent / "received"
    assert run("check", golden.folder, "--received", out).exit_code == 0
    assert run("check", golden.folder, "--received", out).exit_code == 0
    (out / "page.labels").write_bytes(golden.labels.read_bytes())
    result = run("check", golden.folder, "--received", out)
    assert result.exit_code == 2
    assert "was not written by --received" in result.stderr
    assert (out / "page.labels").read_bytes() == golden.labels.read_bytes()


def test_received_is_written_for_stale_files_too(golden: Golden) -> None:
    golden.source.write_text("Other.\n")
    out = golden.folder.parent / "received"
    run("check", golden.folder, "--received", out)
    assert [label.text for label in read_labels(out / "page.labels").labels] == ["Other."]


def test_new_writes_question_marks_that_check_refuses(golden: Golden) -> None:
    right = golden.read()
    golden.labels.unlink()
    result = run("new", golden.source, "--golden", golden.folder)
    assert result.exit_code == 0
    assert result.stdout == f"{golden.labels}\n"
    made = golden.read()
    assert {label.role for label in made.labels} == {None}
    assert [label.text for label in made.labels] == [label.text for label in right.labels]
    assert (made.source, made.sha256) == ("../sources/page.txt", right.sha256)
    assert made.draft is None
    assert run("check", golden.folder).exit_code == 1


def test_new_filled_in_is_a_golden_file(golden: Golden) -> None:
    roles = [str(label.role) for label in golden.read().labels]
    golden.labels.unlink()
    run("new", golden.source, "--golden", golden.folder)
    for role in roles:
        golden.edit("\n? |", f"\n{role} |")
    assert run("check", golden.folder).exit_code == 0


def test_new_suggest_is_a_draft_until_the_mark_is_removed(golden: Golden) -> None:
    right = golden.read()
    golden.labels.unlink()
    assert run("new", golden.source, "--golden", golden.folder, "--suggest").exit_code == 0
    made = golden.read()
    assert [label.role for label in made.labels] == [label.role for label in right.labels]
    assert run("check", golden.folder).exit_code == 1
    golden.edit(f"# draft: {made.draft}\n", "")
    assert run("check", golden.folder).exit_code == 0


def test_new_suggest_follows_the_settings(golden: Golden) -> None:
    golden.source.write_text("Please donate to support our work\n")
    args = ["new", golden.source, "--suggest", "-o", "-"]
    assert "\nadvert | " in run(*args).stdout
    assert "\nadvert | " not in run(*args, "--without", "adverts").stdout


def test_received_in_the_golden_folder_is_refused(golden: Golden) -> None:
    before = golden.snapshot()
    result = run("check", golden.folder, "--received", golden.folder / ".." / "golden")
    assert result.exit_code == 2
    assert "is the golden folder" in result.stderr
    assert golden.snapshot() == before


def test_new_refuses_to_overwrite(golden: Golden) -> None:
    before = golden.snapshot()
    result = run("new", golden.source, "--golden", golden.folder)
    assert result.exit_code == 2
    assert "not overwritten" in result.stderr
    assert golden.snapshot() == before


def test_new_other_path_and_stdout(golden: Golden) -> None:
    other = golden.folder / "deep" / "other.labels"
    assert run("new", golden.source, "-o", other).exit_code == 0
    assert read_labels(other).source == "../../sources/page.txt"
    before = golden.snapshot()
    result = run("new", golden.source, "-o", "-", "--golden", golden.folder)
    assert result.stdout.startswith("# source: ../sources/page.txt\n# sha256: ")
    assert "\n? | # 1 in the queue" in result.stdout
    assert golden.snapshot() == before


def test_new_other_suffix_is_wrong_usage(golden: Golden) -> None:
    result = run("new", golden.source, "-o", golden.folder / "page.txt")
    assert result.exit_code == 2
    assert not (golden.folder / "page.txt").exists()


def test_new_unreadable_source_is_3(golden: Golden) -> None:
    pipe = golden.folder / "pipe.txt"
    os.mkfifo(pipe)
    for source in (golden.folder / "nothing.txt", golden.folder, pipe):
        result = run("new", source, "--golden", golden.folder / "made")
        assert result.exit_code == 3
        assert str(source) in result.stderr
        assert result.stdout == ""
    assert not (golden.folder / "made").exists()


def test_new_odd_source_names_are_found_again(golden: Golden) -> None:
    golden.labels.unlink()
    odd = golden.source.with_name(" a\\b\n| c .txt")
    golden.source.rename(odd)
    assert run("new", odd, "--golden", golden.folder, "--suggest").exit_code == 0
    [path] = golden.folder.glob("*.labels")
    assert read_labels(path).source_path.read_bytes() == odd.read_bytes()


def test_new_source_without_blocks(golden: Golden) -> None:
    golden.labels.unlink()
    golden.source.write_bytes(b" \n")
    assert run("new", golden.source, "--golden", golden.folder).exit_code == 0
    assert golden.read().labels == ()
    assert run("check", golden.folder).exit_code == 0
