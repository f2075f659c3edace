"""Inputs of every kind, whole and broken: a clear outcome for each document, nothing else lost."""

import bz2
import gzip
import io
import json
import lzma
import os
import subprocess
import sys
import tracemalloc
import zlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from archives import crawl, page, record, told
from peak import megabytes_more

from cleaner.reading import Fields, Source, find_sources, read_items

PACK = {
    "gz": gzip.compress,
    "zst": zstandard.ZstdCompressor(write_checksum=True).compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
}


@pytest.mark.parametrize("name", PACK)
def test_compressed_pages_are_read_and_cut_ones_fail(read, name):
    content = page(1).encode() * 500
    packed = PACK[name](content)
    (item,) = read(packed)
    assert (item.outcome, item.content) == ("", content)
    (item,) = read(packed + packed)
    assert item.content == content * 2
    for size in (len(packed) - 1, len(packed) // 2, 20):
        (item,) = read(packed[:size])
        assert (item.outcome, item.record) == ("failed", None)
        assert "cut off" in item.reason
        assert item.reason.endswith("; fetch the file again")
        assert content.startswith(item.content)
    (item,) = read(packed + b"garbage")
    assert item.outcome == "failed"


@pytest.mark.parametrize("name", PACK)
def test_damaged_compression_fails(read, name):
    packed = bytearray(PACK[name](os.urandom(5000)))
    packed[len(packed) // 2] ^= 0xFF
    packed[-6] ^= 0xFF
    (item,) = read(bytes(packed))
    assert item.outcome == "failed"
    assert item.reason.endswith("; fetch the file again")


def test_compressions_inside_each_other_are_undone(read):
    (item,) = read(gzip.compress(zstandard.compress(page(1).encode())))
    assert item.content == page(1).encode()
    (item,) = read(gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x")))))
    assert "more than 3 times" in item.reason


def bomb(size):
    """``size`` bytes of zeros as gz, without ever having them."""
    packer = zlib.compressobj(9, wbits=31)
    chunk = bytes(1 << 24)
    parts = [packer.compress(chunk) for _ in range(size // len(chunk))]
    return b"".join(parts) + packer.flush()


def test_a_bomb_fails_at_the_limit(read):
    """A member of 160 MB of zeros, 62 times: 10 GB, of which no more than the limit is made."""
    packed = bomb(160 << 20) * 62
    tracemalloc.start()
    (item,) = read(packed)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (item.outcome, item.content) == ("failed", b"")
    assert "larger than 64 MB" in item.reason
    assert most < 250 << 20


@pytest.mark.parametrize("kind", [bz2.compress, lzma.compress, zstandard.compress])
def test_other_bombs_fail_at_the_limit(read, kind):
    (item,) = read(kind(bytes(20 << 20)), most=1 << 20)
    assert "larger than 1 MB" in item.reason


def test_a_bomb_in_a_warc_costs_one_record(read):
    zeros = gzip.compress(record(bytes(3 << 20)))
    items = read(crawl(1) + zeros + crawl(1), most=1 << 20)
    assert told(items) == ["skipped", "page", "failed", "skipped", "page"]
    encoded = record(gzip.compress(bytes(3 << 20)), http="Content-Encoding: gzip\r\n")
    items = read(encoded + record(b"two"), most=1 << 20)
    assert told(items) == ["failed", "page"]
    assert "larger than" in items[0].reason


def test_warc_records_have_their_place(read):
    items = read(crawl(3))
    assert told(items) == ["skipped", "page", "page", "page"]
    last = items[-1]
    assert last.content == page(2).encode()
    assert (last.record, last.url, last.media_type) == (3, "https://example.org/2", "text/html")
    data = crawl(3)
    again = io.BytesIO(data)
    again.seek(last.offset)
    assert b"Page 2" in gzip.decompress(again.read())
    plain = gzip.decompress(data)
    last = read(plain)[-1]
    assert plain[last.offset :].startswith(b"WARC/1.0")
    assert b"Page 2" in plain[last.offset :]
    assert told(read(zstandard.compress(plain))) == told(items)


def test_records_that_hold_no_page_are_skipped(read):
    kinds = ("request", "revisit", "metadata", "continuation", "nosuch")
    content = b"".join(record(b"x", kind=kind) for kind in kinds)
    types = ("image/png", "application/pdf", "text/css", "video/mp4", "application/octet-stream")
    content += b"".join(record(b"x", media_type=kind) for kind in types)
    items = read(content + record(b"A bridge.", kind="conversion", media_type="text/plain"))
    assert told(items) == ["skipped"] * 10 + ["page"]
    assert all(item.reason for item in items[:-1])
    assert [item.original is None for item in items] == [True] * 10 + [False]


def test_a_cut_warc_keeps_what_is_whole(read):
    data = crawl(3)
    for content in (data[:-30], gzip.decompress(data)[:-100]):
        items = read(content)
        assert told(items) == ["skipped", "page", "page", "failed"]
        assert items[-1].content.startswith(b"WARC/1.0")
        assert items[-1].offset
    assert told(read(data[:-2])) == ["skipped", "page", "page", "page", "failed"]


@pytest.mark.parametrize("length", [0, 5, 100, 200, 2000])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_wrong_content_length_costs_one_record(read, length, pack):
    body = page(1).encode()
    right = [record(page(number).encode()) for number in range(3)]
    wrong = record(body, length=length)
    items = read(b"".join(map(pack, [right[0], wrong, *right[1:]])))
    assert told(items) == ["page", "failed", "page", "page"]
    assert [item.content for item in items if not item.outcome] == [
        page(number).encode() for number in range(3)
    ]
    assert "Content-Length" in items[1].reason


def test_a_huge_content_length_costs_one_record(read):
    items = read(record(b"x", length=10**15) + record(b"two"))
    assert told(items) == ["failed", "page"]


def test_a_missing_final_newline_is_fine(read):
    data = record(b"one") + record(b"two")
    for content in (data[:-4], data[:-1], data + b"\r\n\r\n\r\n"):
        assert told(read(content)) == ["page", "page"]


def test_garbage_between_records_costs_itself(read):
    items = read(record(b"one") + b"garbage\r\n\r\nmore" + b"\r\n\r\n" + record(b"two"))
    assert told(items)[-1] == "page"
    assert told(items)[0] == "failed" or told(items)[1] == "failed"


def test_chunked_bodies_are_put_together(read):
    chunked = b"5\r\nA bri\r\n4\r\ndge.\r\n0\r\n\r\n"
    items = read(record(chunked, http="Transfer-Encoding: chunked\r\n"))
    assert items[0].content == b"A bridge."
    items = read(record(page(1).encode(), http="Transfer-Encoding: chunked\r\n"))
    assert items[0].content == page(1).encode()


def test_encoded_bodies_are_decoded(read):
    items = read(record(gzip.compress(b"A bridge."), http="Content-Encoding: gzip\r\n"))
    assert items[0].content == b"A bridge."
    items = read(record(b"A bridge.", http="Content-Encoding: gzip\r\n"))
    assert items[0].content == b"A bridge."


def test_a_record_header_without_end_costs_one_record(read):
    """The header is half a gigabyte, most of it compressed away, and is never held."""
    begin = b"WARC/1.0\r\nWARC-Type: response\r\nX-Long: "
    packed = gzip.compress(begin) + bomb(1 << 28) * 2
    path = packed + gzip.compress(b"\r\n\r\n" + record(b"two"))
    items = []
    assert megabytes_more(lambda: items.extend(read(path))) < 100
    assert told(items) == ["failed", "page"]
    assert "header of more than" in items[0].reason


@pytest.mark.parametrize("ending", [b"\n", b"\r\n"])
def test_lines_of_json_are_read_whatever_the_name(read, ending):
    lines = [{"text": "one", "id": 7}, {"text": "two", "url": "u", "content_type": "text/plain"}]
    content = ending.join(json.dumps(line).encode() for line in lines)
    one, two = read(content, "a.txt")
    assert (one.content, one.id, one.record, one.offset) == ("one", "7", 0, 0)
    assert (two.content, two.url, two.media_type) == ("two", "u", "text/plain")
    assert content[two.offset :].startswith(b'{"text": "two"')
    assert told(read(b"\xef\xbb\xbf" + content)) == ["page", "page"]


def test_broken_lines_of_json_cost_themselves(read):
    lines = [
        b'{"text": "cut',
        b'{"text": "one"}',
        b'{"text": "\xff"}',
        b'{"text": "\\ud800 lone"}',
        b"[1]",
        b"",
        b'{"text": 3}',
        b'{"text": null}',
        b'{"other": "x"}',
        b"[" * 100_000,
        b'{"text": "last"}',
    ]
    items = read(b"\n".join(lines), "a.jsonl")
    failed = "failed"
    assert told(items) == [
        failed, "page", failed, "page", failed, failed, "skipped", failed, failed, "page",
    ]  # fmt: skip
    assert items[0].content == lines[0] + b"\n"
    assert all(item.reason for item in items if item.outcome)


def test_a_line_of_200_mb_costs_itself(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "one"}\n{"text": "')
        for _ in range(200):
            file.write(b"x" * (1 << 20))
        file.write(b'"}\n{"text": "two"}\n')
    (source,) = find_sources([path])
    items = list(read_items(source))
    assert told(items) == ["page", "failed", "page"]
    assert "a line larger than 64 MB" in items[1].reason
    assert items[2].offset == path.stat().st_size - len('{"text": "two"}\n')


def test_lines_of_json_that_are_cut_say_what_is_lost(read):
    data = gzip.compress(
        b"".join(b'{"text": "%s"}\n' % os.urandom(40).hex().encode() for _ in range(9))
    )
    items = read(data[:-20])
    assert told(items)[-1] == "failed"
    assert items[-1].reason.endswith("nothing after that can be read; fetch the file again")


def test_fields_are_named(read):
    content = b'{"a": "one", "b": "two", "text": "no"}\n'
    (item,) = read(content, fields=Fields(content="a", url="b"))
    assert (item.content, item.url) == ("one", "two")
    (item,) = read(content, "a.jsonl", fields=Fields(content="c"))
    assert "looked for c" in item.reason


def parquet(**columns):
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file)
    return file.getvalue()


def test_parquet_rows_are_read(read):
    text = ["one", None, "three", ""]
    content = parquet(text=text, url=["u", "v", None, "w"], other=[1, 2, 3, 4])
    for packed in (content, gzip.compress(content)):
        items = read(packed)
        assert told(items) == ["page", "skipped", "page", "page"]
        assert [item.content for item in items] == ["one", b"", "three", ""]
        assert [item.url for item in items] == ["u", "v", None, "w"]
        assert items[3].record == 3


def test_parquet_of_wrong_types_fails_row_by_row(read):
    assert told(read(parquet(text=[1, 2, None]))) == ["failed", "failed", "skipped"]
    assert told(read(parquet(html=[b"<p>x</p>", b"\xff"]))) == ["page", "page"]
    invalid = pa.array([b"\xff\xfe"], pa.binary()).view(pa.string())
    assert read(parquet(text=invalid))[0].content == b"\xff\xfe"
    assert "no column" in read(parquet(other=["x"]))[0].reason


def test_cut_or_damaged_parquet_fails(read):
    content = parquet(text=[str(number) * 100 for number in range(1000)])
    assert told(read(content[:-20])) == ["failed"]
    middle = bytearray(content)
    middle[40:400] = bytes(360)
    items = read(bytes(middle))
    assert told(items)[-1] == "failed"
    assert "Parquet" in items[-1].reason


def test_a_defect_of_a_library_ends_one_file(read, monkeypatch):
    def broken(*_):
        raise RuntimeError("a defect")

    monkeypatch.setattr("cleaner.reading.jsonl.read_jsonl", broken)
    (item,) = read(b'{"text": "x"}')
    assert (item.outcome, "RuntimeError: a defect" in item.reason) == ("failed", True)


def test_files_that_hold_no_page_are_skipped(read):
    for magic in (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"%PDF-1.7", b"PK\x03\x04"):
        (item,) = read(magic + b"rest")
        assert item.outcome == "skipped"


@pytest.mark.parametrize("content", [b"", b"\n", b"\x1f", b"\x1f\x8b", b"{", b"{}", b"W", b"PAR1"])
def test_tiny_files_have_one_outcome(read, content):
    assert len(read(content)) == 1


def test_names_that_are_not_utf8_are_read(read):
    (item,) = read(b"A bridge.", os.fsdecode(b"caf\xe9"))
    assert item.content == b"A bridge."


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")
def test_an_unreadable_file_fails_for_who_may_not_read_it(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x")
    path.chmod(0)
    script = (
        "import os, sys; from pathlib import Path\n"
        "from cleaner.reading import Source, read_items\n"
        "os.setuid(65534)\n"
        "print(list(read_items(Source('a', 'a', Path(sys.argv[1])))))"
    )
    done = subprocess.run([sys.executable, "-c", script, path], capture_output=True, text=True)
    assert "'failed'" in done.stdout, done.stderr


def test_folders_are_filtered_and_patterns_expanded(tmp_path, monkeypatch):
    from cleaner.reading import Filter

    for name in ("a.html", "b.txt", "deep/c.html", "deep/d.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()

    def names(*arguments, **options):
        return [source.name for source in find_sources(arguments, **options)]

    assert names(tmp_path, only=Filter(include=["*.html"])) == ["a.html", "deep/c.html"]
    assert names(tmp_path, only=Filter(exclude=["deep/*", "*.txt"])) == ["a.html"]
    monkeypatch.chdir(tmp_path)
    assert names("*.html") == ["a.html"]
    assert names("**/*.html") == ["a.html", "c.html"]
    assert names("*.nosuch") == ["*.nosuch"]
    (tmp_path / "[x]*.txt").touch()
    assert names("[x]*.txt") == ["[x]*.txt"]


def test_sources_know_their_size(tmp_path):
    (tmp_path / "a").write_text("12345")
    (source,) = find_sources([tmp_path / "a"])
    assert isinstance(source, Source)
    assert (source.size, source.changed > 0) == (5, True)
