"""Where the records of a WARC file begin and end, also where it is damaged."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BufferedReader

from cleaner.errors import SourceError
from cleaner.reading.decompress import CutError, Gap

HEADER = 1 << 16
"""Bytes that the header of a record may have."""

_KEPT = 1 << 24
"""Bytes between two records that are kept as something that was none."""

_CHUNK = 1 << 18
_MARK = b"WARC/"
_BEGIN = b"\nWARC/"
_VERSION = re.compile(rb"\nWARC/[01]\.[0-9]\r?\n")
_OVERLAP = 16  # bytes of a blank line and a version, less one, which may be cut by a chunk
_END_OF_HEADER = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(rb"^content-length:[ \t]*([0-9]{1,18})[ \t]*\r?$", re.I | re.M)


@dataclass(frozen=True, slots=True)
class Framed:
    """The bytes of one record, from ``start`` on, or why they are not whole.

    Where compressed data is damaged, ``gap`` is what of it is lost.
    """

    start: int
    data: bytes
    problem: str = ""
    gap: Gap | None = None


class _Passed:
    """Bytes that are passed, as long as they are not too many."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._parts: list[bytes] | None = []

    def add(self, data: bytes | bytearray) -> None:
        self._most -= len(data)
        if self._most < 0:
            self._parts = None
        elif self._parts is not None:
            self._parts.append(bytes(data))

    def join(self) -> bytes:
        return b"".join(self._parts or [])


Resume = Callable[[], Gap | None]
"""Goes on after damage in compressed data, as `Decompressed.resume` does."""


class _Window:
    """A stream with a view of what comes, which grows as it is asked for."""

    def __init__(self, stream: BufferedReader, resume: Resume) -> None:
        self._stream = stream
        self._resume = resume
        self.data = bytearray()
        self.start = 0
        self.error: SourceError | None = None
        self._is_done = False

    def fill(self, size: int) -> bool:
        """Have this many bytes in view; False where the stream ends before."""
        while len(self.data) < size and not self._is_done:
            try:
                more = self._stream.read1(_CHUNK)
            except SourceError as error:
                self.error, more = error, b""
            self._is_done = not more
            self.data += more
        return len(self.data) >= size

    def ends_badly(self, end: int) -> bool:
        """Whether what ends after ``end`` bytes is the last of a member that is damaged."""
        is_last = not self.data[end:].strip(b"\r\n")
        return self._since is not None and self._since < self.start + end and is_last

    @property
    def _since(self) -> int | None:
        """Where the member begins that is damaged, if one is."""
        return self.error.since if isinstance(self.error, CutError) else None

    def go_on(self, size: int, problem: str = "") -> Framed:
        """Drop this much of what is in view, as something that is not whole.

        Where that comes of damage, what comes after the damage is in view next; how
        much a damaged member gives depends on how it is read, so nothing of it is given.
        """
        start, error, gap = self.start, self.error, None
        data = bytes(self.data[:size]) if self._since is None else b""
        self.drop(len(self.data) if error else size)
        if error is not None:
            gap = self._resume()
            self.error, self._is_done = None, gap is None or gap.end is None
            problem = str(error) if gap is None else f"{error}; {gap}"
        return Framed(start, data, problem, gap)

    def drop(self, size: int) -> None:
        del self.data[:size]
        self.start += size

    def skip_to_next(self, begin: int, most: int) -> bytes:
        """Drop all up to what looks like the next record, from ``begin`` on, or to the end.

        Gives what was dropped, empty when it is more than ``most`` bytes.
        """
        passed = _Passed(min(most, _KEPT))
        while True:
            found = _find_next(self.data, begin)
            size = found[1] if found else max(0, len(self.data) - _OVERLAP)
            passed.add(self.data[:size])
            self.drop(size)
            if found:
                return passed.join()
            begin, before = 0, len(self.data)
            self.fill(before + _CHUNK)
            if len(self.data) == before:
                passed.add(self.data)
                self.drop(before)
                return passed.join()


def _find_next(data: bytearray, begin: int) -> tuple[int, int] | None:
    """Where, from ``begin`` on, a blank line starts and ends before a record's first line.

    Found by its name first, which is quick in gigabytes of something else.
    """
    at = begin
    while (at := data.find(_BEGIN, at)) >= 0:
        start = at - (data[at - 1 : at] == b"\r")
        if start > begin and data[start - 1] == 10 and _VERSION.match(data, at):
            start -= 1
            return start - (data[start - 1 : start] == b"\r"), at + 1
        at += 1
    return None


def frame_records(
    stream: BufferedReader, most: int, too_large: str, resume: Resume = lambda: None
) -> Iterator[Framed]:
    """The records of a WARC file, one after the other.

    A record whose header or length is wrong, or which is larger than ``most``,
    comes with its problem, and so does a file that is cut; the next record is
    found by how it begins, after damage in compressed data with ``resume``.
    """
    window = _Window(stream, resume)
    while True:
        _drop_line_ends(window)
        if window.data:
            yield _next_record(window, most, too_large)
        elif window.error is not None:
            yield window.go_on(0)
        else:
            return


def _drop_line_ends(window: _Window) -> None:
    while window.fill(1) and window.data[0] in b"\r\n":
        window.fill(4)
        window.drop(len(window.data) - len(window.data.lstrip(b"\r\n")))


def _next_record(window: _Window, most: int, too_large: str) -> Framed:
    start = window.start
    window.fill(HEADER)
    header = _END_OF_HEADER.search(window.data, 0, HEADER)
    if not window.data.startswith(_MARK):
        return _give_up(window, "no WARC record begins here", 0, most)
    if header is None:
        if len(window.data) < HEADER:
            return window.go_on(len(window.data), "the file ends inside a record's header")
        return _give_up(window, f"a record header of more than {HEADER} bytes", 0, most)
    length = _LENGTH.search(window.data, 0, header.end())
    if length is None:
        return _give_up(window, "a record header without Content-Length", header.start(), most)
    end = header.end() + int(length[1])
    if end - header.end() > most:
        return _give_up(window, f"a record {too_large}", header.end(), most)
    is_whole = window.fill(end)
    if is_whole and _ends_at(window, end):
        if window.ends_badly(end):
            return window.go_on(end)
        data = bytes(window.data[:end])
        window.drop(end)
        return Framed(start, data)
    return _wrong_length(window, header.end(), int(length[1]), most, is_whole=is_whole)


def _ends_at(window: _Window, end: int) -> bool:
    """Whether after ``end`` bytes the file ends or another record begins."""
    window.fill(end + 64)
    rest = bytes(window.data[end : end + 64]).lstrip(b"\r\n")
    return rest.startswith(_MARK) or not rest or (len(rest) < 5 and _MARK.startswith(rest))


def _wrong_length(window: _Window, body: int, length: int, most: int, *, is_whole: bool) -> Framed:
    """A record that does not end where it says: it ends where the next one begins."""
    start = window.start
    found = _find_next(window.data, body)
    if found is None and (window.error is not None or not is_whole):
        return window.go_on(len(window.data), "the file ends inside a record")
    said = f"Content-Length says {length} bytes, "
    if found is None:
        data = window.skip_to_next(body, most)
        return Framed(start, data, said + "but no record begins after them")
    data = bytes(window.data[: found[0]])
    window.drop(found[1])
    return Framed(start, data, said + f"but the next record begins after {len(data) - body}")


def _give_up(window: _Window, problem: str, begin: int, most: int) -> Framed:
    start = window.start
    data = window.skip_to_next(begin, most)
    if not window.data and window.error is not None:
        return replace(window.go_on(0), start=start)
    return Framed(start, data, problem)
