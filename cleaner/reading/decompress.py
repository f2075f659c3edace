"""gz, zst, bz2 and xz as streams that tell a cut or damaged file from a whole one."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Callable
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

NEEDED = max(map(len, MAGIC))
"""Bytes that are enough to tell."""


def compression_of(head: bytes) -> str:
    r"""The name of the compression that data with this beginning has; empty for none.

    >>> compression_of(b"\x1f\x8b\x08\x00")
    'gz'
    """
    return next((name for magic, (name, _) in MAGIC.items() if head.startswith(magic)), "")


class CutError(SourceError):
    """Compressed data ends before it is complete, or is damaged."""


class Decompressed(io.RawIOBase):
    """The decompressed bytes of a stream, members one after the other.

    Reading raises `CutError` when the data ends within a member or is damaged;
    all that could be decoded before has been given by then. ``members`` are
    the places where members began, decompressed and compressed, for `member_at`.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._stream = stream
        self._name = name
        self._new = next(new for known, new in MAGIC.values() if known == name)
        self._decoder: _Decoder | None = None
        self._data = b""
        self._taken = 0
        self._given = 0
        self._members: deque[tuple[int, int]] = deque()
        self._error: CutError | None = None

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

    def _some(self, most: int) -> bytes:
        while True:
            if self._decoder is None and not self._begin_member():
                return b""
            assert self._decoder is not None
            if self._decoder.needs_input and not self._data:
                self._more()
            given = self._decode(self._decoder, most)
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
            more = self._stream.read(_CHUNK)
            self._taken += len(more)
            self._data = (self._data + more).lstrip(b"\0")
            if not more:
                break
        if not self._data:
            return False
        if compression_of(self._data) != self._name:
            raise CutError(self._said("is followed by bytes that are none"))
        self._decoder = self._new()
        self._members.append((self._given, self._taken - len(self._data)))
        return True

    def _more(self) -> None:
        self._data = self._stream.read(_CHUNK)
        self._taken += len(self._data)
        if not self._data:
            raise CutError(self._said("ends early: the file is cut off"))

    def _decode(self, decoder: _Decoder, most: int) -> bytes:
        data, self._data = self._data, b""
        try:
            return decoder.decompress(data, most)
        except Exception as error:  # each library has errors of its own
            raise CutError(self._said(f"is damaged ({error})")) from error

    def _said(self, what: str) -> str:
        return f"{self._name} data {what} (at byte {self._taken} of it)"
