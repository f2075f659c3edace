"""Binary content under a text type, pages under a vague one."""

import io
import random
import zlib

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archives import page, record, told

from cleaner.reading.no_page import no_page_bytes, no_page_content

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
HTML = page(1).encode()


@pytest.mark.parametrize(
    "content",
    [
        PNG,
        b"%PDF-1.5\n%\xe2\xe3\n1 0 obj",
        b"PK\x03\x04" + bytes(26),
        b"RIFF\x10\0\0\0WEBPVP8 ",
        b"\0\0\0\x20ftypmp42",
        random.Random(1).randbytes(5000),
        zlib.compress(random.Random(2).randbytes(5000)),
    ],
)
@pytest.mark.parametrize("media_type", ["text/html", "text/plain; charset=utf-8", ""])
def test_binary_content_is_skipped_whatever_it_is_called(read, content, media_type):
    items = read(record(content, media_type=media_type) + record(HTML))
    assert told(items) == ["skipped", "page"]
    assert "is no page" in items[0].reason


@pytest.mark.parametrize(
    "content",
    [
        b"The bridge \0 opens\0." + b" It is long." * 5,
        b"caf\xe9 " * 100,
        "\u041c\u043e\u0441\u0442".encode("koi8-r") * 100,
        "\u6a4b\u304c\u3042\u308b".encode("iso2022_jp") * 50,
        "\u6a4b\u304c\u3042\u308b".encode("shift_jis") * 50,
        "\ufeffA bridge".encode("utf-16-le"),
        b"PNG images and PDF files, %PDF-1.5 among them",
        b"",
    ],
)
def test_text_of_any_charset_is_a_page(read, content):
    assert told(read(record(content, media_type="text/plain"))) == ["page"]


def test_wide_text_is_known_by_its_media_type():
    content = "A bridge".encode("utf-16-le")
    assert no_page_content(content, "text/html") == "binary data"
    assert not no_page_content(content, "text/html; charset=UTF-16LE")
    assert not no_page_content(content, 'text/html; charset="utf-16"')


@pytest.mark.parametrize(
    "media_type",
    [
        "application/octet-stream",
        "application/vnd.wap.xhtml+xml; charset=utf-8",
        "Binary/Octet-Stream",
    ],
)
def test_a_vague_type_is_asked_for_its_content(read, media_type):
    html = [
        HTML,
        b"\xef\xbb\xbf\n<!-- a --><!DOCTYPE html><p>x",
        b'<?xml version="1.0"?><html xmlns=x>',
    ]
    other = [PNG, b"A bridge.", b"<rss><channel>", b"\0\1\2", b""]
    items = read(b"".join(record(each, media_type=media_type) for each in html + other))
    assert told(items) == ["page"] * 3 + ["skipped"] * 5


def test_a_type_of_no_page_is_skipped_though_html_came(read):
    for media_type in ("image/png", "video/mp4", "text/css", "application/json"):
        assert told(read(record(HTML, media_type=media_type))) == ["skipped"]


def test_rows_that_hold_no_page_are_skipped(read):
    file = io.BytesIO()
    pq.write_table(pa.table({"html": [PNG, HTML]}), file)
    assert told(read(file.getvalue())) == ["skipped", "page"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (random.Random(3).randbytes(3000), "binary data"),
        (bytes(500), "binary data"),
        (PNG, "a PNG image"),
        ("<p>A bridge.</p>".encode("utf-16-be"), ""),
        ("<p>A bridge.</p>".encode("utf-16-le"), ""),
        ("\u041c\u043e\u0441\u0442".encode("koi8-r") * 100, ""),
        (b"The bridge \0 opens\0." + b" It is long." * 5, ""),
        (b"", ""),
    ],
)
def test_bytes_without_a_type_are_told_by_what_they_are(content, what):
    assert no_page_bytes(content) == what
