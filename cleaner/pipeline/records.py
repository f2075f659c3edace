"""What is given to be cleaned, and whether it can be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

from cleaner.errors import UsageError


@dataclass(frozen=True, slots=True)
class Record:
    """One page to clean: its content, and what is known of it."""

    content: bytes | str
    url: str | None = None
    media_type: str | None = None


def check_arguments(source: object, *, url: object, media_type: object) -> None:
    """Raise `UsageError` when an argument is of the wrong type."""
    if not isinstance(source, bytes | str):
        hint = "; give its read_bytes()" if isinstance(source, PurePath) else ""
        raise UsageError(f"a page is bytes or str, not {type(source).__name__}{hint}")
    for name, value in (("url", url), ("media_type", media_type)):
        if value is not None and not isinstance(value, str):
            raise UsageError(f"{name} is str or None, not {type(value).__name__}")


def checked_records(records: Iterable[Record | bytes | str]) -> Iterator[Record]:
    """Each as a `Record`.

    Raises `UsageError` at once on what is no iterable of pages, and on one of the wrong type,
    with its number from 0, when it comes to it.
    """
    if isinstance(records, str | bytes | Record):
        raise UsageError("records is an iterable of pages, not one page; give [page]")
    try:
        return _checked_records(iter(records))
    except TypeError:
        kind = type(records).__name__
        raise UsageError(f"records is an iterable of pages, not {kind}") from None


def _checked_records(records: Iterator[Record | bytes | str]) -> Iterator[Record]:
    for number, each in enumerate(records):
        record = each if isinstance(each, Record) else Record(each)
        try:
            check_arguments(record.content, url=record.url, media_type=record.media_type)
        except UsageError as error:
            raise UsageError(f"record {number}: {error}") from None
        yield record
