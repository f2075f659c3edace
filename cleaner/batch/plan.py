"""All that decides what a run writes, and the header by which runs are told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cleaner
from cleaner.batch.rows import SCHEMA
from cleaner.batch.task import Wanted
from cleaner.document import Role
from cleaner.errors import UsageError
from cleaner.reading import Reading
from cleaner.rendering import Comments, Format, check_choice
from cleaner.settings import Settings
from cleaner.version import __version__
from cleaner.workers import Limits
from cleaner.workers.limits import is_positive

if TYPE_CHECKING:
    from cleaner.batch.shards import Table

TABLES = ("jsonl", "parquet")
"""The formats with many pages in a file."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write and how to read; two runs with the same plan and inputs write the same bytes.

    ``format`` is one of `Format`, ``jsonl`` or ``parquet``. Raises `UsageError`
    when there is no such format or choice of comments, ``keep`` stands beside the comments
    ``only`` (in records, which have all comments, it may), ``compress`` is asked of another
    than jsonl, or no document could be small enough.
    """

    format: str = "text"
    compress: bool = False
    keep: Collection[Role] | None = None
    comments: str = Comments.NONE
    url: str | None = None
    settings: Settings = field(default_factory=Settings)
    limits: Limits = field(default_factory=Limits)
    reading: Reading = field(default_factory=Reading)

    def __post_init__(self) -> None:
        known = (*Format, *TABLES)
        if self.format not in known:
            raise UsageError(f"no format {self.format!r}; there are {', '.join(known)}")
        check_choice(self.keep, self.comments, is_record=self.format in (Format.JSON, *TABLES))
        most = self.reading.most
        if not is_positive(most, int):
            raise UsageError(
                f"the most bytes of a document are a whole number above 0, not {most!r}"
            )
        if self.compress and self.format != "jsonl":
            raise UsageError("--compress belongs to --format jsonl; Parquet is compressed as it is")

    @property
    def table(self) -> Table | None:
        """How rows are stored; None when each page has a file of its own."""
        from cleaner.batch.shards import Table  # what is printed is stored nowhere

        if self.format == "parquet":
            return Table.PARQUET
        if self.format == "jsonl":
            return Table.JSONL_ZST if self.compress else Table.JSONL
        return None

    @property
    def suffix(self) -> str:
        """What is added to the name of a page's file; empty for tables."""
        return "" if self.format in TABLES else Format(self.format).suffix

    @property
    def wanted(self) -> Wanted:
        """What is made of each page."""
        if self.format in TABLES:
            return Wanted(keep=self.keep, is_row=True)
        is_json = self.format == Format.JSON
        return Wanted(self.format, self.keep, Comments.NONE if is_json else self.comments)

    def header(self) -> dict[str, Any]:
        """All that must be the same for a run to go on with another's output."""
        from cleaner.batch.journal import FORMAT

        return {
            "journal": FORMAT,
            "version": __version__,
            "settings": self.settings.digest,
            "models": models_digest(self.settings.models),
            "schema": SCHEMA,
            "format": self.format,
            "compress": self.compress,
            "keep": None if self.keep is None else sorted(self.keep),
            "comments": str(self.comments),
            "url": self.url,
            "timeout": self.limits.timeout,
            "memory": self.limits.memory,
            "max-size": self.reading.most,
            "fields": asdict(self.reading.fields),
        }


@lru_cache(maxsize=4)
def models_digest(folder: Path | None) -> str:
    """Sixteen hexadecimal digits that differ whenever a file of the models does."""
    top = folder or Path(cleaner.__file__).parent / "evidence" / "models"
    digest = hashlib.sha256()
    for path in sorted(top.rglob("*")):
        if path.is_file() and path.suffix != ".md":
            digest.update(path.relative_to(top).as_posix().encode() + b"\0")
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]
