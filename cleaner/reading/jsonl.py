"""Lines of JSON, a page on each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from cleaner.reading.fields import page_of
from cleaner.reading.items import Item, Original, Reading

_CHUNK = 1 << 20


def read_jsonl(stream: BinaryIO, source: str, reading: Reading) -> Iterator[Item]:
    """An item for every line that is not blank; one that is broken fails alone."""
    offset, record = 0, 0
    while line := stream.readline(reading.most + 1):
        length = len(line)
        is_long = length > reading.most and not line.endswith(b"\n")
        if is_long:
            length += _drain_line(stream)
        if line.strip():
            place = Item(source, record=record, offset=offset)
            if is_long:
                yield replace(place, outcome="failed", reason=f"a line {reading.too_large()}")
            else:
                place = replace(place, original=Original(line, ".jsonl"))
                yield _read_line(line, place, reading)
            record += 1
        offset += length


def _read_line(line: bytes, place: Item, reading: Reading) -> Item:
    try:
        value: Any = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError as error:
        reason = f"the line is not UTF-8 (at its byte {error.start}); mend it"
    except json.JSONDecodeError as error:
        what = error.msg.removesuffix(" at")
        reason = f"the line is broken JSON ({what} at character {error.pos}); mend it"
    except (ValueError, RecursionError) as error:
        reason = f"the line cannot be read as JSON ({error})"
    else:
        if isinstance(value, dict):
            return page_of(value, place, reading)
        reason = "the line is JSON, but no object"
    return replace(place, content=line, outcome="failed", reason=reason)


def _drain_line(stream: BinaryIO) -> int:
    """Pass over the rest of a line; its length."""
    length = 0
    while part := stream.readline(_CHUNK):
        length += len(part)
        if part.endswith(b"\n"):
            break
    return length
