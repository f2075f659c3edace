"""The one page of a command that takes just one."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from cleaner.errors import SourceError, UsageError
from cleaner.reading import Missed, Reading, Source, find_sources, read_items


@dataclass(frozen=True, slots=True)
class Content:
    """What was read, and where it stood; ``url`` where that says so itself, as JSON does."""

    where: str
    content: bytes | str
    url: str | None = None


def read_single(argument: str) -> Content:
    """The one page of a file, or of standard input for ``-``, decompressed.

    Raises `UsageError` when the argument is a folder or holds several pages, `SourceError`
    when it cannot be read, or holds no page.
    """
    found = next(find_sources([argument]))
    if isinstance(found, Missed) and found.failed and not _is_folder(argument):
        raise SourceError(str(found))
    if isinstance(found, Missed) or _is_folder(argument):
        raise UsageError(f"{argument}: a folder; this command takes one file, or '-'")
    return _only_page(found)


def _only_page(source: Source) -> Content:
    reading = Reading(most=max(Reading().most, source.size))
    items = list(islice(read_items(source, reading), 2))
    if not items:
        return Content(source.where, b"")
    if len(items) > 1:
        raise UsageError(
            f"{source.where}: holds more than one page, and this command takes one; "
            "'cleaner clean' takes them all"
        )
    if items[0].outcome:
        raise SourceError(f"{source.where}: {items[0].outcome}: {items[0].reason}")
    return Content(source.where, items[0].content, items[0].url)


def _is_folder(argument: str) -> bool:
    from pathlib import Path

    try:
        return argument != "-" and Path(argument).is_dir()
    except (OSError, ValueError):
        return False
