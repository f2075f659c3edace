"""Whether the body of an HTTP response came whole, as far as its own encoding tells."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cleaner.reading.no_page import is_binary

_CHUNK = 1 << 16
_MOST_AT_ONCE = 1 << 20
_EITHER_HEADER = 47
"""What tells zlib to take gzip or zlib data, whichever comes."""

_DEFLATED = frozenset({"gzip", "deflate"})
_CHUNK_SIZE = re.compile(rb"[0-9a-f]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r\n", re.I)


def is_deflated(headers: Mapping[str, str]) -> bool:
    """Whether the last encoding of a body is gzip or deflate, which FastWARC takes cut as well."""
    last = (headers.get("Content-Encoding") or "").rpartition(",")[2]
    return last.strip().lower() in _DEFLATED


def is_cut(body: bytes) -> bool:
    """Whether gzip or zlib data ends before it is complete; False of data that is neither.

    >>> import gzip
    >>> packed = gzip.compress(b"A bridge.")
    >>> is_cut(packed), is_cut(packed[:-9]), is_cut(b"A bridge.")
    (False, True, False)
    """
    import zlib

    decoder = zlib.decompressobj(_EITHER_HEADER)
    begun = False
    try:
        for at in range(0, len(body), _CHUNK):
            data = body[at : at + _CHUNK]
            while data and not decoder.eof:
                begun = bool(decoder.decompress(data, _MOST_AT_ONCE)) or begun
                data = decoder.unconsumed_tail
    except zlib.error:
        return False  # FastWARC has said so, or reads what zlib does not
    return begun and not decoder.eof


def undecoded(body: bytes, headers: Mapping[str, str]) -> str:
    """What is wrong with a body that its headers' encodings do not decode; empty where they lie."""
    if headers.get("Content-Encoding") and is_binary(body, None):
        encoding = headers["Content-Encoding"]
        return (
            f"the HTTP body is damaged, cut inside its encoding or in an unknown one ({encoding})"
        )
    if headers.get("Transfer-Encoding") and _CHUNK_SIZE.match(body):
        return "the HTTP body is damaged or cut between its chunks"
    return ""
