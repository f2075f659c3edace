"""One JSON object, or an array of them, over any number of lines: a page in each."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from cleaner.errors import SourceError
from cleaner.reading.fields import page_of
from cleaner.reading.items import Item, Original, Reading
from cleaner.reading.json_sniff import is_cut

_CHUNK = 1 << 16
_SPACE = " \t\r\n\ufeff"
_DECODER = json.JSONDecoder()


class _Text:
    """A stream as text, of which no more is in view than is asked for.

    ``at`` is the place in ``view`` up to which it has been taken, ``offset`` the
    byte of it. Bytes that are not UTF-8 are kept as lone surrogates.
    """

    def __init__(self, stream: io.BufferedReader) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
        self._is_done = False
        self.view = ""
        self.at = 0
        self.offset = 0

    def more(self) -> bool:
        """Have twice as much in view; False at the end."""
        if self._is_done:
            return False
        parts = [self.view[self.at :]]
        wanted = max(_CHUNK, len(parts[0]))
        while wanted > 0 and not self._is_done:
            data = self._stream.read1(wanted)
            self._is_done = not data
            wanted -= len(data)
            parts.append(self._decoder.decode(data, final=not data))
        self.view, self.at = "".join(parts), 0
        return True

    def take(self, end: int) -> bytes:
        """The bytes of the view up to ``end``, which are taken."""
        part = self.view[self.at : end].encode("utf-8", "surrogateescape")
        self.at = end
        self.offset += len(part)
        return part

    def next_sign(self) -> str:
        """The next character that is no white space, which is not taken; empty at the end."""
        while True:
            end = self.at
            while end < len(self.view) and self.view[end] in _SPACE:
                end += 1
            self.take(end)
            if end < len(self.view):
                return self.view[end]
            if not self.more():
                return ""


def read_json(stream: io.BufferedReader, source: str, reading: Reading) -> Iterator[Item]:
    """An item for every value of an array, or for the only one; they are read one by one.

    Raises `SourceError` where the JSON is broken or cut off, or a value is larger
    than a document may be: nobody knows where the next one begins.
    """
    text = _Text(stream)
    ends = "]" if text.next_sign() == "[" else ""
    if ends:
        text.take(text.at + 1)
    record = 0
    while (sign := text.next_sign()) and sign != ends:
        if record:
            _pass_comma(text, sign if ends else "")
        yield _read_value(text, Item(source, record=record, offset=text.offset), reading)
        record += 1
    if sign:
        text.take(text.at + 1)
    if sign != ends or text.next_sign():
        raise _broken(text, "cut off" if sign != ends else "followed by something else")


def _pass_comma(text: _Text, sign: str) -> None:
    if sign != ",":
        raise _broken(text, "followed by something else" if not sign else "without a comma")
    text.take(text.at + 1)
    text.next_sign()


def _read_value(text: _Text, place: Item, reading: Reading) -> Item:
    value, data = _take_value(text, reading)
    place = replace(place, original=Original(b"[%s]\n" % data, ".json"))
    reason = "a JSON value that is no object"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        reason = f"the JSON is not UTF-8 (at byte {error.start} of it); mend it"
    else:
        if isinstance(value, dict):
            return page_of(value, place, reading)
    return replace(place, content=data, outcome="failed", reason=reason)


def _take_value(text: _Text, reading: Reading) -> tuple[Any, bytes]:
    """The next value, and its bytes."""
    while True:
        try:
            value, end = _DECODER.raw_decode(text.view, text.at)
        except json.JSONDecodeError as error:
            if not is_cut(text.view, error):
                raise _broken(text, f"broken ({error.msg})", error.pos) from error
            if len(text.view) - text.at > reading.most:
                raise SourceError(f"a JSON object {reading.too_large()}") from error
            if not text.more():
                raise _broken(text, "cut off", error.pos) from error
        except RecursionError as error:
            raise _broken(text, "no page (too many brackets in brackets)") from error
        else:
            return value, text.take(end)


def _broken(text: _Text, what: str, at: int | None = None) -> SourceError:
    begun = text.view[text.at : text.at if at is None else at]
    byte = text.offset + len(begun.encode("utf-8", "surrogateescape"))
    return SourceError(
        f"the JSON is {what} at byte {byte}; nothing after that can be read; mend it"
    )
