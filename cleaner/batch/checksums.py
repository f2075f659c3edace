"""Whether documents are those that were cleaned before: a check of each, kept in the journal."""

from __future__ import annotations

import json
from array import array
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from zlib import crc32

from cleaner.batch.inputs import InputList
from cleaner.batch.journal import read_lines
from cleaner.errors import UsageError
from cleaner.reading import Item, Reading, read_items

_OR = "choose another folder with -o, or begin again with --overwrite"


def check_of(item: Item, data: bytes) -> int:
    """A checksum of all that decides what becomes of a document; ``data`` is `encoded`."""
    known = json.dumps([item.url, item.media_type, item.id, item.record, item.offset, item.outcome])
    return crc32(data, crc32(known.encode("ascii")))


def encoded(content: bytes | str) -> bytes:
    """Content as bytes, of text those of its UTF-8."""
    return content if isinstance(content, bytes) else content.encode("utf-8", "replace")


def skip_done(items: Iterator[Item], where: str, checks: Sequence[int]) -> int:
    """Pass over the documents that are done, for which ``checks`` were kept.

    Gives the byte of the file up to which they reach. Raises `UsageError` when
    one of them is another, or not there.
    """
    consumed = 0
    for at, known in enumerate(checks):
        item = next(items, None)
        if item is None:
            raise UsageError(
                f"{where}: ends after {at} documents, and {len(checks)} were cleaned before; "
                f"give the whole input, or {_OR}"
            )
        if check_of(item, encoded(item.content)) != known:
            raise UsageError(f"{item.place}: not the document that was cleaned before; {_OR}")
        consumed = item.consumed
    return consumed


def check_inputs(
    inputs: InputList, numbers: Collection[int], journal: Path, reading: Reading
) -> None:
    """Read inputs again that are done, and compare their documents with those in the journal.

    Raises `UsageError`, naming the first that differs.
    """
    if not numbers:
        return
    checks = _checks(journal, numbers)
    for number, each in inputs.read(min(numbers)):
        if number in numbers:
            where = each.source.where
            items = read_items(each.source, reading)
            skip_done(items, where, checks.get(number, ()))
            if next(items, None) is not None:
                raise UsageError(f"{where}: holds more documents than were cleaned before; {_OR}")


def _checks(journal: Path, numbers: Collection[int]) -> dict[int, array[int]]:
    """The checks of all documents of some inputs."""
    found: dict[int, array[int]] = {}
    for line, _ in read_lines(journal):
        if line.get("input") in numbers:
            found.setdefault(line["input"], array("L")).append(line["crc"])
    return found
