"""Rows of a Parquet file, a page on each."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from cleaner.errors import SourceError
from cleaner.reading.fields import chosen_names, page_of
from cleaner.reading.items import DEFAULT_FIELDS, Item, Reading

_ROWS = 64
"""Rows read at a time."""

_CHUNK = 1 << 20

_COPY = 256
"""Times the size of a document that a compressed Parquet file may have, which is copied to disk."""


def read_parquet(stream: BinaryIO, source: str, reading: Reading) -> Iterator[Item]:
    """An item for every row. Raises `SourceError` when the file is broken or has no content."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    record = 0
    with _seekable(stream, _COPY * reading.most) as file:
        try:
            table = pq.ParquetFile(file)
            names = chosen_names(table.schema_arrow.names, reading.fields)
            _check_content(names, reading)
            columns = sorted(set(names.values()))
            for batch in table.iter_batches(batch_size=_ROWS, columns=columns):
                for row in _rows(batch):
                    yield page_of(row, Item(source, record=record), reading)
                    record += 1
        except (pa.ArrowException, OSError, ValueError) as error:
            raise SourceError(f"the Parquet file is damaged or cut off ({error})") from error


def _check_content(names: dict[str, str], reading: Reading) -> None:
    if "content" not in names:
        tried = reading.fields.content or ", ".join(DEFAULT_FIELDS["content"])
        raise SourceError(f"no column with content ({tried}); name it with --field content=NAME")


def _rows(batch: Any) -> Iterator[dict[str, Any]]:
    """The rows of a batch; text that is not UTF-8 comes as bytes."""
    columns = {name: batch.column(name) for name in batch.schema.names}
    for at in range(batch.num_rows):
        yield {name: _value(column[at]) for name, column in columns.items()}


def _value(scalar: Any) -> Any:
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
