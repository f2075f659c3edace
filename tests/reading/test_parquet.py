"""Parquet files of hostile sizes: memory keeps to the size of a document."""

import io
import json
import subprocess
import sys

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archives import told

from cleaner.reading.parquet_pages import largest_page

MEASURED = """
import json, re, sys
from pathlib import Path
from cleaner.reading import Reading, Source, read_items
import pyarrow.parquet

def most():
    return int(re.search("VmHWM:\\s*([0-9]+)", Path("/proc/self/status").read_text())[1])

before = most()
items = [
    (item.outcome, item.record, item.reason)
    for item in read_items(Source("a", "a", Path(sys.argv[1])), Reading(most=int(sys.argv[2])))
]
print(json.dumps([items, (most() - before) / 1024]))
"""


def measured(path, most):
    """Items of a file read in a process of its own, and the megabytes that it took."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, str(path), str(most)], capture_output=True, check=True
    )
    return json.loads(done.stdout)


def repeated(value, count):
    """So many references to one value."""
    return pa.DictionaryArray.from_arrays(pa.array([0] * count, pa.int32()), pa.array([value]))


def written(**columns):
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, compression="zstd")
    return file.getvalue()


def test_a_large_value_named_often_is_unpacked_once_at_a_time(tmp_path):
    path = tmp_path / "a.parquet"
    table = pa.table({"text": repeated("x" * (30 << 20), 64)})
    pq.write_table(table, path, compression="zstd", store_schema=False)  # read as strings
    assert path.stat().st_size < 10_000
    items, megabytes = measured(path, 10 << 20)
    assert [item[:2] for item in items] == [["failed", number] for number in range(64)]
    assert "larger than 10 MB" in items[0][2]
    assert megabytes < 250  # 64 of them have 1920 MB


def test_a_page_that_is_too_large_is_never_unpacked(tmp_path):
    path = tmp_path / "a.parquet"
    one = pa.table({"text": repeated("x" * (150 << 20), 3)})
    with pq.ParquetWriter(path, one.schema, compression="zstd") as writer:
        writer.write_table(one)
        writer.write_table(pa.table({"text": repeated("A bridge.", 2)}).cast(one.schema))
    items, megabytes = measured(path, 10 << 20)
    assert [item[:2] for item in items] == [["failed", 0], ["", 3], ["", 4]]
    assert "rows 0 to 2 are not read" in items[0][2]
    assert "a page of 150 MB" in items[0][2]
    assert megabytes < 50


@pytest.mark.parametrize("column", ["url", "id"])
def test_other_columns_keep_to_the_limit_too(read, column):
    content = written(text=["one", "two"], **{column: ["x", "x" * (2 << 20)]})
    assert told(read(content, most=1 << 20)) == ["page", "failed"]


def test_the_limit_is_that_of_bytes(read):
    items = read(written(text=["x" * 1000, "x" * 1001, "\u00e9" * 501]), most=1000)
    assert told(items) == ["page", "failed", "failed"]


def test_lists_and_structs_are_no_text(read):
    items = read(written(text=[["one"], None], id=[{"a": "b"}, None]))
    assert told(items) == ["failed", "skipped"]
    assert "holds list, not text" in items[0].reason


def test_categories_are_text(read):
    (one, two) = read(written(text=pa.array(["one", None]).dictionary_encode()))
    assert (one.content, two.outcome) == ("one", "skipped")


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"data_page_version": "2.0"},
        {"use_dictionary": False},
        {"compression": "none"},
        {"write_page_index": True, "write_page_checksum": True},
        {"data_page_size": 1000, "write_statistics": False},
    ],
)
def test_the_largest_page_is_found(options):
    file = io.BytesIO()
    texts = [str(number) * number for number in range(500)]
    pq.write_table(pa.table({"text": texts, "n": [list(range(9))] * 500}), file, **options)
    group = pq.ParquetFile(file).metadata.row_group(0)
    sizes = [largest_page(file, group.column(at)) for at in range(2)]
    assert max(map(len, texts)) < sizes[0] <= group.column(0).total_uncompressed_size
    assert 0 < sizes[1] <= group.column(1).total_uncompressed_size


def test_damaged_page_headers_fail(read):
    content = written(text=[str(number) * 100 for number in range(100)])
    for at in range(4, 40):
        damaged = bytearray(content)
        damaged[at] ^= 0xFF
        items = read(bytes(damaged))
        assert len(items) in (1, 100, 101)
