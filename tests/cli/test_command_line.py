import subprocess
import sys

import pytest

import cleaner
from cleaner.cli.group import COMMANDS


def test_version_and_help(run):
    assert cleaner.__version__.encode() in run("--version").stdout
    text = run("--help").stdout.decode()
    assert all(f"  {name} " in text for name in COMMANDS)
    assert "Exit codes: 0 fine" in text


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(run, command):
    done = run(command, "--help")
    assert done.returncode == 0
    assert f"Usage: cleaner {command}".encode() in done.stdout


@pytest.mark.parametrize("group", ["golden", "evaluate"])
def test_the_list_of_a_group_s_commands_is_not_cut_off(run, group):
    done = run(group, "--help", env={"COLUMNS": "80"})
    commands = done.stdout.decode().split("Commands:\n")[1].splitlines()
    assert all(line.endswith(".") and not line.endswith("...") for line in commands)


def test_the_package_offers_all_that_it_names():
    assert set(cleaner.__all__) <= set(dir(cleaner))
    assert all(getattr(cleaner, name) is not None for name in cleaner.__all__)
    with pytest.raises(AttributeError, match="no attribute 'tidy'"):
        cleaner.tidy  # noqa: B018


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_all_commands_begins_as_that_of_each(run, command):
    text = " ".join(run(command, "--help").stdout.decode().split())
    assert f" {COMMANDS[command].rstrip('.')}" in text


def modules_loaded(*args: str) -> set[str]:
    """What a process has imported that ran the command with these arguments."""
    script = (
        "import sys; from cleaner.cli import main\n"
        f"main({list(args)!r}, standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


def of_program(modules: set[str]) -> set[str]:
    return {name for name in modules if name.split(".")[0] == "cleaner"}


NOT_FOR_TEXT = {
    *("asyncio", "bz2", "importlib.metadata", "importlib.resources", "logging", "lzma"),
    *("multiprocessing", "selectors", "socket", "subprocess", "tempfile", "tomllib"),
    *("chardet", "dateparser", "ftfy", "pyarrow", "selectolax", "tqdm", "trafilatura"),
    *("cleaner.batch.run", "cleaner.cli.golden", "cleaner.evidence.html.features"),
    *("cleaner.evidence.witnesses.asking", "cleaner.golden", "cleaner.parallel"),
    *("cleaner.parsing.html", "cleaner.reading.warc", "cleaner.rendering.records"),
    *("cleaner.pipeline.stage_times", "cleaner.pipeline.witnessing"),
    *("cleaner.stages.comments.markup", "cleaner.workers.pool"),
}
"""What takes time to import and what a flattened text has no use for."""

MOST_FOR_TEXT = 138
"""Modules of the program that a flattened text is cleaned with; each costs a start a millisecond."""


def test_clean_imports_only_what_it_uses(pages):
    loaded = modules_loaded("clean", str(pages / "one.txt"))
    assert "cleaner.cli.clean" in loaded
    assert not loaded & NOT_FOR_TEXT
    assert len(of_program(loaded)) <= MOST_FOR_TEXT


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_what_needs_no_page_imports_no_command(option):
    loaded = modules_loaded(option)
    assert not loaded & {"numpy", "re2", "onnxruntime", "tomllib", "logging"}
    assert len(of_program(loaded)) <= 9
