"""Runs: their output, their account, stopped and continued."""

import fcntl
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from archives import crawl, page
from peak import megabytes_more

from cleaner.batch import OUTCOMES, Plan, read_report, run_batch
from cleaner.errors import UsageError
from cleaner.reading import Source, find_sources
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


def test_a_run_takes_paths_and_what_is_found(inputs, tmp_path, monkeypatch):
    run(inputs, tmp_path / "out")
    monkeypatch.chdir(tmp_path)
    run_batch(["in"], "paths", plan())
    run_batch([*find_sources(["in/0.html"]), Path("in/1.html")], Path("mixed"), plan())
    assert tree(tmp_path / "paths") == tree(tmp_path / "out")
    assert len(tree(tmp_path / "mixed")) == 2


def test_a_run_of_paths_leaves_out_what_it_writes(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("The bridge opens on Monday.")
    for _ in range(2):
        assert run_batch(["."], "out", plan()).counts == {"ok": 1}


@pytest.mark.parametrize(
    ("sources", "out", "said"),
    [
        ("in", "out", r"sources is an iterable of paths, not one path; give \['in'\]"),
        (Path("in"), "out", r"give \['in'\]"),
        ([3], "out", "a source is a path or what find_sources finds, not 3"),
        (["in"], "", "out is an empty name"),
        (["in"], None, "out is the path of a folder, not None"),
    ],
)
def test_what_is_no_source_or_folder_is_wrong_usage(tmp_path, monkeypatch, sources, out, said):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=said):
        run_batch(sources, out, plan())
    assert not list(tmp_path.iterdir())


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


def test_a_run_says_how_far_it_is_in_the_bytes_of_its_inputs(inputs, tmp_path):
    size = sum(path.stat().st_size for path in inputs.iterdir())
    seen = []
    for stop in (3, 10, 73):
        stops = stop_after(stop)

        def watch(progress, stops=stops):
            seen.append((progress.start, progress.position))
            stops(progress)

        with pytest.raises(StoppedHereError):
            run(inputs, tmp_path / "out", watch=watch)
    sizes = [(inputs / f"{number}.html").stat().st_size for number in range(5)]
    assert seen[:3] == [(0, sum(sizes[: number + 1])) for number in range(3)]
    assert seen[3] == (sum(sizes[:3]), sum(sizes[:4]))
    assert seen == sorted(seen)
    assert (len(seen), seen[-1][1]) == (86, size)


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


def test_a_complete_run_without_its_report_writes_it_again(inputs, tmp_path):
    out = tmp_path / "out"
    for form in ("text", "jsonl"):
        run(inputs, out, plan(format=form), overwrite=True)
        before = report(out)
        (out / "report.json").unlink()
        run(inputs, out, plan(format=form))
        assert report(out) == before


@pytest.mark.parametrize("is_complete", [True, False])
@pytest.mark.parametrize(
    ("options", "name"),
    [
        ({}, "3.html.txt"),
        ({"format": "json"}, "crawl.warc.gz.pages/00000007"),
        ({"format": "jsonl"}, "00001.jsonl"),
        ({"format": "jsonl", "compress": True}, "00000.jsonl.zst"),
        ({"format": "parquet"}, "00001.parquet"),
    ],
)
def test_output_that_is_missing_or_cut_is_noticed(
    inputs, tmp_path, options, name, is_complete, monkeypatch
):
    monkeypatch.setattr("cleaner.batch.shards.ROWS", 20)
    out = tmp_path / "out"
    if is_complete:
        run(inputs, out, plan(**options))
    else:
        with pytest.raises(StoppedHereError):
            run(inputs, out, plan(**options), watch=stop_after(80))
    (written,) = (out / "pages").glob(f"{name}*")
    data = written.read_bytes()
    written.unlink()
    with pytest.raises(UsageError, match=rf"{name} was written .*is missing.*--overwrite"):
        run(inputs, out, plan(**options))
    written.write_bytes(data[:-3])
    with pytest.raises(UsageError, match=f"has {len(data) - 3} bytes and had {len(data)}"):
        run(inputs, out, plan(**options))
    written.write_bytes(data)
    assert run(inputs, out, plan(**options)).total == 86
    assert not list(out.glob("rows*"))


def test_a_complete_run_without_rows_leaves_none_behind(tmp_path):
    (tmp_path / "broken.jsonl").write_text("{")
    for _ in range(2):
        run(tmp_path / "broken.jsonl", tmp_path / "out", plan(format="jsonl"))
        assert not list((tmp_path / "out").glob("rows*"))


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


