"""Runs: their output, their account, stopped and continued."""

import fcntl
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time

import pytest
from archives import crawl, page

from cleaner.batch import OUTCOMES, Plan, read_report, run_batch
from cleaner.errors import UsageError
from cleaner.reading import find_sources
from cleaner.settings import Settings
from cleaner.workers import Limits

RULES = Settings(without=("model",))
"""Rules alone: the tests ask of the machinery, and start sooner."""


def plan(**options):
    return Plan(settings=RULES, **options)


def run(folder, out, made=None, **options):
    return run_batch(find_sources([folder], leave_out=out), out, made or plan(), **options)


def tree(out):
    """The bytes of every file in ``out/pages``."""
    top = out / "pages"
    return {path.relative_to(top): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def report(out):
    found = json.loads((out / "report.json").read_text())
    assert found["inputs"] == sum(found["outcomes"].values())
    assert list(found["outcomes"]) == list(OUTCOMES)
    assert len(found["not_ok"]) == found["inputs"] - found["outcomes"]["ok"]
    return found


@pytest.fixture
def inputs(tmp_path):
    """A folder with pages, an archive, and lines of JSON, one of them broken."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.html").write_text(page(number))
    (folder / "crawl.warc.gz").write_bytes(crawl(40))
    lines = [json.dumps({"id": n, "text": page(n), "url": f"x{n}"}) for n in range(40)]
    lines[7] = '{"text": "cut'
    (folder / "more").write_text("\n".join(lines))
    return folder


@pytest.mark.parametrize(
    "options",
    [{}, {"format": "jsonl"}, {"format": "jsonl", "compress": True}, {"format": "parquet"}],
)
def test_output_is_the_same_for_any_number_of_jobs(inputs, tmp_path, options):
    here, there = tmp_path / "here", tmp_path / "there"
    account = run(inputs, here, plan(**options))
    assert account.outcomes == {
        "ok": 84,
        "empty": 0,
        "skipped": 1,
        "failed": 1,
        "timed out": 0,
        "crashed": 0,
    }
    run(inputs, there, plan(**options), jobs=2)
    assert tree(here) == tree(there)
    assert len(tree(here)) == (1 if options else 84)
    assert (here / "aside/more.pages/00000007.jsonl").read_bytes() == b'{"text": "cut\n'


def test_the_report_has_every_document_that_is_not_ok(inputs, tmp_path):
    (inputs / "0.html").write_text(" ")
    (inputs / "dangling").symlink_to("nowhere")
    run(inputs, tmp_path / "out")
    found = report(tmp_path / "out")
    assert {entry["outcome"] for entry in found["not_ok"]} == {"empty", "skipped", "failed"}
    (broken,) = (entry for entry in found["not_ok"] if entry.get("aside"))
    assert broken["source"] == str(inputs / "more")
    assert (broken["record"], broken["offset"]) == (
        7,
        (inputs / "more").read_bytes().find(b'{"text": "cut'),
    )
    assert read_report(tmp_path / "out").account.total == found["inputs"]


class StoppedHereError(Exception):
    pass


def stop_after(count):
    def watch(progress):
        nonlocal count
        count -= 1
        if not count:
            raise StoppedHereError

    return watch


@pytest.mark.parametrize("form", ["text", "jsonl", "parquet"])
def test_a_run_that_was_stopped_goes_on(inputs, tmp_path, form, monkeypatch):
    monkeypatch.setattr("cleaner.batch.shards.ROWS", 20)
    run(inputs, tmp_path / "whole", plan(format=form))
    out = tmp_path / "out"
    for count in (1, 3, 20, 19, 30):
        with pytest.raises(StoppedHereError):
            run(inputs, out, plan(format=form), watch=stop_after(count))
        assert not read_report(out).is_complete
    run(inputs, out, plan(format=form))
    assert tree(out) == tree(tmp_path / "whole")
    assert report(out)["inputs"] == 86
    assert not list(out.glob("rows*"))
    before = (out / "journal.jsonl").read_bytes()
    run(inputs, out, plan(format=form))
    assert (out / "journal.jsonl").read_bytes() == before


@pytest.mark.parametrize("cut", [1, 7, 200])
def test_half_a_line_at_the_end_of_the_journal_is_cut_off(inputs, tmp_path, cut):
    out = tmp_path / "out"
    run(inputs, out, plan(format="jsonl"))
    whole = tree(out)
    with pytest.raises(StoppedHereError):
        run(inputs, out, plan(format="jsonl"), overwrite=True, watch=stop_after(60))
    journal = out / "journal.jsonl"
    journal.write_bytes(journal.read_bytes()[:-cut])
    run(inputs, out, plan(format="jsonl"))
    assert tree(out) == whole
    assert report(out)["inputs"] == 86


def test_a_damaged_journal_is_refused(inputs, tmp_path):
    run(inputs, tmp_path / "out")
    journal = tmp_path / "out/journal.jsonl"
    journal.write_bytes(journal.read_bytes().replace(b'"input": 3', b'"input" 3', 1))
    with pytest.raises(UsageError, match="--overwrite"):
        run(inputs, tmp_path / "out")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"settings": Settings(without=("model", "adverts"))}, "settings was"),
        ({"format": "markdown"}, "format was 'text' and is 'markdown'"),
        ({"comments": "with"}, "comments was"),
    ],
)
def test_a_changed_plan_does_not_mix(inputs, tmp_path, changed, said):
    run(inputs, tmp_path / "out")
    before = tree(tmp_path / "out")
    with pytest.raises(UsageError, match=said):
        run(inputs, tmp_path / "out", Plan(**{"settings": RULES, **changed}))
    assert tree(tmp_path / "out") == before
    run(inputs, tmp_path / "out", Plan(**{"settings": RULES, **changed}), overwrite=True)
    assert len(tree(tmp_path / "out")) == len(before)


@pytest.mark.parametrize("what", ["models_digest", "__version__"])
def test_another_model_or_version_does_not_mix(inputs, tmp_path, monkeypatch, what):
    run(inputs, tmp_path / "out")
    value = (lambda folder: "other") if what == "models_digest" else "9.9"
    monkeypatch.setattr(f"cleaner.batch.plan.{what}", value)
    with pytest.raises(UsageError, match=r"models was|version was"):
        run(inputs, tmp_path / "out")


def test_a_lost_list_of_inputs_is_said(inputs, tmp_path):
    run(inputs, tmp_path / "out")
    (tmp_path / "out/inputs.jsonl").unlink()
    with pytest.raises(UsageError, match="is missing"):
        run(inputs, tmp_path / "out")


def test_changed_inputs_do_not_mix(inputs, tmp_path):
    run(inputs, tmp_path / "out")
    (inputs / "9.html").write_text(page(9))
    with pytest.raises(UsageError, match=r"crawl\.warc\.gz stood|9\.html"):
        run(inputs, tmp_path / "out")
    (inputs / "9.html").unlink()
    os.utime(inputs / "3.html", ns=(1, 1))
    with pytest.raises(UsageError, match=r"3\.html has changed"):
        run(inputs, tmp_path / "out")


def test_a_document_that_is_not_the_one_before_is_refused(tmp_path):
    lines = [json.dumps({"text": page(number)}) + "\n" for number in range(20)]
    path, out = tmp_path / "a.jsonl", tmp_path / "out"
    path.write_text("".join(lines))
    os.utime(path, ns=(1, 1))
    with pytest.raises(StoppedHereError):
        run(path, out, watch=stop_after(10))
    path.write_text("".join(reversed(lines)))
    os.utime(path, ns=(1, 1))
    with pytest.raises(UsageError, match="not the document that was cleaned before"):
        run(path, out)


def test_other_output_is_refused_and_left_alone(inputs, tmp_path):
    (tmp_path / "out/pages").mkdir(parents=True)
    (tmp_path / "out/pages/mine.txt").write_text("mine")
    for overwrite in (False, True):
        with pytest.raises(UsageError, match="no run with a journal"):
            run(inputs, tmp_path / "out", overwrite=overwrite)
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["pages", "mine.txt"]


def test_a_run_that_does_not_begin_leaves_nothing(tmp_path):
    with pytest.raises(UsageError, match="nothing to clean"):
        run_batch([], tmp_path / "out", plan())
    (tmp_path / "void").mkdir()
    with pytest.raises(UsageError, match="nothing to clean"):
        run(tmp_path / "void", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_two_runs_do_not_write_to_one_folder(inputs, tmp_path):
    run(inputs, tmp_path / "out")
    with (tmp_path / "out/journal.jsonl").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        (tmp_path / "out/.cleaner.tmp").touch()  # the other run's
        with pytest.raises(UsageError, match="another run"):
            run(inputs, tmp_path / "out")
        assert (tmp_path / "out/.cleaner.tmp").exists()


def test_a_folder_that_changes_while_it_is_read_changes_nothing(inputs, tmp_path):
    def watch(progress):
        if progress.account.total == 1:
            (inputs / "new.html").write_text(page(1))
            (inputs / "more").unlink()

    account = run(inputs, tmp_path / "out", watch=watch)
    assert account.outcomes["ok"] == 45
    (gone,) = (each for each in report(tmp_path / "out")["not_ok"] if each["outcome"] == "failed")
    assert gone["source"] == str(inputs / "more")
    assert "no such file" in gone["reason"]


COMMAND = """
import resource, sys
from pathlib import Path
from cleaner.batch import Plan, run_batch
from cleaner.reading import find_sources
from cleaner.settings import Settings
from cleaner.batch import shards
from cleaner.batch import run
shards.ROWS = run.COMMIT_RESULTS = 20
source, out, form, jobs, most = sys.argv[1:]
if int(most):
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
plan = Plan(format=form, settings=Settings(without=("model",)))
run_batch(find_sources([source]), Path(out), plan, jobs=int(jobs) or None)
"""


def command(source, out, form, *, jobs=0, most=0):
    return [sys.executable, "-c", COMMAND, str(source), str(out), form, str(jobs), str(most)]


@pytest.mark.parametrize("form", ["text", "parquet"])
def test_a_run_that_is_killed_anywhere_goes_on(inputs, tmp_path, form, monkeypatch):
    """The whole process group is killed at random moments, workers too."""
    monkeypatch.setattr("cleaner.batch.shards.ROWS", 20)
    (inputs / "crawl.warc.gz").write_bytes(crawl(400))
    run(inputs, tmp_path / "whole", plan(format=form))
    out, chance = tmp_path / "out", random.Random(len(form))
    kills = 0
    while not (out / "report.json").exists():
        with subprocess.Popen(
            command(inputs, out, form, jobs=2), start_new_session=True
        ) as process:
            size = chance.randrange(300, 40_000)
            while process.poll() is None and size_of(out / "journal.jsonl") < kills * 10_000 + size:
                time.sleep(0.005)
            if kills < 4 and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                kills += 1
    assert kills >= 2
    assert tree(out) == tree(tmp_path / "whole")
    assert report(out)["outcomes"]["ok"] == 444


def how_it_dies(number):
    return ("SIGKILL", "SIGSEGV")[number % 2]


def dying(number):
    return f"Page {number} dies by {how_it_dies(number)}."


def test_a_hundred_documents_kill_their_workers(tmp_path, monkeypatch):
    monkeypatch.setattr("cleaner.batch.cleaning.TASK", "poison:page_work")
    deadly = set(random.Random(9).sample(range(1000), 100))
    for name, chosen in (("in", deadly), ("well", set())):
        with (tmp_path / f"{name}.jsonl").open("w") as file:
            for number in range(1000):
                text = dying(number) if number in chosen else page(number)
                file.write(json.dumps({"text": text, "id": str(number)}) + "\n")
    account = run(tmp_path / "in.jsonl", tmp_path / "out", jobs=2)
    assert account.outcomes["crashed"] == 100
    crashed = [
        entry for entry in report(tmp_path / "out")["not_ok"] if entry["outcome"] == "crashed"
    ]
    assert {entry["record"] for entry in crashed} == deadly
    assert all(
        json.loads((tmp_path / "out" / entry["aside"]).read_text())["text"]
        == dying(entry["record"])
        and how_it_dies(entry["record"]) in entry["reason"]
        for entry in crashed
    )
    run(tmp_path / "well.jsonl", tmp_path / "right")
    right = {path.name: data for path, data in tree(tmp_path / "right").items()}
    found = {path.name: data for path, data in tree(tmp_path / "out").items()}
    assert found == {name: data for name, data in right.items() if int(name[:8]) not in deadly}


def test_documents_that_never_end_are_timed_out_and_kept(inputs, tmp_path, monkeypatch):
    monkeypatch.setattr("cleaner.batch.cleaning.TASK", "poison:page_work")
    for name in ("1.html", "z.html"):
        (inputs / name).write_text("It never ends.")
    account = run(inputs, tmp_path / "out", plan(limits=Limits(timeout=1.0)), jobs=2)
    assert (account.outcomes["timed out"], account.outcomes["ok"]) == (2, 83)
    assert (tmp_path / "out/aside/1.html").read_text() == "It never ends."


def size_of(path):
    return path.stat().st_size if path.exists() else 0


@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_a_full_disk_stops_a_run_that_goes_on_when_there_is_room(
    inputs, tmp_path, form, monkeypatch
):
    monkeypatch.setattr("cleaner.batch.shards.ROWS", 20)
    run(inputs, tmp_path / "whole", plan(format=form))
    out = tmp_path / "out"
    done = subprocess.run(command(inputs, out, form, most=12_000), capture_output=True, check=False)
    assert done.returncode
    assert b"StoppedError" in done.stderr
    assert b"make room" in done.stderr
    assert 0 < read_report(out).account.total < 86
    run(inputs, out, plan(format=form))
    assert report(out)["inputs"] == 86
    assert tree(out) == tree(tmp_path / "whole")


def test_memory_does_not_grow_with_the_number_of_documents(tmp_path):
    from cleaner.batch.inputs import write_list
    from cleaner.reading import Source

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    many = (Source(f"folder/page-{n}.html", f"folder/page-{n}.html", None) for n in range(100_000))
    listed = write_list(many, tmp_path, ".txt")
    assert listed.count == 100_000
    assert sum(1 for _ in listed.read()) == 100_000
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
