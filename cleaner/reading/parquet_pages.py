"""How large the pages of a Parquet file are, from their headers, before any is unpacked.

pyarrow unpacks a page whole, whatever its size, and what the footer says of sizes
need not be true. A page's header is a struct in Thrift's compact protocol.
"""

from __future__ import annotations

from typing import Any, BinaryIO

from cleaner.errors import SourceError

_HEADER = 1 << 12
"""Bytes in which a header is looked for first; it may hold values of the page."""

_LONGEST_HEADER = 1 << 24
_DEEPEST = 16

_SIZE, _PACKED_SIZE = 2, 3
"""The fields of a header that say how many bytes the page has, unpacked and as it is."""


class _Thrift:
    """Values of the compact protocol, one after the other. Raises `IndexError` at the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.at = 0

    def struct(self, depth: int = 0) -> dict[int, int]:
        """The numbers among the fields of a struct; all else is passed over."""
        if depth > _DEEPEST:
            raise ValueError("a header with structs in structs")
        numbers, number = {}, 0
        while (head := self._byte()) & 0x0F:
            number = number + (head >> 4) if head >> 4 else self._signed()
            value = self._value(head & 0x0F, depth)
            if value is not None:
                numbers[number] = value
        return numbers

    def _value(self, kind: int, depth: int) -> int | None:
        match kind:
            case 4 | 5 | 6:  # integers of two, four and eight bytes
                return self._signed()
            case 1 | 2:  # true and false, which have no bytes
                pass
            case 3:  # a byte
                self.at += 1
            case 7:  # a double
                self.at += 8
            case 8:  # bytes, after their number
                size = self._unsigned()
                self.at += size
            case 9 | 10:
                self._list(depth)
            case 12:
                self.struct(depth + 1)
            case _:
                raise ValueError(f"a header with a value of type {kind}")
        return None

    def _list(self, depth: int) -> None:
        head = self._byte()
        size = head >> 4 if head >> 4 < 15 else self._unsigned()
        kind = head & 0x0F
        for _ in range(size):
            self._byte() if kind in (1, 2) else self._value(kind, depth + 1)

    def _byte(self) -> int:
        self.at += 1
        return self._data[self.at - 1]

    def _unsigned(self) -> int:
        value = shift = 0
        while (byte := self._byte()) & 0x80:
            value |= (byte & 0x7F) << shift
            shift += 7
        return value | byte << shift

    def _signed(self) -> int:
        value = self._unsigned()
        return value >> 1 ^ -(value & 1)


def largest_page(file: BinaryIO, chunk: Any) -> int:
    """The bytes of the largest page in a column chunk, unpacked.

    ``chunk`` is pyarrow's metadata of it. Raises `SourceError` where a header
    cannot be read. Leaves the file where it stood.
    """
    before = file.tell()
    try:
        return _largest(file, _begin(chunk), chunk.total_compressed_size)
    except (IndexError, ValueError, KeyError) as error:
        raise SourceError(f"the Parquet file is damaged (a page header: {error})") from error
    finally:
        file.seek(before)


def _begin(chunk: Any) -> int:
    offsets = (chunk.dictionary_page_offset, chunk.data_page_offset)
    return min(int(offset) for offset in offsets if offset)


def _largest(file: BinaryIO, begin: int, length: int) -> int:
    at, largest = begin, 0
    while at < begin + length:
        header, header_size = _header(file, at)
        largest = max(largest, header[_SIZE])
        if header[_PACKED_SIZE] < 0:
            raise ValueError("a page of less than no bytes")
        at += header_size + header[_PACKED_SIZE]
    return largest


def _header(file: BinaryIO, at: int) -> tuple[dict[int, int], int]:
    """The numbers in the header at this place, and its length."""
    size = _HEADER
    while True:
        file.seek(at)
        thrift = _Thrift(file.read(size))
        try:
            return thrift.struct(), thrift.at
        except IndexError:
            size *= 16
            if size > _LONGEST_HEADER:
                raise
