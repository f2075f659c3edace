"""Files that are there whole or not at all, and stay there after a power cut."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from cleaner.batch.outcomes import StoppedError
from cleaner.errors import UsageError

_FATAL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS, errno.EMFILE}
"""What ends a run: the next page would fail as well."""


BINARY = getattr(os, "O_BINARY", 0)
"""Opens a file for bytes as they are, where a system has another way."""


def stop_if_fatal(path: Path, error: OSError | ValueError) -> None:
    """Raise `StoppedError` when an error of writing concerns more than one file."""
    if isinstance(error, OSError) and error.errno in _FATAL:
        raise StoppedError(
            f"{path}: cannot be written ({error.strerror}); make room and give the same "
            "command again, it will go on where it stopped"
        ) from error


def cannot_write(out: Path, error: OSError | ValueError) -> UsageError:
    """What to tell of an output folder that cannot be made or written."""
    reason = getattr(error, "strerror", None) or error
    return UsageError(f"output folder {out}: cannot be written ({reason}); choose another with -o")


def replace_file(target: Path, temporary: Path, data: bytes) -> None:
    """Write a file beside its place and move it there. Raises `OSError`."""
    try:
        temporary.write_bytes(data)
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)


def sync(paths: Iterable[Path]) -> None:
    """Have the disk keep files, and the folders they stand in. Raises `OSError`.

    Windows opens no folders, and keeps what stands in them with the files.
    """
    folders = set()
    for path in paths:
        _sync(path)
        folders.add(path.parent)
    for folder in folders if os.name != "nt" else ():
        _sync(folder)


def _sync(path: Path) -> None:
    number = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
