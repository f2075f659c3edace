"""What is read: one item for each document, whether or not it is a page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from pyarrow import RecordBatch

MEGABYTE = 1 << 20

Unread = Literal["", "skipped", "failed"]
"""Whether a document is still to be cleaned, was passed over on purpose, or cannot be read."""


@dataclass(frozen=True, slots=True)
class Original:
    """A document as its file holds it: the bytes of a record, a row of a table, a whole file.

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


@dataclass(frozen=True, slots=True)
class Item:
    """One input document, with the place it stands in.

    ``source`` is the name of the file, ``record`` the number of the record in
    it from 0, ``offset`` the byte where that begins; both are None where the
    file is the document. In a compressed WARC the offset is that of the
    compressed record, else that of the decompressed data. ``id`` is the
    record's own. ``outcome`` is empty for a page that is still to be cleaned;
    otherwise ``reason`` says why there is none, and ``content`` holds what
    could be read. ``consumed`` counts the bytes of the file read up to here,
    ``where`` is the file as a user would type it, for messages, rows and reports,
    ``original`` the document as the file holds it, None where that is not at hand.
    """

    source: str
    content: bytes | str = b""
    record: int | None = None
    offset: int | None = None
    url: str | None = None
    media_type: str | None = None
    id: str | None = None
    outcome: Unread = ""
    reason: str = ""
    consumed: int = 0
    where: str = ""
    original: Original | None = None

    @property
    def file(self) -> str:
        """The file, as messages, rows and the report of a run name it."""
        return self.where or self.source

    @property
    def place(self) -> str:
        """Where it stands, for messages.

        >>> Item("crawl.warc.gz", record=12, offset=3456).place
        'crawl.warc.gz, record 12 at byte 3456'
        """
        file = self.file
        place = file if self.record is None else f"{file}, record {self.record}"
        return place if self.offset is None else f"{place} at byte {self.offset}"


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of fields or columns that hold a page; None tries those of `DEFAULT_FIELDS`."""

    content: str | None = None
    url: str | None = None
    id: str | None = None
    media_type: str | None = None


DEFAULT_FIELDS = {
    "content": ("html", "raw_html", "raw_content", "content", "text", "page", "body"),
    "url": ("url", "uri", "target_uri", "link", "WARC-Target-URI"),
    "id": ("id", "_id", "doc_id", "uuid", "WARC-Record-ID"),
    "media_type": ("media_type", "content_type", "mime_type", "mimetype", "mime"),
}
"""Tried in this order where no name is given."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How inputs are read: ``most`` bytes in a document, and names of fields."""

    most: int = 64 * MEGABYTE
    fields: Fields = Fields()

    def too_large(self) -> str:
        """The reason given for a document that is larger."""
        return f"larger than {self.most / MEGABYTE:g} MB; allow more with --max-size"
