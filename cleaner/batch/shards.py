"""Rows in files of bounded size: JSON lines, plain or compressed, or Parquet.

Rows are gathered as JSON lines in a file of their own, whatever the format. When
it is full it becomes a shard, in one step; so a run that is killed at any moment
goes on from the rows that are known to be written.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from cleaner.batch.files import BINARY, stop_if_fatal, sync
from cleaner.batch.writing import PAGES, TEMPORARY
from cleaner.errors import UsageError

ROWS = 10_000
"""Rows in a shard, at most."""

ROW_BYTES = 64 << 20
"""Bytes of JSON after which a shard is closed."""


class Table(StrEnum):
    """How rows are stored; the value is the suffix of a shard."""

    JSONL = ".jsonl"
    JSONL_ZST = ".jsonl.zst"
    PARQUET = ".parquet"


@dataclass(slots=True)
class Filling:
    """The shard that is being filled: its number, its rows, their bytes."""

    shard: int = 0
    rows: int = 0
    end: int = 0

    @property
    def is_full(self) -> bool:
        """Whether the next row goes to the next shard."""
        return self.rows >= ROWS or self.end >= ROW_BYTES


class ShardFolder:
    """Writes rows into ``OUT/pages/00000.jsonl`` and so on, going on from ``filling``."""

    def __init__(self, out: Path, table: Table, filling: Filling) -> None:
        self._out, self._table, self.filling = out, table, filling
        (out / PAGES).mkdir(parents=True, exist_ok=True)
        self._file: int | None = None
        is_open = filling.end == 0 or self._holds_rows()
        if filling.is_full:
            self.close_shard()
        elif is_open:
            self._open()

    def add(self, row: bytes) -> Filling:
        """Add a row, a line of JSON. Raises `StoppedError` when the disk is full."""
        if self._file is None:
            self._open()
        assert self._file is not None
        try:
            rest = memoryview(row)
            while rest:
                rest = rest[os.write(self._file, rest) :]
        except OSError as error:
            stop_if_fatal(self._rows_path, error)
            raise
        self.filling.rows += 1
        self.filling.end += len(row)
        return self.filling

    def sync(self) -> None:
        """Have the disk keep the rows."""
        if self._file is not None:
            try:
                os.fsync(self._file)
            except OSError as error:
                stop_if_fatal(self._rows_path, error)
                raise

    def close_shard(self) -> dict[str, int]:
        """Make a shard of the rows, when there are any, and begin the next.

        Gives what the journal is to say of it: its number and its size; nothing without rows.
        """
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self.filling.rows and self._rows_path.exists():
            try:
                self._make_shard()
            except OSError as error:
                stop_if_fatal(self._shard_path, error)
                raise
        self._rows_path.unlink(missing_ok=True)
        closed: dict[str, int] = {}
        if self.filling.rows:
            closed = {"closed": self.filling.shard, "size": self._shard_path.stat().st_size}
        self.filling = Filling(self.filling.shard + 1)
        return closed

    def _make_shard(self) -> None:
        if self._table is Table.JSONL:
            self._rows_path.replace(self._shard_path)
        else:
            temporary = self._out / TEMPORARY
            if self._table is Table.PARQUET:
                from cleaner.batch.parquet import write_parquet

                write_parquet(self._rows_path, temporary)
            else:
                _compress(self._rows_path, temporary)
            sync([temporary])
            temporary.replace(self._shard_path)
        sync([self._shard_path])

    def _open(self) -> None:
        """Open the rows, cut back to those that are known to be written."""
        self._file = os.open(
            self._rows_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | BINARY, 0o666
        )
        os.ftruncate(self._file, self.filling.end)

    def _holds_rows(self) -> bool:
        """Whether the rows are there; they are not when they have become a shard already."""
        if self._rows_path.exists() and self._rows_path.stat().st_size >= self.filling.end:
            return True
        if self._shard_path.exists():
            return False
        raise UsageError(
            f"{self._rows_path}: rows that were written are missing; begin again with --overwrite"
        )

    @property
    def _rows_path(self) -> Path:
        return self._out / f"rows-{self.filling.shard:05d}.jsonl"

    @property
    def _shard_path(self) -> Path:
        return self._out / PAGES / f"{self.filling.shard:05d}{self._table.value}"


def _compress(rows: Path, target: Path) -> None:
    import zstandard

    with rows.open("rb") as source, target.open("wb") as file:
        zstandard.ZstdCompressor(level=10, write_checksum=True).copy_stream(
            source, file, size=rows.stat().st_size
        )