@pytest.mark.parametrize("is_complete", [True, False])
def test_changed_inputs_do_not_mix(inputs, tmp_path, is_complete):
    out = tmp_path / "out"
    if is_complete:
        run(inputs, out)
    else:
        with pytest.raises(StoppedHereError):
            run(inputs, out, watch=stop_after(50))

    def refused(said):
        with pytest.raises(UsageError, match=said):
            run(inputs, out)

    (inputs / "22.html").write_text(page(9))
    refused(r"22\.html was added before what is done; give the same inputs")
    (inputs / "22.html").unlink()
    (inputs / "1.html").rename(tmp_path / "1.html")
    refused(r"1\.html is missing, and .*2\.html stands there")
    (inputs / "1.html").symlink_to("nowhere")
    refused(r"1\.html could be read before, and now not \(.*leads nowhere")
    (inputs / "1.html").unlink()
    (tmp_path / "1.html").rename(inputs / "1.html")
    (inputs / "3.html").write_text(page(7))
    refused(r"3\.html: not the document that was cleaned before; choose")
    (inputs / "3.html").write_text(page(3))
    assert run(inputs, out).total == 86


def test_an_input_that_can_be_read_at_last_is_named(inputs, tmp_path):
    run_batch(find_sources([inputs / "typo", inputs / "1.html"]), tmp_path / "out", plan())
    (inputs / "typo").write_text(page(1))
    with pytest.raises(UsageError, match=r"typo could not be read before, and can be now"):
        run_batch(find_sources([inputs / "typo", inputs / "1.html"]), tmp_path / "out", plan())
    with pytest.raises(UsageError, match=r"typo is missing, and .*2\.html stands there"):
        run_batch(find_sources([inputs / "2.html", inputs / "1.html"]), tmp_path / "out", plan())


@pytest.mark.parametrize("is_complete", [True, False])
@pytest.mark.parametrize("form", ["text", "jsonl"])
def test_a_file_that_was_only_touched_is_the_same(inputs, tmp_path, form, is_complete):
    run(inputs, tmp_path / "whole", plan(format=form))
    out = tmp_path / "out"
    if is_complete:
        run(inputs, out, plan(format=form))
    else:
        with pytest.raises(StoppedHereError):
            run(inputs, out, plan(format=form), watch=stop_after(50))
    for path in inputs.iterdir():
        path.touch()
    assert run(inputs, out, plan(format=form)).total == 86
    assert tree(out) == tree(tmp_path / "whole")


def test_inputs_may_be_added_after_what_is_done(inputs, tmp_path):
    out = tmp_path / "out"
    with pytest.raises(StoppedHereError):
        run(inputs, out, watch=stop_after(3))
    (inputs / "3.html").write_text(page(33))  # what is not done yet may change
    (inputs / "22.html").symlink_to("nowhere")
    (inputs / "crawl.warc.gz").unlink()
    assert run(inputs, out).outcomes["failed"] == 2
    (inputs / "z.html").write_text(page(9))
    with pytest.raises(StoppedHereError):
        run(inputs, out, watch=stop_after(1))
    assert not read_report(out).is_complete
    assert not (out / "report.json").exists()
    assert run(inputs, out).total == report(out)["inputs"] == 47
    assert read_report(out).is_complete
    run(inputs, tmp_path / "whole")
    assert tree(out) == tree(tmp_path / "whole")


def test_inputs_added_when_all_was_done_do_not_go_to_closed_files_of_rows(inputs, tmp_path):
    run(inputs, tmp_path / "out", plan(format="jsonl"))
    before = tree(tmp_path / "out")
    (inputs / "z.html").write_text(page(9))
    with pytest.raises(UsageError, match=r"z\.html was added, but .* is closed; clean what was"):
        run(inputs, tmp_path / "out", plan(format="jsonl"))
    assert tree(tmp_path / "out") == before
    assert report(tmp_path / "out")["inputs"] == 86


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


@pytest.mark.parametrize("count", [0, 5, 9])
@pytest.mark.parametrize("name", ["a.jsonl", "stdin"])
def test_an_input_that_ends_before_what_is_done_is_noticed(tmp_path, name, count, monkeypatch):
    lines = [json.dumps({"text": page(number)}) + "\n" for number in range(20)]
    path, out = tmp_path / "a.jsonl", tmp_path / "out"

    def give(number):
        path.write_text("".join(lines[:number]))
        os.utime(path, ns=(1, 1))
        monkeypatch.setattr("cleaner.reading.sources._open_stdin", lambda: path.open("rb"))
        return [Source(name, name, path if name == "a.jsonl" else None, 1, 1)]

    with pytest.raises(StoppedHereError):
        run_batch(give(20), out, plan(), watch=stop_after(10))
    said = f"ends after {count} documents, and 10 were" if count else "not the document that was"
    with pytest.raises(UsageError, match=f"{name}: {said} cleaned before"):
        run_batch(give(count), out, plan())
    assert run_batch(give(20), out, plan()).total == 20


