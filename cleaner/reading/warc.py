"""Records of WARC and WET files, read by FastWARC."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

from cleaner.reading.decompress import Decompressed
from cleaner.reading.framing import HEADER, Framed, frame_records
from cleaner.reading.http_body import is_cut, is_deflated, undecoded
from cleaner.reading.items import Item, Original, Reading
from cleaner.reading.no_page import no_page_content, no_page_type

_BEGINNING = b"WARC/"

_PAGES = {"response", "resource", "conversion"}
"""The types of records that hold pages."""


def read_warc(
    stream: io.BufferedReader, source: str, reading: Reading, packed: Decompressed | None = None
) -> Iterator[Item]:
    """An item for every record; those that hold no page are skipped, broken ones fail alone.

    ``packed`` is what the stream is read from where it is compressed: it gives
    from a place in the stream the one in the file, and goes on after damage.
    """
    resume = (lambda: None) if packed is None else partial(packed.resume, _BEGINNING)
    framed = frame_records(stream, reading.most, reading.too_large(), resume)
    for number, each in enumerate(framed):
        original = _original(each, packed)
        place = Item(source, record=number, offset=_offset(each, packed), original=original)
        if each.problem:
            yield replace(place, content=each.data, outcome="failed", reason=each.problem)
        else:
            yield _read_record(each.data, place, reading)


def _original(framed: Framed, packed: Decompressed | None) -> Original | None:
    """The record as it stands in the file, as it is compressed there where that is damaged."""
    if framed.gap is not None and packed is not None:
        data = framed.gap.data
        return Original(data, f".warc.{packed.compression}") if data else None
    return Original(framed.data, ".warc") if framed.data else None


def _offset(framed: Framed, packed: Decompressed | None) -> int:
    """Where in the file a record begins: where it is compressed, its member."""
    if framed.gap is not None:
        return framed.gap.begin
    return framed.start if packed is None else packed.member_at(framed.start)


def _read_record(data: bytes, place: Item, reading: Reading) -> Item:
    try:
        record = _open(data, "all")
        item = _page(record, place, reading)
    except Exception as error:
        return _read_undecoded(data, place, reading, error)
    may_be_cut = not item.outcome and is_deflated(record.http_headers or {})
    if may_be_cut and is_cut(_open(data, "transfer").reader.read()):
        reason = "the HTTP body is cut inside its encoding"
        return replace(item, content=data, outcome="failed", reason=reason)
    return item


def _read_undecoded(data: bytes, place: Item, reading: Reading, first: Exception) -> Item:
    """A record whose body cannot be decoded: its headers lie of an encoding, or it is not whole."""
    for decoding in ("transfer", "none"):
        with suppress(Exception):
            record = _open(data, decoding)
            item = _page(record, place, reading)
            body = _open(data, decoding).reader.read(HEADER)
            problem = undecoded(body, record.http_headers or {})
            if problem:
                return replace(item, content=data, outcome="failed", reason=problem)
            return item
    reason = f"the record cannot be read ({first})"
    return replace(place, content=data, outcome="failed", reason=reason)


def _page(record: Any, place: Item, reading: Reading) -> Item:
    """The page that a record holds, or why it holds none."""
    known = _known(record, place)
    other = _no_page(record, known.media_type)
    if other:
        return replace(known, outcome="skipped", reason=other)
    content = record.reader.read(reading.most + 1)
    if len(content) > reading.most:
        return replace(known, outcome="failed", reason=reading.too_large())
    other = no_page_content(content, known.media_type)
    if other:
        return replace(known, outcome="skipped", reason=f"{other} is no page")
    return replace(known, content=content)


def _open(data: bytes, decoding: Any) -> Any:
    """The record as FastWARC has it, with its body to be read."""
    from fastwarc.warc import ArchiveIterator

    return next(
        iter(
            ArchiveIterator(
                io.BytesIO(data),
                parse_http=True,
                auto_decode=decoding,
                max_header_len=HEADER,
                quirks_mode=True,
                stream_detect=False,
            )
        )
    )


def _known(record: Any, place: Item) -> Item:
    """The place with what the record's headers say."""
    headers, http = record.headers, record.http_headers
    return replace(
        place,
        url=(headers.get("WARC-Target-URI") or "").strip("<> ") or None,
        id=record.record_id or None,
        media_type=http.get("Content-Type") if http else headers.get("Content-Type"),
    )


def _no_page(record: Any, media_type: str | None) -> str:
    """Why a record holds no page, as far as its headers say."""
    kind = (record.headers.get("WARC-Type") or "unknown").lower()
    if kind not in _PAGES:
        return f"a record of type {kind} holds no page"
    other = no_page_type(media_type)
    return f"{other} is no page" if other else ""
