"""gz, zst, bz2 and xz as streams that tell a cut or damaged file from a whole one."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from cleaner.errors import SourceError

_CHUNK = 1 << 16
_ZSTD_CHUNK = 1 << 10
"""zstandard has no bound on what a call gives; this much input gives 32 MB at most."""

_ZSTD_WINDOW = 1 << 27
"""The largest window that ``zstd`` itself accepts without being told."""


class _Decoder(Protocol):
    """What `bz2.BZ2Decompressor` and `lzma.LZMADecompressor` are.

    The libraries are imported by what makes one, for most files are not compressed.
    """

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Decode more, to this many bytes at most."""


class _Gzip:
    """A member of a gz file."""

    def __init__(self) -> None:
        import zlib

        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


class _Zstd:
    """A frame of a zst file."""

    def __init__(self) -> None:
        import zstandard

        inner = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._inner: Any = inner.decompressobj()
        self._rest = b""
        self._ready = b""

    @property
    def eof(self) -> bool:
        return bool(self._inner.eof) and not self._ready

    @property
    def needs_input(self) -> bool:
        return not self._rest and not self._ready

    @property
    def unused_data(self) -> bytes:
        return bytes(self._inner.unused_data) + self._rest

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        self._rest += data
        if not self._ready and self._rest and not self._inner.eof:
            piece, self._rest = self._rest[:_ZSTD_CHUNK], self._rest[_ZSTD_CHUNK:]
            self._ready = self._inner.decompress(piece)
        given, self._ready = self._ready[:max_length], self._ready[max_length:]
        return given


def _bz2() -> _Decoder:
    import bz2

    return bz2.BZ2Decompressor()


def _xz() -> _Decoder:
    import lzma

    return lzma.LZMADecompressor()


MAGIC: dict[bytes, tuple[str, Callable[[], _Decoder]]] = {
    b"\x1f\x8b": ("gz", _Gzip),
    b"\x28\xb5\x2f\xfd": ("zst", _Zstd),
    b"BZh": ("bz2", _bz2),
    b"\xfd7zXZ\0": ("xz", _xz),
}
"""How compressed data begins, what it is called, and what decodes it."""

_KEPT = 1 << 24
"""Bytes of a member that are kept, to look for the next one in when it is damaged."""

_TRIED = 1 << 12
"""Bytes of what looks like a member that are decoded to see whether it is one."""

_AGAIN = 1 << 26
"""Decompressed bytes of a damaged member that are decoded again, for the few before the damage."""

_STEP = 1 << 9
"""How many of them at a time."""

NEEDED = max(map(len, MAGIC))
"""Bytes that are enough to tell."""


def compression_of(head: bytes) -> str:
    r"""The name of the compression that data with this beginning has; empty for none.

    >>> compression_of(b"\x1f\x8b\x08\x00")
    'gz'
    """
    return next((name for magic, (name, _) in MAGIC.items() if head.startswith(magic)), "")


class CutError(SourceError):
    """Compressed data ends before it is complete, or is damaged.

    Where a member is damaged, ``since`` is the decompressed position at which it
    begins: what was given from there on may be wrong.
    """

    def __init__(self, message: str, since: int | None = None) -> None:
        super().__init__(message)
        self.since = since


@dataclass(frozen=True, slots=True)
class Gap:
    """What of compressed data is lost: from byte ``begin`` to ``end``, or to the end of all.

    ``data`` is what lies there, empty where that is too much to be kept.
    """

    begin: int
    end: int | None
    data: bytes

    def __str__(self) -> str:
        if self.end is None:
            return f"all that follows is lost, from byte {self.begin} on"
        return f"what lies from byte {self.begin} to {self.end} is lost"


