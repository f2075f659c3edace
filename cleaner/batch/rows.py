"""A page as a row of a table; the README documents it column by column."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cleaner.document import Role
from cleaner.page import Page
from cleaner.reading import Item

SCHEMA = 1
"""The version of the rows; it grows when a column is added, removed or changed."""


def page_row(page: Page, item: Item, *, keep: Collection[Role] | None = None) -> dict[str, Any]:
    """The page's JSON record with the place it comes from: ``record``, ``offset`` and ``id``."""
    from cleaner.rendering.records import page_record

    record = page_record(page, source=item.file, keep=keep)
    place = {"record": item.record, "offset": item.offset, "id": item.id}
    return {"schema": SCHEMA, "source": record.pop("source"), **place, **record}
