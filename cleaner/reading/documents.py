"""A source as its documents: decompressed, told apart, read one by one."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any, BinaryIO, Literal

from cleaner.errors import SourceError
from cleaner.reading.decompress import CutError, Decompressed, compression_of
from cleaner.reading.items import Item, Original, Reading
from cleaner.reading.kinds import HEAD, Kind, kind_of, no_page
from cleaner.reading.no_page import no_page_bytes
from cleaner.reading.sources import Missed, Source

_AGAIN = "fetch the file again"
"""What helps where compressed data is cut or damaged."""

_DEEPEST = 3
"""Compressions inside each other that are undone; nobody means more."""


def read_items(source: Source | Missed, reading: Reading | None = None) -> Iterator[Item]:
    """The documents of a source, in order; never raises on what is in it.

    What cannot be read is an item that failed; at a damaged place in a file
    that holds many, one such item stands for what is missing there.
    """
    if isinstance(source, Missed):
        outcome: Literal["failed", "skipped"] = "failed" if source.failed else "skipped"
        yield Item(source.name, outcome=outcome, reason=source.reason, where=source.where)
        return
    reading = reading or Reading()
    whole = _whole_file(source, reading)
    following: int | None = None
    try:
        with closing(source.open()) as file:
            for item in _read(file, source.name, reading):
                yield replace(
                    item,
                    where=source.where,
                    consumed=_position(file),
                    original=_original(item, whole),
                )
                following = None if item.record is None else item.record + 1
    except CutError as error:
        lost = "" if following is None else "; nothing after that can be read"
        reason = f"{error}{lost}; {_AGAIN}"
    except SourceError as error:
        reason = str(error)
    except OSError as error:
        reason = f"cannot be read ({error.strerror or error})"
    except Exception as error:  # a defect of the program, or of a library, ends this file only
        said = f"{type(error).__name__}: {error}"
        reason = f"failed inside the program while it was read ({said}); please report it"
    else:
        return
    item = Item(source.name, record=following, outcome="failed", reason=reason, where=source.where)
    yield replace(item, original=_original(item, whole))


def _original(item: Item, whole: Original | None) -> Original | None:
    """What is kept of a document; of one that is skipped nothing, be it ever so large."""
    if item.outcome == "skipped":
        return None
    return whole if item.record is None else item.original


def _whole_file(source: Source, reading: Reading) -> Original | None:
    """The file itself, when a document may be so large."""
    if source.path is None or source.size > reading.most:
        return None
    return Original(source.path)


def _read(file: BinaryIO, name: str, reading: Reading) -> Iterator[Item]:
    stream, head = _look(file)
    packed: Decompressed | None = None
    depth = 0
    while compression := compression_of(head):
        if depth == _DEEPEST:
            raise SourceError(f"compressed more than {_DEEPEST} times; decompress it first")
        packed = Decompressed(stream, compression)
        stream, head = _look(packed)
        depth += 1
    kind = kind_of(head, name, reading.fields)
    if kind is Kind.PAGE and ".warc" in name and packed is not None and packed.is_broken:
        kind = Kind.WARC  # of which the first member is damaged
    if packed is not None and (kind is not Kind.WARC or depth > 1):
        packed.forget()
    match kind:
        case Kind.WARC:  # 5 ms to import these readers, and most files are a page
            from cleaner.reading.warc import read_warc

            yield from read_warc(stream, name, reading, packed if depth == 1 else None)
        case Kind.PARQUET:
            from cleaner.reading.parquet import read_parquet

            yield from read_parquet(stream, name, reading)
        case Kind.JSONL:
            from cleaner.reading.jsonl import read_jsonl

            yield from read_jsonl(stream, name, reading)
        case Kind.JSON:
            from cleaner.reading.json_values import read_json

            yield from read_json(stream, name, reading)
        case Kind.PAGE:
            yield _read_page(stream, name, reading, head)


def _read_page(stream: io.BufferedReader, name: str, reading: Reading, head: bytes) -> Item:
    """The whole file as one page."""
    if other := no_page(head):  # without reading the rest
        return Item(name, outcome="skipped", reason=f"{other} is no page")
    parts: list[bytes] = []
    size = 0
    try:
        while size <= reading.most and (part := stream.read1(HEAD)):
            parts.append(part)
            size += len(part)
    except CutError as error:
        return Item(name, b"".join(parts), outcome="failed", reason=f"{error}; {_AGAIN}")
    if size > reading.most:
        return Item(name, outcome="failed", reason=reading.too_large())
    content = b"".join(parts)
    if other := no_page_bytes(content):
        return Item(name, outcome="skipped", reason=f"{other} is no page")
    return Item(name, content)


def _look(raw: BinaryIO | Decompressed) -> tuple[io.BufferedReader, bytes]:
    """A stream with what it begins with, which stays to be read."""
    head = b""
    try:
        while len(head) < HEAD and (part := raw.read(HEAD - len(head))):
            head += part
    except CutError:
        pass  # it will be raised again by whoever reads on
    if raw.seekable():
        raw.seek(0)
        return io.BufferedReader(raw, HEAD), head  # type: ignore[arg-type]
    return io.BufferedReader(_Again(head, raw), HEAD), head


class _Again(io.RawIOBase):
    """A stream of which the head has been read, as if it had not."""

    def __init__(self, head: bytes, rest: BinaryIO | Decompressed) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._head:
            data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            data = self._rest.read(len(buffer)) or b""
        buffer[: len(data)] = data
        return len(data)


def _position(file: BinaryIO) -> int:
    try:
        return file.tell()
    except (OSError, ValueError):
        return 0
