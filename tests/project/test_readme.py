"""What the README shows works as shown."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest
from archives import crawl

import cleaner
from cleaner.batch import Plan, run_batch
from cleaner.cli.exits import Exit
from cleaner.cli.group import COMMANDS
from cleaner.reading import find_sources
from cleaner.settings import SiteFile
from cleaner.stages.comments.grammar import parse_system

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def fenced(mark: str) -> str:
    """The code block after a comment such as ``commands: shell``."""
    found = re.search(rf"<!-- {re.escape(mark)} -->\n```\w+\n(.*?)```", README, re.DOTALL)
    assert found, f"no block {mark!r} in the README"
    return found[1]


def commands() -> list[str]:
    lines = fenced("commands: shell").splitlines()
    return [line.split("#")[0].strip() for line in lines]


def test_python_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert result.attempted > 3
    assert result.failed == 0


@pytest.mark.parametrize("command", commands())
def test_shell_example(command: str, tmp_path: Path) -> None:
    for name in ("seeds", "golden"):
        (tmp_path / name).symlink_to(ROOT / name)
    if command.startswith("cleaner report"):
        run_batch(find_sources([ROOT / "seeds"]), tmp_path / "rows", Plan())
    command = command.replace("cleaner ", f"{sys.executable} -m cleaner ", 1)
    done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout or any(tmp_path.glob("*/pages"))


def test_a_crawl_is_stopped_and_continued(tmp_path: Path) -> None:
    (tmp_path / "crawl").mkdir()
    (tmp_path / "crawl" / "one.warc.gz").write_bytes(crawl(3))
    stopped, *others = fenced("commands: crawl").splitlines()
    for line in (stopped, *others):
        command = line.split("#")[0].replace("cleaner ", f"{sys.executable} -m cleaner ", 1)
        done = subprocess.run(command, shell=True, cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode in ((0, 124) if line == stopped else (0,)), done.stderr
    assert "4 documents: 3 ok, 1 skipped" in done.stdout
    assert "complete" in done.stdout


def test_a_crawl_is_cleaned_in_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "crawl").mkdir()
    (tmp_path / "crawl" / "one.warc.gz").write_bytes(crawl(3))
    monkeypatch.chdir(tmp_path)
    found = re.search(r"`(cleaner\.batch\.run_batch\(.*\))`", README)
    assert found, "no call of run_batch in the README"
    account = eval(found[1], {"cleaner": cleaner})
    assert account.counts == {"ok": 3, "skipped": 1}
    assert (tmp_path / "run" / "pages" / "00000.jsonl").exists()


def test_every_column_of_the_rows_is_documented_and_in_parquet() -> None:
    from cleaner.batch.parquet import COLUMNS
    from cleaner.batch.rows import page_row
    from cleaner.reading import Item

    page = cleaner.clean((ROOT / "seeds" / "003_8cdd995615f82a54.txt").read_bytes())
    row = page_row(page, Item("x"))
    section = README.split("### The rows")[1].split("## ")[0]
    assert all(f"`{name}`" in section for name in ("schema", "record", "offset", "id"))
    assert COLUMNS.names == list(row)
    comment = COLUMNS.field("comment").type.value_type
    assert [comment.field(at).name for at in range(comment.num_fields)] == list(row["comment"][3])
    encoding = COLUMNS.field("encoding").type
    assert [encoding.field(at).name for at in range(encoding.num_fields)] == list(row["encoding"])


def test_every_command_is_shown() -> None:
    shown = fenced("commands: shell")
    assert all(f"cleaner {command}" in shown for command in COMMANDS)


@pytest.mark.parametrize("code", [Exit.FINE, Exit.GOLDEN_DIFFERS, Exit.USAGE, Exit.FAILED])
def test_every_exit_code_is_documented(code: Exit) -> None:
    assert f"| {code.value} |" in README


@pytest.mark.parametrize("role", cleaner.Role)
def test_every_role_is_documented(role: cleaner.Role) -> None:
    assert f"`{role}`" in README.split("## The seventeen roles")[1].split("##")[0]


def test_every_field_of_the_record_is_documented() -> None:
    from cleaner.rendering.records import page_record

    page = cleaner.clean((ROOT / "seeds" / "003_8cdd995615f82a54.txt").read_bytes())
    section = README.split("## The JSON record")[1].split("## ")[0]
    record = page_record(page, source="x")
    for name in (
        *record,
        *record["comment"][3],
        *record["comment"][3]["quotes"][0],
        *record["encoding"],
    ):
        assert f"`{name}`" in section, name


def test_site_file_works() -> None:
    system = parse_system(SiteFile("sample.toml", fenced("file: my-sites/sample.toml")))
    page = cleaner.clean(
        "My boat leaks\n#1 by ada, 2020-01-02\nHelp!\n#2 by otter, 2020-01-03\nRow faster.\nA board for boats",
        url="https://board.example/1",
        settings=cleaner.Settings(
            sites=(SiteFile("sample.toml", fenced("file: my-sites/sample.toml")),)
        ),
    )
    assert system.hosts == ("board.example",)
    assert [comment.author for comment in page.comments] == ["ada", "otter"]


def test_commands_that_install_are_those_of_the_project() -> None:
    assert fenced("commands: test").strip() == "pip install -e '.[test]' && pytest"
    assert fenced("commands: seeds").strip() == "pip install . && cleaner clean seeds/ -o out/"
