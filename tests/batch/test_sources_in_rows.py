"""Rows and the account name a file in the same words, in every format."""

import io
import json
import os

import pyarrow.parquet as pq
import pytest
from archives import crawl, page

from cleaner.batch import Plan, run_batch
from cleaner.reading import find_sources
from cleaner.settings import Settings

RULES = Settings(without=("model",))


def rows(out):
    """The rows of a run, whatever their format."""
    (path,) = (out / "pages").iterdir()
    if path.suffix == ".parquet":
        return pq.read_table(io.BytesIO(path.read_bytes())).to_pylist()
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def run(arguments, out, **options):
    run_batch(find_sources(arguments), out, Plan(settings=RULES, **options), jobs=2)
    return json.loads((out / "report.json").read_text())


@pytest.mark.parametrize("form", ["jsonl", "parquet"])
def test_files_of_the_same_name_are_told_apart(tmp_path, monkeypatch, form):
    monkeypatch.chdir(tmp_path)
    for folder in "ab":
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.warc").write_bytes(crawl(3))
    found = run(["a/x.warc", "b/x.warc"], tmp_path / "out", format=form)
    places = [(row["source"], row["record"]) for row in rows(tmp_path / "out")]
    assert places == [(f"{folder}/x.warc", number) for folder in "ab" for number in (1, 2, 3)]
    skipped = [(entry["source"], entry["record"]) for entry in found["not_ok"]]
    assert skipped == [("a/x.warc", 0), ("b/x.warc", 0)]


@pytest.mark.parametrize("form", ["jsonl", "parquet", "json"])
def test_names_that_are_not_utf8_are_written_the_same(tmp_path, monkeypatch, form):
    monkeypatch.chdir(tmp_path)
    (tmp_path / os.fsdecode(b"caf\xe9.html")).write_text(page(1))
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text(" ")
    names = sorted(path.name for path in tmp_path.iterdir())
    found = run(names, tmp_path / "out", format=form)
    shown = ["caf\\xe9.html", "caf\\xe9.txt"]
    if form == "json":
        pages = sorted((tmp_path / "out/pages").iterdir())
        sources = [json.loads(path.read_bytes())["source"] for path in pages]
    else:
        sources = [row["source"] for row in rows(tmp_path / "out")]
    assert sources == shown
    assert [entry["source"] for entry in found["not_ok"]] == shown[1:]
