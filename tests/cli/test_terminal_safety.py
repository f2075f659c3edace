import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios

import pytest

from cleaner.cli.terminal import printable, printable_line

ESCAPE = "\x1b]0;owned\x07\x1b[31m"


def on_a_terminal(*arguments, cwd, env=None):
    """What the program sends to a terminal, stdout and stderr together."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("4H", 24, 70, 0, 0))
    command = [sys.executable, "-m", "cleaner", *arguments]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "70", **(env or {})}
    with subprocess.Popen(
        command, cwd=cwd, env=environment, stdin=follower, stdout=follower, stderr=follower
    ) as process:
        os.close(follower)
        sent = b""
        while chunk := _read(leader):
            sent += chunk
        process.wait(timeout=60)
    os.close(leader)
    return sent.decode()


def _read(leader):
    try:
        return os.read(leader, 65536)
    except OSError:  # Linux says so when the other end is closed
        return b""


@pytest.fixture
def page(tmp_path):
    name = f"a{ESCAPE}.txt"
    (tmp_path / name).write_text(
        f"Menu{ESCAPE} \u202egnihton \x9b1m and a sentence that goes on.\n", "utf-8"
    )
    return name


@pytest.mark.parametrize("form", ["text", "markdown", "json", "labels"])
def test_no_escape_of_a_page_reaches_a_terminal(page, tmp_path, form):
    sent = on_a_terminal("clean", page, "--format", form, cwd=tmp_path)
    assert not set(sent) & set("\x1b\x07\x9b\u202e")
    assert "\\u202e" in sent


def test_no_escape_of_a_name_reaches_a_terminal(page, tmp_path):
    (tmp_path / f"link{ESCAPE}").symlink_to(f"nowhere{ESCAPE}")
    (tmp_path / f"empty{ESCAPE}\ncleaner: ").touch()
    for arguments in (
        ["clean", f"link{ESCAPE}"],
        ["clean", f"missing{ESCAPE}"],
        ["clean", f"empty{ESCAPE}\ncleaner: "],
        ["explain", f"empty{ESCAPE}\ncleaner: "],
        ["clean", page, f"--no{ESCAPE}"],
        ["clean", page, "--keep", ESCAPE],
        ["clean", page, "--without", ESCAPE],
        ["clean", page, "--format", ESCAPE],
        ["clean", page, "-o", page],
    ):
        sent = on_a_terminal(*arguments, cwd=tmp_path)
        assert not set(sent) & set("\x1b\x07"), arguments
        assert sent


def test_explain_has_colour_on_a_terminal_only_if_wanted(page, tmp_path, run):
    sent = on_a_terminal("explain", page, cwd=tmp_path)
    assert "\x07" not in sent
    assert "\x1b[3" in sent or "\x1b[9" in sent
    assert sent.count("\x1b") == sent.count("\x1b[0m") * 2
    assert "\x1b" not in on_a_terminal("explain", page, cwd=tmp_path, env={"NO_COLOR": "1"})
    assert b"\x1b" not in run("explain", page).stdout


def test_a_bar_is_drawn_on_a_terminal_only(pages, tmp_path, run):
    assert "100%: 3 documents" in on_a_terminal("clean", "in", "-o", "out", cwd=tmp_path)
    assert "100%" not in on_a_terminal("clean", "in/one.txt", "-o", "one", cwd=tmp_path)
    assert run("clean", "in", "-o", "two").stderr.count(b"\n") == 1


BAR = re.compile(r"(\d+)%: (\d+) documents, \d+/s, \d+\.\d MB/s, (\d+) failed, \d\d:\d\d elapsed")


@pytest.mark.parametrize("arguments", [["-o", "out"], ["--format", "jsonl", "--keep", "advert"]])
def test_a_single_input_moves_the_bar_and_the_last_line_stands_alone(tmp_path, arguments):
    lines = [json.dumps({"text": f"The bridge opens on day {n}."}) for n in range(300)]
    (tmp_path / "many.jsonl").write_text("\n".join(["{", *lines]))
    sent = on_a_terminal("clean", "many.jsonl", "--without", "model", *arguments, cwd=tmp_path)
    shown = BAR.findall(sent)
    assert shown[-1] == ("100", "301", "1")
    assert len(set(shown)) > 1
    if "-o" in arguments:
        *_, last = sent.split("\n")[:-1]
        assert last.strip("\r") == "cleaner: 301 documents: 300 ok, 1 failed; see out/report.json"


def test_data_in_a_pipe_is_not_changed(page, run):
    assert "\u202e".encode() in run("clean", page, "--format", "labels").stdout


def test_printable_leaves_text_alone():
    text = "a\tb\nc é 漢 עברית \u200d \u00ad \ufeff"
    assert printable(text) == text
    assert printable_line(text).count("\\x") == 2
    assert printable("\r\x00\x7f\x85\u2066\ud800") == "\\x0d\\x00\\x7f\\x85\\u2066\\ud800"
