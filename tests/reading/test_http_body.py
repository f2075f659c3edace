"""Bodies of responses that are encoded, and end too early."""

import gzip
import os
import zlib

import brotli
import pytest
import zstandard
from archives import page, record, told

ENCODE = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}
BODY = b"<html>" + b"".join(
    b"<p>Bridge %d has the number %s.</p>" % (n, os.urandom(8).hex().encode()) for n in range(900)
)


def chunked(data, size=1000):
    parts = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def coded(name, data, more=""):
    return record(data, http=f"Content-Encoding: {name}\r\n{more}")


@pytest.mark.parametrize("name", ENCODE)
@pytest.mark.parametrize("cut", [4, 500, 5000])
def test_a_body_cut_inside_its_encoding_fails(read, name, cut):
    packed = ENCODE[name](BODY)
    items = read(coded(name, packed) + coded(name, packed[:-cut]) + record(b"two"))
    assert told(items) == ["page", "failed", "page"]
    assert items[0].content == BODY
    assert "cut inside its encoding" in items[1].reason
    assert (items[1].url, items[1].media_type) == ("https://example.org/a", "text/html")


def test_a_body_cut_between_its_chunks_fails(read):
    packed = chunked(BODY)
    items = read(
        b"".join(
            record(each, http="Transfer-Encoding: chunked\r\n") for each in (packed, packed[:-600])
        )
    )
    assert told(items) == ["page", "failed"]
    more = "Transfer-Encoding: chunked\r\n"
    packed = gzip.compress(BODY)
    items = read(coded("gzip", chunked(packed), more) + coded("gzip", chunked(packed[:-90]), more))
    assert told(items) == ["page", "failed"]


@pytest.mark.parametrize("name", [*ENCODE, "identity", "utf-8"])
def test_headers_that_lie_of_an_encoding_do_no_harm(read, name):
    content = page(1).encode()
    for more in ("", "Transfer-Encoding: chunked\r\n"):
        (item,) = read(coded(name, content, more))
        assert (item.content, item.outcome) == (content, "")


def test_an_empty_body_is_empty(read):
    for name in ENCODE:
        (item,) = read(coded(name, b""))
        assert (item.content, item.outcome) == (b"", "")


def test_a_damaged_body_fails(read):
    packed = bytearray(gzip.compress(BODY))
    packed[len(packed) // 2 : len(packed) // 2 + 9] = bytes(9)
    assert told(read(coded("gzip", bytes(packed)))) == ["failed"]