@pytest.mark.parametrize(
    ("given", "said"), [(10, "ends after 10"), (21, "more documents"), (0, "not the document")]
)
def test_another_stdin_after_a_complete_run_is_noticed(tmp_path, given, said, monkeypatch):
    lines = [json.dumps({"text": page(number)}) + "\n" for number in range(21)]
    for count in (20, 20, given):
        (tmp_path / "lines").write_text("".join(lines[:count]))
        monkeypatch.setattr(
            "cleaner.reading.sources._open_stdin", lambda: (tmp_path / "lines").open("rb")
        )
        if count == 20:
            assert run("-", tmp_path / "out").total == 20
    with pytest.raises(UsageError, match=said):
        run("-", tmp_path / "out")


def test_other_output_is_refused_and_left_alone(inputs, tmp_path):
    (tmp_path / "out/pages").mkdir(parents=True)
    (tmp_path / "out/pages/mine.txt").write_text("mine")
    for overwrite in (False, True):
        with pytest.raises(UsageError, match="no run with a journal"):
            run(inputs, tmp_path / "out", overwrite=overwrite)
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["pages", "mine.txt"]


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize(
    "own", ["Dear diary, one line only", "a\nb\nc\n", '{"my": "own"}\n{"b": 1}\n', "[1]\n", "\n"]
)
def test_a_journal_that_no_run_wrote_is_left_alone(inputs, tmp_path, own, overwrite):
    out = tmp_path / "out"
    (out / "pages").mkdir(parents=True)
    (out / "journal.jsonl").write_text(own)
    (out / "pages/thesis.txt").write_text("thesis")
    with pytest.raises(UsageError, match="not the journal of a run"):
        run(inputs, out, overwrite=overwrite)
    with pytest.raises(UsageError, match="not the journal of a run"):
        read_report(out)
    assert {path.name: path.read_text() for path in out.rglob("*.*")} == {
        "journal.jsonl": own,
        "thesis.txt": "thesis",
    }


@pytest.mark.parametrize(
    "name", ["report.json", "inputs.jsonl", "rows-00000.jsonl", "aside/0.html"]
)
def test_files_where_a_run_would_write_are_left_alone(inputs, tmp_path, name):
    own = tmp_path / "out" / name
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    for overwrite in (False, True):
        with pytest.raises(UsageError, match="written by no run with a journal"):
            run(inputs, tmp_path / "out", overwrite=overwrite)
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == [own]
    assert own.read_text() == "mine"


@pytest.mark.parametrize("form", ["text", "jsonl", "parquet"])
def test_overwrite_removes_what_a_run_wrote_and_nothing_else(inputs, tmp_path, form):
    out = tmp_path / "out"
    run(inputs, out, plan(format=form))
    whole = tree(out)
    for own in ("pages/mine.txt", "pages/crawl.warc.gz.pages/mine.txt"):
        (out / own).parent.mkdir(exist_ok=True)
        (out / own).write_text("mine")
        with pytest.raises(UsageError, match=r"mine\.txt is not known to be of the run"):
            run(inputs, out, plan(format=form), overwrite=True)
        (out / own).unlink()
        assert tree(out) == whole
    (out / "aside/mine").write_text("mine")
    (out / "mine").write_text("mine")
    run(inputs / "0.html", out, plan(format=form), overwrite=True)
    assert len(tree(out)) == 1
    assert report(out)["inputs"] == 1
    assert (out / "mine").read_text() == (out / "aside/mine").read_text() == "mine"
    assert [path.name for path in (out / "aside").rglob("*")] == ["mine"]


def test_overwrite_with_nothing_to_clean_removes_nothing(inputs, tmp_path):
    run(inputs, tmp_path / "out")
    before = tree(tmp_path / "out")
    (tmp_path / "void").mkdir()
    with pytest.raises(UsageError, match="nothing to clean"):
        run(tmp_path / "void", tmp_path / "out", overwrite=True)
    assert tree(tmp_path / "out") == before
    assert read_report(tmp_path / "out").is_complete


def test_a_run_killed_before_its_list_stood_goes_on(inputs, tmp_path):
    out = tmp_path / "out"
    run(inputs, out)
    whole = tree(out)
    header = (out / "journal.jsonl").read_bytes().partition(b"\n")[0] + b"\n"
    for left in (header, header[:20], b""):
        shutil.rmtree(out)
        out.mkdir()
        (out / "journal.jsonl").write_bytes(left)
        run(inputs, out)
        assert tree(out) == whole


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

    many = (Source(f"folder/page-{n}.html", f"folder/page-{n}.html", None) for n in range(100_000))

    def listed_and_read() -> None:
        listed = write_list(many, tmp_path, ".txt")
        assert listed.count == 100_000
        assert sum(1 for _ in listed.read()) == 100_000

    assert megabytes_more(listed_and_read) < 50
