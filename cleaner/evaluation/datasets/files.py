"""Reading a data set's files, packed or not, with errors that name what was expected."""

from __future__ import annotations

import gzip
import json
import zlib
from pathlib import Path
from typing import Any

from cleaner.errors import UsageError


def need(path: Path, expected: str) -> Path:
    """The path, which must exist. Raises `UsageError` naming it and the layout ``expected``."""
    if not path.exists():
        raise UsageError(f"{path}: not there; expected {expected}")
    return path


def need_packed(path: Path, expected: str) -> Path:
    """The path, or the same with ``.gz`` after it, whichever exists; the plain one first.

    Raises `UsageError` naming both when neither does.
    """
    found = find_packed(path)
    if found is None:
        raise UsageError(f"{path}[.gz]: not there; expected {expected}")
    return found


def find_packed(path: Path) -> Path | None:
    """The path, or the same with ``.gz`` after it; None when neither exists."""
    packed = path.with_name(path.name + ".gz")
    return next((each for each in (path, packed) if each.is_file()), None)


def read_packed(path: Path) -> bytes:
    """The bytes of a file, unpacked when its name ends in ``.gz``.

    Raises `UsageError` when it cannot be read or is no gzip file.
    """
    try:
        content = path.read_bytes()
        return gzip.decompress(content) if path.suffix == ".gz" else content
    except (OSError, EOFError, zlib.error) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error


def read_object(path: Path) -> dict[str, Any]:
    """A JSON object from a file, packed or not. Raises `UsageError` when it holds none."""
    try:
        value = json.loads(read_packed(path))
    except ValueError as error:
        raise UsageError(f"{path}: not JSON ({error})") from error
    if not isinstance(value, dict):
        raise UsageError(f"{path}: expected one JSON object, found {type(value).__name__}")
    return value


def need_some(cases: list[Any], folder: Path, expected: str) -> None:
    """Raise `UsageError` when a folder gave no page at all."""
    if not cases:
        raise UsageError(f"{folder}: no pages in it; expected {expected}")
