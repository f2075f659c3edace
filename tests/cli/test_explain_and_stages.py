import gzip
import re

from click.testing import CliRunner

from cleaner.cli import main
from cleaner.pipeline import STAGES
from cleaner.settings import Settings
from cleaner.stages.stage import Stage


def test_explain_shows_every_block(run, tmp_path):
    lines = ["Skip to content", "The bridge opens on Monday.", "Donate now"]
    (tmp_path / "a.txt").write_text("\n\n".join(lines))
    text = run("explain", "a.txt").stdout.decode()
    assert text.startswith("source    a.txt\nencoding  ")
    for index, line in enumerate(lines):
        assert re.search(
            rf"^ +{index}  [a-z-]+ +[01]\.\d\d  {line}\n +[a-z-]+/[a-z-]+: .", text, re.M
        )
    more = run("explain", "a.txt", "--all-marks").stdout.decode()
    assert len(more) >= len(text)


def test_explain_shortens_to_the_width(run, tmp_path):
    (tmp_path / "a.txt").write_text("The bridge opens on Monday. " * 40)
    for width in (60, 100):
        text = run("explain", "a.txt", env={"COLUMNS": str(width)}).stdout.decode()
        (line,) = (line for line in text.splitlines() if line.endswith("…"))
        assert len(line) == width


def test_explain_gives_a_pipe_whole_texts(run, tmp_path, monkeypatch):
    monkeypatch.delenv("COLUMNS", raising=False)
    line = "The bridge opens on Monday. " * 40
    (tmp_path / "a.txt").write_text(line)
    assert line.strip() in run("explain", "a.txt").stdout.decode()


def test_explain_reads_stdin_and_fails_on_what_is_missing(run):
    assert b"The bridge" in run("explain", "-", stdin=b"The bridge opens.").stdout
    done = run("explain", "missing.txt")
    assert (done.returncode, done.stdout) == (3, b"")
    assert done.stderr == b"cleaner: missing.txt: no such file or folder; check the path\n"


def test_stages_lists_every_rule_in_order(run):
    done = run("stages")
    text = done.stdout.decode()
    assert done.returncode == 0
    order = [text.index(f"{number}. {stage.name}: ") for number, stage in enumerate(STAGES, 1)]
    assert order == sorted(order)
    for stage in STAGES:
        for rule in stage.rules(Settings()):
            assert f" {rule.name} " in text
    assert "(off)" not in text


def test_stages_shows_what_is_switched_off(run):
    rule = STAGES[-1].rules(Settings())[0].name
    text = run("stages", "--without", "adverts", "--without", rule).stdout.decode()
    assert "adverts (off): " in text
    (line,) = (line for line in text.splitlines() if f" {rule} " in line)
    assert "(off)" in line


def test_stages_times_each_stage(run, tmp_path):
    (tmp_path / "a.txt").write_text("The bridge opens on Monday.")
    text = run("stages", "--time", "a.txt").stdout.decode()
    names = [line.split()[0] for line in text.splitlines()]
    stages = [stage.name for stage in STAGES]
    assert names == ["encoding", "model", "rules", *stages, "deciding", "total"]
    assert all(re.search(r"\d+\.\d\d ms$", line) for line in text.splitlines())
    assert "adverts" not in run("stages", "--time", "a.txt", "--without", "adverts").stdout.decode()


def test_stages_times_a_page_of_its_host_that_was_cleaned_before(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("The bridge opens on Monday.")
    seen = []

    def look(document, settings):
        seen.append(document.url)
        return ()

    spy = Stage("spy", "notes whose page it gets", look, lambda settings: ())
    monkeypatch.setattr("cleaner.pipeline.stages.STAGES", (spy,))
    command = ["stages", "--time", str(tmp_path / "a.txt"), "--url", "https://example.org/"]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert seen == ["https://example.org/"] * 2


def test_stages_without_a_page_takes_no_url(run):
    done = run("stages", "--url", "https://example.org/")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--url belongs to a page; name it with --time" in done.stderr


def test_explain_decompresses_the_one_page_of_a_file(run, tmp_path):
    packed = gzip.compress(b"The bridge opens on Monday.")
    (tmp_path / "a.txt.gz").write_bytes(packed)
    assert b"The bridge opens" in run("explain", "a.txt.gz").stdout
    assert b"The bridge opens" in run("explain", "-", stdin=packed).stdout
    assert run("stages", "--time", "a.txt.gz").returncode == 0


def test_explain_takes_one_page_and_nothing_else(run, tmp_path):
    (tmp_path / "two.jsonl").write_text('{"text": "One bridge."}\n{"text": "Two bridges."}\n')
    done = run("explain", "two.jsonl")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"two.jsonl: holds more than one page" in done.stderr
    (tmp_path / "a.html").write_bytes(bytes(range(256)) * 9)
    done = run("explain", "a.html")
    assert (done.returncode, done.stdout) == (3, b"")
    assert b"a.html: skipped: binary data is no page" in done.stderr
