"""Rows of a Parquet file, a page on each."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, BinaryIO

from cleaner.errors import SourceError
from cleaner.reading.fields import chosen_names, page_of
from cleaner.reading.items import DEFAULT_FIELDS, MEGABYTE, Item, Original, Reading

_PAGE = 128 << 20
"""Bytes of a page, unpacked, that are always read; some programs write pages of 100 MB."""

_PAGE_DOCUMENTS = 2
"""Pages may be larger than that when documents may: so many times as large as one."""

_CHUNK = 1 << 20

_COPY = 256
"""Times the size of a document that a compressed Parquet file may have, which is copied to disk."""


def read_parquet(stream: BinaryIO, source: str, reading: Reading) -> Iterator[Item]:
    """An item for every row. Raises `SourceError` when the file is broken or has no content.

    One row is unpacked at a time, with the page that it stands in; where a page
    is too large for that, one item stands for its row group, which is passed over.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with _seekable(stream, _COPY * reading.most) as file:
        try:
            table = pq.ParquetFile(file)
            names = chosen_names(table.schema_arrow.names, reading.fields)
            _check_content(names, reading)
            columns = sorted(set(names.values()))
            record = 0
            for group in range(table.num_row_groups):
                place = Item(source, record=record)
                yield from _read_group(table, file, group, columns, place, reading)
                record += table.metadata.row_group(group).num_rows
        except (pa.ArrowException, OSError, ValueError) as error:
            raise SourceError(f"the Parquet file is damaged or cut off ({error})") from error


def _read_group(
    table: Any, file: BinaryIO, group: int, columns: list[str], place: Item, reading: Reading
) -> Iterator[Item]:
    """The rows of a row group, of which the first is at ``place``."""
    first = place.record or 0
    largest = _largest_page(table.metadata.row_group(group), file, columns)
    if largest > max(_PAGE, _PAGE_DOCUMENTS * reading.most):
        rows = table.metadata.row_group(group).num_rows
        reason = (
            f"rows {first} to {first + rows - 1} are not read: they stand in a page of "
            f"{largest / MEGABYTE:.0f} MB; allow more with --max-size"
        )
        yield replace(place, outcome="failed", reason=reason)
        return
    batches = table.iter_batches(batch_size=1, row_groups=[group], columns=columns)
    for number, row in enumerate(batches, first):
        yield _read_row(row, replace(place, record=number), reading)


def _largest_page(group: Any, file: BinaryIO, columns: list[str]) -> int:
    """The bytes of the largest page of these columns, unpacked."""
    from cleaner.reading.parquet_pages import largest_page

    chunks = map(group.column, range(group.num_columns))
    begins = tuple(f"{name}." for name in columns)  # as of a list's items
    wanted = [chunk for chunk in chunks if f"{chunk.path_in_schema}.".startswith(begins)]
    return max((largest_page(file, chunk) for chunk in wanted), default=0)


def _check_content(names: dict[str, str], reading: Reading) -> None:
    if "content" not in names:
        tried = reading.fields.content or ", ".join(DEFAULT_FIELDS["content"])
        raise SourceError(f"no column with content ({tried}); name it with --field content=NAME")


def _read_row(row: Any, place: Item, reading: Reading) -> Item:
    """The page of a row, a batch of one; what is too large is never made a Python object."""
    columns = dict(zip(row.schema.names, row.columns, strict=True))
    if any(_size(column) > reading.most for column in columns.values()):
        return replace(place, outcome="failed", reason=reading.too_large())
    place = replace(place, original=Original(row, ".parquet"))
    return page_of({name: _value(each[0]) for name, each in columns.items()}, place, reading)


def _size(column: Any) -> int:
    """The bytes of the only value of a column."""
    scalar = getattr(column[0], "value", column[0])  # that of a dictionary
    if not hasattr(scalar, "as_buffer"):
        return int(column.nbytes)
    return scalar.as_buffer().size if scalar.is_valid else 0


def _value(scalar: Any) -> Any:
    """A row's value; text that is not UTF-8 comes as bytes."""
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        return bytes(scalar.as_buffer())


@contextmanager
def _seekable(stream: BinaryIO, most: int) -> Iterator[BinaryIO]:
    """The stream, or a copy of it in a temporary file: Parquet is read from its end."""
    if stream.seekable():
        stream.seek(0)
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        while chunk := stream.read(_CHUNK):
            copy.write(chunk)
            if copy.tell() > most:
                raise SourceError(
                    "a compressed Parquet file that is too large; decompress it first"
                )
        copy.seek(0)
        yield copy
