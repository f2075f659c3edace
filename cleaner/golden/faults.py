"""What can be wrong with a golden file, apart from differing roles."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from cleaner.errors import GoldenError


class Fault(StrEnum):
    """Why a golden file, or a file beside it, cannot be held against the program.

    ``missing``: a source without a golden file, or a golden file without its
    source. ``stale``: the source has another digest. ``broken``: the file does
    not follow its format. ``draft``: a ``?`` or the draft mark remains.
    ``text``: the program's blocks have other texts. ``gap``: a known gap has
    closed or changed. ``failed``: the source is too much for a library.
    """

    MISSING = "missing"
    STALE = "stale"
    BROKEN = "broken"
    DRAFT = "draft"
    TEXT = "text"
    GAP = "gap"
    FAILED = "failed"


class FaultError(GoldenError):
    """One fault of one file; the message names the file, its line, and the next step."""

    def __init__(self, fault: Fault, path: Path, message: str, *, line: int | None = None) -> None:
        self.fault = fault
        self.path = path
        self.line = line
        self.message = message
        place = f"{path.as_posix()}:{line}" if line else path.as_posix()
        super().__init__(f"{place}: {message}")


def broken(path: Path, message: str, *, line: int | None = None) -> FaultError:
    """The fault of a file that does not follow its format."""
    return FaultError(Fault.BROKEN, path, message, line=line)


def read_text(path: Path) -> str:
    """The text of a UTF-8 file; a byte order mark is dropped, line ends stay as they are.

    Raises `FaultError` when it cannot be read or is not UTF-8.
    """
    try:
        data = read_bytes(path)
        return data.decode("utf-8-sig")
    except OSError as error:
        raise broken(path, f"cannot be read: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise broken(path, "not UTF-8; save the file as UTF-8", line=line) from error


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file. Raises `OSError`, also for a folder, FIFO or device."""
    if path.exists() and not path.is_file():
        raise OSError("not a regular file")
    return path.read_bytes()
