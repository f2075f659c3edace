"""Runs from the command line: stopped, continued, limited, reported."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archives import crawl, page

from cleaner.batch import read_report
from cleaner.cli import main

CRAWL = ("clean", "crawl.warc.gz", "--without", "model")
"""Rules alone, so that a run has many documents and is still short."""

SLOW = "<p>" + "The bridge opens on Monday. " * 1_000_000


def tree(out):
    top = out / "pages"
    return {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}


@pytest.fixture
def crawled(tmp_path):
    (tmp_path / "crawl.warc.gz").write_bytes(crawl(6000))
    return tmp_path


def start(folder, *arguments):
    return subprocess.Popen(
        [sys.executable, "-m", "cleaner", *CRAWL, "-o", "out", *arguments],
        cwd=folder,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def wait_for_lines(path, count):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if path.exists() and path.read_bytes().count(b"\n") >= count:
            return
        time.sleep(0.01)
    raise AssertionError("the run does not get on")


def test_a_run_goes_on_after_every_way_to_stop_it(run, crawled):
    assert run(*CRAWL, "-o", "whole", "--jobs", "2").returncode == 0
    journal = crawled / "out/journal.jsonl"
    lines = 1
    for number, code in ((signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)):
        with start(crawled, "--jobs", "2") as process:
            wait_for_lines(journal, lines + 1)
            target = os.killpg if number != signal.SIGTERM else os.kill
            target(process.pid, number)
            assert process.wait(timeout=60) == code
            said = process.stderr.read()
            assert b"Traceback" not in said
            assert (b"goes on from here" in said) == (number != signal.SIGKILL)
        lines = journal.read_bytes().count(b"\n")
        if number != signal.SIGKILL:
            assert lines < 6002
    assert b"not complete" in run("report", "out").stdout or lines == 6003
    done = run(*CRAWL, "-o", "out", "--jobs", "1")
    assert done.returncode == 0
    assert done.stderr.decode().splitlines()[-1] == (
        "cleaner: 6001 documents: 6000 ok, 1 skipped; see out/report.json"
    )
    assert tree(crawled / "out") == tree(crawled / "whole")
    assert b"complete" in run("report", "out").stdout


def children(pid):
    """The processes that a process started, and those that they started."""
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in found] + [each for child in found for each in children(child)]


@pytest.mark.parametrize("options", [[], ["--jobs", "2"]])
def test_printing_ends_on_sigterm_and_no_worker_is_left(crawled, options):
    command = [sys.executable, "-m", "cleaner", *CRAWL, *options]
    with subprocess.Popen(command, cwd=crawled, stdout=-1, stderr=-1) as process:
        process.stdout.read(10_000)
        workers = children(process.pid)
        assert len(workers) == (3 if options else 0)
        process.terminate()
        said = process.communicate(timeout=60)[1]
    assert process.returncode == 143
    assert said.count(b"\n") == 1  # of a record that holds no page
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < until:
        time.sleep(0.02)
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


@pytest.mark.parametrize("command", [["clean", "-"], ["explain", "-"]])
def test_sigterm_ends_a_command_that_waits(tmp_path, command):
    with subprocess.Popen(
        [sys.executable, "-m", "cleaner", *command], stdin=-1, stdout=-1, stderr=-1
    ) as process:
        time.sleep(2)
        process.terminate()
        assert process.wait(timeout=60) == 143
        assert process.stderr.read() == b""


@pytest.mark.parametrize("seconds", [0, 0.1, 0.2, 0.4])
def test_a_run_stopped_while_its_workers_start_says_only_that(crawled, seconds):
    with start(crawled, "--jobs", "2") as process:
        wait_for_lines(crawled / "out/journal.jsonl", 1)
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=60) == 130
        assert process.stderr.read() == b"cleaner: stopped; the same command goes on from here\n"


def test_limits_end_a_document_and_no_other(run, tmp_path):
    (tmp_path / "slow.html").write_text(SLOW)
    (tmp_path / "one.html").write_text(page(1))
    for arguments in (["-o", "out"], []):
        done = run("clean", "slow.html", "one.html", "--timeout", "0.5", *arguments)
        assert done.returncode == 3
        assert b"slow.html: timed out: took more than 0.5 seconds" in done.stderr
    assert b"number 1" in done.stdout
    assert (tmp_path / "out/aside/slow.html").read_text() == SLOW
    assert json.loads((tmp_path / "out/report.json").read_text())["outcomes"]["timed out"] == 1
    done = run("clean", "slow.html", "one.html", "--memory", "150", "-o", "less")
    assert done.returncode == 3
    assert b"slow.html: crashed: took more than 150 MB of memory" in done.stderr


def test_lists_filters_fields_and_stdin(run, tmp_path):
    (tmp_path / "a.html").write_text(page(1))
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/b.html").write_text(page(2))
    (tmp_path / "deep/b.txt").write_text("no")
    done = run("clean", "--list", "-", "--include", "*.html", stdin=b"a.html\ndeep\n")
    assert done.stdout.count(b"It is number") == 2
    lines = json.dumps({"raw": page(3), "link": "https://example.org/3"}).encode()
    options = ("--field", "content=raw", "--field", "url=link", "--format", "jsonl")
    record = json.loads(run("clean", "-", *options, stdin=lines).stdout)
    assert (record["schema"], record["url"], record["record"]) == (1, "https://example.org/3", 0)
    done = run("clean", "-", "-o", "out", stdin=crawl(2))
    assert b"3 documents: 2 ok, 1 skipped" in done.stderr
    assert len(tree(tmp_path / "out")) == 2


@pytest.mark.parametrize("arguments", [["a.html", "deep"], ["**"], ["--list", "-"]])
def test_a_run_goes_on_though_its_own_folder_is_among_what_is_named(run, tmp_path, arguments):
    (tmp_path / "deep").mkdir()
    (tmp_path / "a.html").write_text(page(1))
    (tmp_path / "deep/b.html").write_text(page(2))
    for added in ([], ["out"], ["out/journal.jsonl", "out/pages/a.html.txt"]):
        listed = "\n".join(["a.html", "deep", *added]).encode()
        more = added if "a.html" in arguments else []
        done = run("clean", *arguments, *more, "-o", "out", stdin=listed)
        assert (done.returncode, done.stderr) == (
            0,
            b"cleaner: 2 documents: 2 ok; see out/report.json\n",
        )


def test_the_folder_itself_as_output_is_refused_in_words(run, pages):
    done = run("clean", "in", "-o", "in")
    assert done.returncode == 2
    assert b"in is the output folder or lies in it" in done.stderr
    assert sorted(path.name for path in pages.iterdir()) == ["deep", "one.txt", "two.txt"]


def test_log_json_is_for_machines(run, pages):
    (pages / "dangling").symlink_to("nowhere")
    done = run("clean", "in", "-o", "out", "--log", "json")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [event["event"] for event in events] == ["outcome", "end"]
    assert events[0]["source"] == "in/dangling"
    assert events[1]["outcomes"]["failed"] == 1
    assert (events[1]["code"], events[1]["documents"], events[1]["failed"]) == (3, 4, 1)


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("in", 0, ""),
        ("in -o out", 0, ""),
        ("in -o out --format pdf", 2, "'pdf'"),
        ("-o out", 2, "Missing argument"),
        ("in -o out --nosuch", 2, "--nosuch"),
        ("in -o in", 2, "is the output folder"),
        ("in -o done", 2, "choose another folder"),
        ("in -o out --format jsonl --compress=3", 2, "compress"),
        ("missing", 3, ""),
    ],
)
def test_log_json_is_json_whatever_the_ending(run, pages, tmp_path, command, code, said):
    (tmp_path / "done/pages").mkdir(parents=True)
    (tmp_path / "done/pages/mine").touch()
    for form in (["--log", "json"], ["--log=json"]):
        done = run("clean", *command.split(), *form)
        events = [json.loads(line) for line in done.stderr.splitlines()]
        assert done.returncode == code
        assert (events[-1]["event"], events[-1]["code"]) == ("end", code)
        assert not said or said in events[-2]["message"]


def test_log_json_is_json_when_a_run_is_stopped_or_the_disk_is_full(crawled):
    with start(crawled, "--jobs", "2", "--log", "json") as process:
        wait_for_lines(crawled / "out/journal.jsonl", 2)
        process.terminate()
        events = [json.loads(line) for line in process.stderr]
    assert events[-1]["event"] == "end"
    assert (events[-1]["code"], process.returncode) == (143, 143)
    assert events[-1]["documents"] >= 0
    command = f"ulimit -f 100; {sys.executable} -m cleaner {' '.join(CRAWL)} -o full --log json"
    done = subprocess.run(
        ["bash", "-c", f"{command} --format jsonl"], cwd=crawled, capture_output=True, check=False
    )
    *_, error, end = [json.loads(line) for line in done.stderr.splitlines()]
    assert "make room" in error["message"]
    assert (end["event"], end["code"], done.returncode) == ("end", 3, 3)


def test_log_json_says_how_a_run_gets_on(tmp_path, monkeypatch, capfd):
    monkeypatch.setattr("cleaner.cli.run_messages._LOG_SECONDS", 0.0)
    (tmp_path / "many").write_text(
        "".join(json.dumps({"text": page(1) * 40}) + "\n" for _ in range(50))
    )
    command = ["clean", str(tmp_path / "many"), "--log", "json", "--without", "model"]
    main([*command, "-o", str(tmp_path / "out")], standalone_mode=False)
    events = [json.loads(line) for line in capfd.readouterr().err.splitlines()]
    progress = [event for event in events if event["event"] == "progress"]
    assert [event["documents"] for event in progress] == list(range(1, 51))
    assert progress[-1]["failed"] == 0
    assert progress[-1]["seconds_left"] == 0
    assert progress[1]["seconds_left"] > 0
    assert progress[-1]["documents_per_second"] > 0
    assert progress[-1]["megabytes_per_second"] > 0


@pytest.mark.parametrize("where", ["2>&-", "2>/dev/full", "2>&1 | true", "<&- 2>&-"])
@pytest.mark.parametrize("options", ["", "-o out", "-o out --log json"])
def test_a_stderr_that_takes_nothing_changes_nothing(pages, tmp_path, where, options):
    (pages / "dangling").symlink_to("nowhere")
    command = f"{sys.executable} -m cleaner clean in {options} >printed {where}"
    done = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"], cwd=tmp_path, check=False
    )
    assert done.returncode == 3
    if options:
        assert read_report(tmp_path / "out").account.summary() == "4 documents: 3 ok, 1 failed"
        assert len(tree(tmp_path / "out")) == 3
    else:
        assert (tmp_path / "printed").read_text().count("\n\n") == 2


def test_wrong_usage_ends_with_2_though_nobody_can_be_told(tmp_path):
    command = f"{sys.executable} -m cleaner clean --nosuch 2>/dev/full"
    assert subprocess.run(["bash", "-c", command], check=False).returncode == 2


def test_a_change_is_refused_in_words(run, pages):
    run("clean", "in", "-o", "out")
    done = run("clean", "in", "-o", "out", "--format", "jsonl")
    assert done.returncode == 2
    assert b"format was 'text' and is 'jsonl'; choose another folder" in done.stderr
    assert run("clean", "in", "-o", "out", "--format", "jsonl", "--overwrite").returncode == 0


def test_documents_kept_aside_can_be_cleaned_alone(run, tmp_path):
    (tmp_path / "slow.html").write_text(SLOW[:3_000_000])
    assert run("clean", "slow.html", "-o", "out", "--timeout", "0.01").returncode == 3
    done = run("clean", "out/aside/slow.html", "-o", "again")
    assert (done.returncode, len(tree(tmp_path / "again"))) == (0, 1)


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 200 KB, where one can be mounted."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=200k", "none", str(folder)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("file systems cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_stops_a_run_and_it_goes_on(run, tmp_path, small_disk):
    (tmp_path / "crawl.warc").write_bytes(gzip.decompress(crawl(300)))
    command = ["clean", "crawl.warc", "-o", small_disk / "out", "--without", "model"]
    done = run(*command)
    assert done.returncode == 3
    said = done.stderr.decode().splitlines()
    assert "No space left on device" in said[-1]
    assert "give the same command again" in said[-1]
    assert not (small_disk / "out/report.json").exists()
    subprocess.run(["mount", "-o", "remount,size=20m", str(small_disk)], check=True)
    assert run(*command).returncode == 0
    assert run("clean", "crawl.warc", "-o", "whole", "--without", "model").returncode == 0
    assert tree(small_disk / "out") == tree(tmp_path / "whole")
