"""What failed is kept as its file holds it: cleaned alone it fails the same, or comes out the same."""

import bz2
import gzip
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from archives import page, record

from cleaner.batch import BAD, Plan, run_batch
from cleaner.reading import Reading, find_sources
from cleaner.settings import Settings
from cleaner.workers import Limits

RULES = Settings(without=("model",))
HTML = page(1).encode()
KNOWN = ("outcome", "url", "id", "mediaType")


def run(folder, out, limits=None, jobs=None, **reading):
    """Clean a folder; the account of what failed, timed out or crashed."""
    plan = Plan("jsonl", settings=RULES, limits=limits or Limits(), reading=Reading(**reading))
    run_batch(find_sources([folder]), out, plan, jobs=jobs)
    found = json.loads((out / "report.json").read_text())["not_ok"]
    return [entry for entry in found if entry["outcome"] in BAD]


def rows(out):
    return [json.loads(line) for line in (out / "pages/00000.jsonl").read_bytes().splitlines()]


def same(before, after):
    """What of two accounts must be the same, in order of the reasons."""
    return [
        sorted(str([entry.get(name) for name in KNOWN]) for entry in entries)
        for entries in (before, after)
    ]


def headless(data):
    return data.replace(b"Content-Length", b"Content-Longth")


def damaged(data, at):
    return data[:at] + bytes(8) + data[at + 8 :]


GOOD = record(b"two")
GZ = gzip.compress(record(HTML * 50))
LINES = b'{"text": "one"}\n'

BROKEN = {
    "length.warc": GOOD + headless(record(HTML)) + GOOD,
    "negative.warc": GOOD + record(HTML, length=-5) + GOOD,
    "short.warc": GOOD + record(HTML, length=100) + GOOD,
    "long.warc": GOOD + record(HTML, length=2000) + GOOD,
    "last.warc": GOOD + record(HTML)[:-30],
    "header.warc": GOOD + record(HTML, url="x" * 70_000) + GOOD,
    "body.warc": GOOD + record(gzip.compress(HTML)[:-9], http="Content-Encoding: gzip\r\n"),
    "member.warc.gz": gzip.compress(GOOD) + damaged(GZ, 60) + gzip.compress(GOOD),
    "cut.warc.gz": gzip.compress(GOOD) + GZ[:-20],
    "lines.jsonl": LINES + b'[1,2]\nnull\n"x"\n{"text": "cut\n{"text": 3, "id": 7}\n' + LINES,
    "latin.jsonl": LINES + b'{"text": "\xe9"}\n' + LINES,
    "array.json": b'[{"text": "one"}, {"text": 3, "url": "u"}, 7, {"a": [1]}]',
    "page.html.gz": gzip.compress(HTML * 9)[:-15],
    "page.zst": zstandard.compress(HTML * 9)[:-5],
    "page.bz2": bz2.compress(HTML * 9) + b"garbage",
    "table.parquet": b"PAR1" + HTML,
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_failed_fails_the_same_alone(tmp_path, name):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(BROKEN[name])
    before = run(tmp_path / "in", tmp_path / "out")
    assert before
    assert all(entry["aside"] for entry in before)
    after = run(tmp_path / "out/aside", tmp_path / "again")
    one, two = same(before, after)
    assert one == two


@pytest.mark.parametrize("column", [{"text": [1, 2]}, {"text": [["a"], None], "url": ["u", "v"]}])
def test_rows_of_a_wrong_type_fail_the_same_alone(tmp_path, column):
    (tmp_path / "in").mkdir()
    pq.write_table(pa.table(column), tmp_path / "in/a.parquet")
    before = run(tmp_path / "in", tmp_path / "out")
    assert before
    one, two = same(before, run(tmp_path / "out/aside", tmp_path / "again"))
    assert one == two


def test_what_took_too_long_comes_out_the_same_alone(tmp_path):
    """URL, id and charset are those of the record, the line or the row."""
    (tmp_path / "in").mkdir()
    polish = "<p>Most nad rzek\u0105 zostanie otwarty w poniedzia\u0142ek.</p>".encode("iso-8859-2")
    body = record(polish, media_type="text/html; charset=iso-8859-2")
    (tmp_path / "in/a.warc.gz").write_bytes(gzip.compress(body))
    values = {"text": page(2), "url": "https://example.org/2", "id": "2"}
    (tmp_path / "in/b.jsonl").write_text(json.dumps(values) + "\n")
    (tmp_path / "in/c.json").write_text(json.dumps([values | {"id": "3"}], indent=1))
    columns = {"html": [polish], "id": [4], "media_type": ["text/html; charset=iso-8859-2"]}
    pq.write_table(pa.table(columns), tmp_path / "in/d.parquet")
    (tmp_path / "in/e.html.gz").write_bytes(gzip.compress(HTML))
    lost = run(tmp_path / "in", tmp_path / "out", Limits(timeout=1e-9), jobs=1)
    assert [entry["outcome"] for entry in lost] == ["timed out"] * 5
    aside = [entry["aside"].rpartition(".")[2] for entry in lost]
    assert aside == ["warc", "jsonl", "json", "parquet", "gz"]
    run(tmp_path / "in", tmp_path / "right")
    assert run(tmp_path / "out/aside", tmp_path / "again") == []
    place = ("source", "record", "offset")
    right, again = (
        [{key: value for key, value in row.items() if key not in place} for row in rows(out)]
        for out in (tmp_path / "right", tmp_path / "again")
    )
    assert right == again
    assert {row["encoding"]["charset"] for row in right} >= {"iso-8859-2"}


def test_compressed_data_is_kept_as_it_was(tmp_path):
    cut = gzip.compress(HTML * 9)[:-15]
    (tmp_path / "page.html.gz").write_bytes(cut)
    run(tmp_path / "page.html.gz", tmp_path / "out")
    assert (tmp_path / "out/aside/page.html.gz").read_bytes() == cut


def test_what_is_too_large_is_not_kept(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.html").write_bytes(HTML * 100)
    (tmp_path / "in/b.warc").write_bytes(record(HTML * 100))
    (tmp_path / "in/c.jsonl").write_text(json.dumps({"text": "x" * 9000}) + "\n")
    failed = run(tmp_path / "in", tmp_path / "out", most=8000)
    assert [entry.get("aside") for entry in failed] == [None] * 3
    assert not (tmp_path / "out/aside").exists()
