"""The one source of a command that takes just one."""

from __future__ import annotations

from dataclasses import dataclass

from cleaner.errors import SourceError, UsageError
from cleaner.reading import Missed, find_sources


@dataclass(frozen=True, slots=True)
class Content:
    """What was read, and where it stood."""

    where: str
    content: bytes


def read_single(argument: str) -> Content:
    """The content of one file, or of standard input for ``-``.

    Raises `UsageError` when the argument is a folder, `SourceError` when it
    cannot be read.
    """
    found = next(find_sources([argument]))
    if isinstance(found, Missed) and found.failed and not _is_folder(argument):
        raise SourceError(str(found))
    if isinstance(found, Missed) or _is_folder(argument):
        raise UsageError(f"{argument}: a folder; this command takes one file, or '-'")
    return Content(found.where, found.read())


def _is_folder(argument: str) -> bool:
    from pathlib import Path

    try:
        return argument != "-" and Path(argument).is_dir()
    except (OSError, ValueError):
        return False
