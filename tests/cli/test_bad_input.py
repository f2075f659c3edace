import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from cleaner.batch import Plan, run_batch
from cleaner.reading import Source


def test_what_cannot_be_read_fails_and_the_others_go_on(run, pages, tmp_path):
    (pages / "dangling").symlink_to("nowhere")
    os.mkfifo(pages / "pipe")
    done = run("clean", "in", "missing.txt", "-o", "out")
    assert done.returncode == 3
    said = done.stderr.decode().splitlines()
    assert said[0].startswith("cleaner: in/dangling: the link leads nowhere (to nowhere)")
    assert said[1].startswith("cleaner: in/pipe: a pipe (FIFO) is not read; ")
    assert said[2] == "cleaner: missing.txt: no such file or folder; check the path"
    assert said[3] == "cleaner: 6 documents: 3 ok, 3 failed; see out/report.json"
    assert len([path for path in (tmp_path / "out/pages").rglob("*") if path.is_file()]) == 3


def test_an_address_is_no_file(run):
    done = run("clean", "https://example.org/news", "-o", "out")
    assert done.returncode == 3
    assert b"an address is not fetched; save the page" in done.stderr


@pytest.mark.parametrize("command", [["clean"], ["explain"], ["stages", "--time"]])
def test_a_pipe_never_hangs(run, tmp_path, command):
    os.mkfifo(tmp_path / "pipe")
    done = run(*command, "pipe")
    assert done.returncode == 3
    assert b"cleaner clean -" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_fails(run, pages):
    (pages / "one.txt").chmod(0)
    done = run("clean", "in")
    assert done.returncode == 3
    assert b"in/one.txt: permission denied" in done.stderr


def test_a_page_that_cannot_be_written_fails(tmp_path):
    sources = [Source("/".join(["d" * 200] * 25), "too deep", __file__), Source("b", "b", __file__)]
    account = run_batch(sources, tmp_path / "out", Plan())
    assert account.outcomes["ok"] == 1
    (entry,) = json.loads((tmp_path / "out/report.json").read_text())["not_ok"]
    assert "cannot be written" in entry["reason"]
    assert (tmp_path / "out/pages/b.txt").is_file()


@pytest.mark.parametrize("content", [b"", b"\n \r\n\xc2\xa0\n", b"\xef\xbb\xbf"])
def test_an_empty_page_is_said_and_fine(run, tmp_path, content):
    (tmp_path / "a.txt").write_bytes(content)
    done = run("clean", "a.txt", "-o", "out")
    assert done.returncode == 0
    assert done.stderr.decode().startswith("cleaner: a.txt: empty: ")
    assert (tmp_path / "out/pages/a.txt.txt").read_bytes() == b""
    record = json.loads(run("clean", "a.txt", "--format", "json").stdout)
    assert record["outcome"]["state"] == "empty"
    assert record["outcome"]["reason"]
    assert run("explain", "a.txt").returncode == 0


@pytest.mark.parametrize(
    "content",
    [
        b"The bridge \0 opens\0.",
        b"no newline at the end",
        b"\0\0\0",
        b"The bridge opens on Monday. " * 180_000,
        b"\xed\xa0\x80 and \xed\xb0\x80",
        b"\xff\xfe\x00\xd8a\x00",
        b"one\rtwo\r\nthree\x0bfour\xc2\x85five",
    ],
    ids=["nul", "no-newline", "only-nul", "5-mb-line", "surrogates", "utf-16", "breaks"],
)
def test_odd_content_is_cleaned_in_every_format(run, tmp_path, content):
    (tmp_path / "a.txt").write_bytes(content)
    for form in ("text", "markdown", "json", "labels"):
        done = run("clean", "a.txt", "--format", form)
        assert done.returncode == 0, done.stderr
        assert b"Traceback" not in done.stderr
        done.stdout.decode("utf-8")
        if form == "json":
            assert done.stdout.count(b"\n") == 1
    assert run("explain", "a.txt").returncode == 0


def test_bytes_that_are_no_text_are_told_and_cost_nothing_else(run, tmp_path, bridge):
    (tmp_path / "a.html").write_bytes(random.Random(7).randbytes(20_000))
    (tmp_path / "b.txt").write_text(bridge)
    done = run("clean", "a.html", "b.txt")
    assert b"a.html: skipped: binary data is no page" in done.stderr
    assert done.stdout == run("clean", "b.txt").stdout != b""


def test_names_that_are_not_utf8_are_cleaned(run, tmp_path, bridge):
    name = b"caf\xe9.txt"
    (tmp_path / os.fsdecode(name)).write_text(bridge)
    done = run("clean", os.fsdecode(name), "-o", "out", "--format", "json")
    assert done.returncode == 0
    assert os.listdir(os.fsencode(tmp_path / "out/pages")) == [name + b".json"]  # noqa: PTH208
    assert run("clean", os.fsdecode(name), "--format", "json").returncode == 0


def test_a_full_disk_behind_stdout_is_said(pages):
    command = [sys.executable, "-m", "cleaner", "clean", pages]
    with open("/dev/full", "wb") as full:  # noqa: PTH123
        done = subprocess.run(command, stdout=full, stderr=-1, timeout=60, check=False)
    assert done.returncode == 3
    assert done.stderr.startswith(b"cleaner: No space left")
    assert done.stderr.count(b"\n") == 1


def test_ctrl_c_ends_quietly(tmp_path):
    command = [sys.executable, "-m", "cleaner", "clean", "-"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=-1, stdout=-1, stderr=-1) as process:
        time.sleep(2)  # until it waits for its input
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr.read() == b""


def test_ctrl_c_while_a_class_is_made_has_its_own_code(tmp_path):
    program = tmp_path / "program.py"
    program.write_text(
        "import click\n"
        "from cleaner.cli.exits import ending_in_codes\n"
        "@click.command()\n"
        "@click.pass_context\n"
        "def command(context):\n"
        "    with ending_in_codes(context):\n"
        "        exec('raise KeyboardInterrupt')  # as dataclasses does, while modules are imported\n"
        "command()\n"
    )
    done = subprocess.run([sys.executable, program], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (130, b"")


def test_output_is_whole_when_stdout_is_unbuffered(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("The bridge across the river will open again on Monday. " * 40_000)
    command = [sys.executable, "-u", "-m", "cleaner", "clean", str(page)]
    done = subprocess.run(command, capture_output=True)
    assert len(done.stdout) > 2_000_000
    full = subprocess.run(
        ["bash", "-c", f"ulimit -f 100; exec {' '.join(command)} > {tmp_path}/out"],
        capture_output=True,
    )
    assert full.returncode not in (0, 1)


def test_closed_streams_are_said(tmp_path):
    page = tmp_path / "page.txt"
    page.write_text("A line of text.")
    run = f"{sys.executable} -m cleaner clean"
    closed_out = subprocess.run(["bash", "-c", f"{run} {page} >&-"], capture_output=True, text=True)
    closed_in = subprocess.run(["bash", "-c", f"{run} - <&-"], capture_output=True, text=True)
    for done in (closed_out, closed_in):
        assert done.returncode == 3
        assert "closed" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["clean", ""], ["clean", "in", "-o", ""], ["explain", ""]])
def test_an_empty_name_is_no_folder(run, pages, tmp_path, arguments):
    before = sorted(tmp_path.rglob("*"))
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"an empty name" in done.stderr
    assert sorted(tmp_path.rglob("*")) == before
