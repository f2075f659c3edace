"""A document in the form in which its file holds it, so that it can be read again alone."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyarrow import RecordBatch


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of a record, or where they are: a whole file, a row of a table.

    ``suffix`` is that of a file which holds nothing else, empty for a whole file.
    """

    data: bytes | Path | RecordBatch
    suffix: str = ""

    @property
    def size(self) -> int:
        """The bytes that it keeps in memory."""
        if isinstance(self.data, bytes):
            return len(self.data)
        return 0 if isinstance(self.data, Path) else int(self.data.nbytes)

    def read(self) -> bytes:
        """What a file that holds nothing else has in it. Raises `OSError` or `ValueError`."""
        if isinstance(self.data, bytes):
            return self.data
        if isinstance(self.data, Path):
            return self.data.read_bytes()
        import pyarrow as pa
        import pyarrow.parquet as pq

        file = io.BytesIO()
        pq.write_table(pa.Table.from_batches([self.data]), file)
        return file.getvalue()
