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


def test_clean_imports_only_what_it_uses(pages):
    script = (
        "import sys; from cleaner.cli import main\n"
        f"main(['clean', {str(pages / 'one.txt')!r}], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    assert "cleaner.cli.clean" in loaded
    unused = {
        "tqdm",
        "dateparser",
        "cleaner.golden",
        "cleaner.rendering.records",
        "cleaner.cli.golden",
    }
    assert not loaded & unused
