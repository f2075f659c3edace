"""Pages and archives for the tests."""

from __future__ import annotations

import gzip

BRIDGE = "The new bridge over the river opens on Monday, the council said in the evening."


def page(number: int) -> str:
    return f"<html><body><h1>Page {number}</h1><p>{BRIDGE} It is number {number}.</p></body></html>"


def record(
    body: bytes,
    *,
    kind: str = "response",
    url: str = "https://example.org/a",
    media_type: str = "text/html",
    http: str = "",
    length: int | None = None,
) -> bytes:
    """A WARC record; ``http`` are further header lines."""
    if kind in ("response", "request", "revisit"):
        first = b"HTTP/1.1 200 OK\r\nContent-Type: " + media_type.encode()
        body = first + b"\r\n" + http.encode() + b"\r\n" + body
        media_type = "application/http; msgtype=response"
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789abc>\r\n"
        f"Content-Type: {media_type}\r\n"
        f"Content-Length: {len(body) if length is None else length}\r\n\r\n"
    )
    return header.encode() + body + b"\r\n\r\n"


def crawl(count: int) -> bytes:
    """A gz WARC file of so many pages, after its warcinfo."""
    records = [record(b"software: test\r\n", kind="warcinfo", media_type="application/warc-fields")]
    records += [
        record(page(number).encode(), url=f"https://example.org/{number}")
        for number in range(count)
    ]
    return b"".join(gzip.compress(each, 1) for each in records)


def told(items):
    """What became of each item: a page, or the outcome that reading gave it."""
    return [item.outcome or "page" for item in items]
