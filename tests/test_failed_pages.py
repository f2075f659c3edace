"""Pages that are too much for a library, in processes that really have too little memory."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import cleaner

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux limits the memory of a process"
)

SMALL = "<!doctype html><html><body><p>The bridge opens on Monday, they say.</p></body></html>"
LARGE = SMALL.replace("<p>", "<p>A line of text.</p>" * 120_000 + "<p>")
"""Lexbor needs some 50 MB for it, the features of its blocks need half a GB."""

LIMIT = """
import resource, sys
import cleaner

SMALL = {small!r}
cleaner.clean(SMALL), cleaner.clean("The bridge opens on Monday, they say.")  # loads the models
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + {megabytes} * 1_000_000, -1))
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run code with so much memory, beside a small and a large page, and check that it ends."""
    (tmp_path / "large.html").write_text(LARGE)
    (tmp_path / "small.html").write_text(SMALL)

    def run_limited(code: str, *arguments: str, megabytes: int) -> subprocess.CompletedProcess[str]:
        code = LIMIT.format(small=SMALL, megabytes=megabytes) + code
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=100,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done

    return run_limited


def run_command(run: Run, *arguments: str) -> subprocess.CompletedProcess[str]:
    return run("from cleaner.cli import main; main()", *arguments, megabytes=28)


CLEAN = """
import json
page = cleaner.clean(open("large.html", "rb").read())
kept = page.markup == open("large.html").read()
print(json.dumps([page.outcome.state, page.outcome.reason, len(page.blocks), page.text, kept]))
"""


@pytest.mark.parametrize(
    ("megabytes", "reason"),
    [(28, "the HTML parser (lexbor) gave up (Can't parse HTML.); "), (120, "the memory did not ")],
    ids=["parser", "features"],
)
def test_a_page_that_is_too_much_has_failed_and_keeps_its_markup(
    run: Run, megabytes: int, reason: str
) -> None:
    state, said, blocks, text, kept = json.loads(run(CLEAN, megabytes=megabytes).stdout)
    assert (state, blocks, text, kept) == ("failed", 0, "", True)
    assert said.startswith(reason)
    assert "clean the page in parts" in said


def test_the_other_pages_of_a_batch_are_cleaned(run: Run) -> None:
    code = """
pages = cleaner.clean_many([SMALL, open("large.html").read(), "It rained all day.", b""])
print([page.outcome.state for page in pages])
"""
    assert run(code, megabytes=28).stdout == "['ok', 'failed', 'ok', 'empty']\n"


def test_clean_names_the_page_that_failed_and_goes_on(run: Run) -> None:
    done = run_command(run, "clean", "large.html", "small.html")
    assert done.returncode == 3
    assert done.stdout == cleaner.clean(SMALL).text + "\n"
    first, last = done.stderr.splitlines()
    assert first.startswith("cleaner: large.html: the HTML parser (lexbor) gave up (")
    assert last == "cleaner: 1 of 2 pages failed; see above"


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_run_keeps_a_failed_page_whole_and_lists_it(run: Run, tmp_path: Path, form: str) -> None:
    done = run_command(
        run, "clean", "large.html", "small.html", "-o", "out", "--format", form, "--jobs", "1"
    )
    assert done.returncode == 3
    out = tmp_path / "out"
    assert [path.name for path in (out / "pages").iterdir()] == [f"small.html.{SUFFIXES[form]}"]
    (listed,) = json.loads((out / "report.json").read_text())["not_ok"]
    assert (listed["source"], listed["outcome"]) == ("large.html", "failed")
    assert (out / listed["aside"]).read_bytes() == (tmp_path / "large.html").read_bytes()


SUFFIXES = {"text": "txt", "json": "json"}


@pytest.mark.parametrize("command", [["explain"], ["stages", "--time"], ["golden", "new"]])
def test_other_commands_end_with_3(run: Run, tmp_path: Path, command: list[str]) -> None:
    done = run_command(run, *command, "large.html")
    assert done.returncode == 3
    assert "large.html" in done.stderr
    assert "the HTML parser (lexbor) gave up" in done.stderr
    assert not (tmp_path / "golden").exists()


def test_golden_check_says_that_the_source_failed(run: Run, tmp_path: Path) -> None:
    (tmp_path / "golden").mkdir()
    header = "# source: ../large.html\n# sha256: " + "0" * 64 + "\n"
    (tmp_path / "golden" / "large.labels").write_text(header)
    done = run_command(run, "golden", "check")
    assert done.returncode == 1
    assert "failed: golden/large.labels: source '../large.html' failed: the HTML" in done.stdout
    done = run_command(run, "golden", "accept", "large")
    assert done.returncode == 1
    assert "source '../large.html' failed" in done.stderr
    assert not (tmp_path / "golden" / "accepted").exists()