class _Kept:
    """Bytes that were passed, as long as they are not too many."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self.is_whole = True

    def add(self, data: bytes) -> None:
        """Keep this; where all together is too much, this alone."""
        self._parts.append(data)
        self._size += len(data)
        if self._size > _KEPT and len(self._parts) > 1:
            self._parts, self._size, self.is_whole = [data], len(data), False

    def join(self) -> bytes:
        """All of it, from the first to the last."""
        return b"".join(self._parts)


class Decompressed(io.RawIOBase):
    """The decompressed bytes of a stream, members one after the other.

    Reading raises `CutError` when the data ends within a member or is damaged;
    all that could be decoded before has been given by then. ``members`` are
    the places where members began, decompressed and compressed, for `member_at`.
    After an error, `resume` goes on with a later member.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._magic, self._new = next(
            (magic, new) for magic, (known, new) in MAGIC.items() if known == name
        )
        self._decoder: _Decoder | None = None
        self._data = b""
        self._taken = 0
        self._given = 0
        self._members: deque[tuple[int, int]] = deque()
        self._error: CutError | None = None
        self._kept: _Kept | None = _Kept()
        self._begun = 0

    def readable(self) -> bool:
        """It can be read."""
        return True

    def tell(self) -> int:
        """How many decompressed bytes were given."""
        return self._given

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer as far as it is known what comes; 0 at the end."""
        if self._error is not None:
            raise self._error
        try:
            data = self._some(min(len(buffer), _CHUNK))
        except CutError as error:
            self._error = error
            raise
        buffer[: len(data)] = data
        return len(data)

    def member_at(self, position: int) -> int:
        """Where the member that holds a decompressed position begins in the compressed data.

        Positions must not go back from call to call.
        """
        while len(self._members) > 1 and self._members[1][0] <= position:
            self._members.popleft()
        return self._members[0][1] if self._members else 0

    @property
    def compression(self) -> str:
        """What the compression is called."""
        return self._name

    @property
    def is_broken(self) -> bool:
        """Whether an error has been raised, or will be next."""
        return self._error is not None

    def forget(self) -> None:
        """Keep nothing of what is read: nobody will ask to `resume`."""
        self._kept = None

    def resume(self, beginning: bytes) -> Gap | None:
        """After an error go on with the next member whose data has this beginning.

        What lies between, from where the damaged member begins; None when nothing was kept.
        """
        if self._error is None or self._kept is None:
            return None
        data, lost = self._kept.join(), _Kept()
        lost.is_whole = self._kept.is_whole
        found = self._find_member(data, lost, beginning)
        if found:
            self._error, self._decoder, self._data = None, None, found
        end = self._taken - len(found) if found else None
        return Gap(self._begun, end, lost.join() if lost.is_whole else b"")

    def _find_member(self, data: bytes, lost: _Kept, beginning: bytes) -> bytes:
        """The data from the next member on, empty where there is none."""
        at, is_last = 1, False
        while True:
            found = data.find(self._magic, at)
            if found >= 0 and (is_last or len(data) - found >= _TRIED):
                if self._begins(data[found : found + _TRIED], beginning):
                    lost.add(data[:found])
                    return data[found:]
                at = found + 1
            elif is_last:
                lost.add(data)
                return b""
            else:
                passed = found if found >= 0 else max(at, len(data) - len(self._magic) + 1)
                more = self._read()
                is_last = not more
                lost.add(data[:passed])
                data, at = data[passed:] + more, 0

    def _begins(self, data: bytes, beginning: bytes) -> bool:
        """Whether this is a member, and what it holds has this beginning."""
        decoder = self._new()
        try:
            given = decoder.decompress(data, len(beginning))
        except Exception:  # each library has errors of its own
            return False
        return given == beginning

    def _read(self) -> bytes:
        data = self._stream.read(_CHUNK)
        self._taken += len(data)
        return data

    def _some(self, most: int) -> bytes:
        while True:
            if self._decoder is None and not self._begin_member():
                return b""
            assert self._decoder is not None
            if self._decoder.needs_input and not self._data:
                self._more()
            try:
                given = self._decode(self._decoder, most)
            except CutError as error:
                self._error = error  # it is raised when what came before it has been given
                given = self._salvage(most)
                if not given:
                    raise
            if self._decoder.eof:
                self._data = self._decoder.unused_data
                self._decoder = None
            if given:
                self._given += len(given)
                return given

    def _begin_member(self) -> bool:
        """Start on the next member; False at the end."""
        self._data = self._data.lstrip(b"\0")  # padding, as on tapes
        while len(self._data) < NEEDED:
            more = self._read()
            self._data = (self._data + more).lstrip(b"\0")
            if not more:
                break
        if not self._data:
            return False
        self._begun = self._taken - len(self._data)
        self._members.append((self._given, self._begun))
        if self._kept is not None:
            self._kept = _Kept()
            self._kept.add(self._data)
        if compression_of(self._data) != self._name:
            raise CutError(self._said("is followed by bytes that are none"))
        self._decoder = self._new()
        return True

    def _more(self) -> None:
        self._data = self._read()
        if self._kept is not None:
            self._kept.add(self._data)
        if not self._data:
            raise CutError(self._said("ends early: the file is cut off"))

    def _decode(self, decoder: _Decoder, most: int) -> bytes:
        data, self._data = self._data, b""
        try:
            return decoder.decompress(data, most)
        except Exception as error:  # each library has errors of its own
            since = self._members[-1][0]
            raise CutError(self._said(f"is damaged ({error})"), since) from error

    def _salvage(self, most: int) -> bytes:
        """What a member gives before it is damaged, which the library keeps to itself.

        It is decoded again in small steps from its beginning, as far as that is kept.
        """
        given = self._given - self._members[-1][0]
        if self._kept is None or not self._kept.is_whole or given > _AGAIN:
            return b""
        decoder, data, size = self._new(), self._kept.join(), 0
        parts = []
        with suppress(Exception):  # the damage
            while part := decoder.decompress(data, _STEP):
                data = b""
                size += len(part)
                if size > given:
                    parts.append(part[max(0, len(part) - size + given) :])
        return b"".join(parts)[:most]

    def _said(self, what: str) -> str:
        return f"{self._name} data {what} (at byte {self._taken} of it)"
