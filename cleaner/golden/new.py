"""A new golden file: the source's blocks, for a person to give each its role."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from cleaner.errors import SourceError, UsageError
from cleaner.golden.faults import read_bytes
from cleaner.golden.labels import SUFFIX, GoldenFile, Label, format_labels
from cleaner.golden.received import page_labels
from cleaner.parsing.failures import failure_reason, failures
from cleaner.pipeline import clean, read_document
from cleaner.settings import Settings

GUIDELINE = "README.md, The seventeen roles"
DRAFT = "the program's roles; read every line and correct its role, then remove this one"


def golden_path(source: Path, folder: Path) -> Path:
    """Where a source's golden file stands: its name, less the last suffix.

    >>> golden_path(Path("seeds/page.txt"), Path("golden")).as_posix()
    'golden/page.labels'
    """
    return folder / f"{source.stem}{SUFFIX}"


def new_golden(
    source: Path, path: Path, *, suggest: bool = False, settings: Settings | None = None
) -> GoldenFile:
    """A golden file for a source, meant to stand at ``path``; nothing is written.

    Every role is ``?``; with ``suggest`` it is the program's, and the file
    carries the draft mark. Raises `SourceError` when the source cannot be read
    or is too much for a library, `UsageError` when its name cannot be written as
    UTF-8.
    """
    data = _read(source)
    return GoldenFile(
        path=path,
        source=relative_source(source, path.parent),
        sha256=hashlib.sha256(data).hexdigest(),
        labels=_suggested(source, data, settings) if suggest else _open_labels(source, data),
        guideline=GUIDELINE,
        draft=DRAFT if suggest else None,
    )


def write_new(golden: GoldenFile) -> None:
    """Write a golden file that does not exist yet, and its folder if need be.

    Raises `UsageError` when it exists, its name does not end in ``.labels``, or
    it cannot be written.
    """
    path = golden.path
    if path.suffix != SUFFIX:
        raise UsageError(f"{path}: golden files end in {SUFFIX}; give such a name with -o")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(format_labels(golden).encode("utf-8"))
    except FileExistsError as error:
        message = f"{path} exists and is not overwritten; remove it, or name another with -o"
        raise UsageError(message) from error
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error}; name another with -o") from error


def relative_source(source: Path, folder: Path) -> str:
    """The source as seen from a folder, with ``/`` between folders.

    Raises `UsageError` when the name cannot be written as UTF-8.
    """
    place = source.parent.resolve() / source.name
    relative = Path(os.path.relpath(place, folder.resolve())).as_posix()
    try:
        relative.encode("utf-8")
    except UnicodeEncodeError as error:
        raise UsageError(f"{relative!r}: the name is not UTF-8; rename the source") from error
    return relative


def _suggested(source: Path, data: bytes, settings: Settings | None) -> tuple[Label, ...]:
    page = clean(data, settings=settings)
    if page.outcome.state == "failed":
        raise SourceError(f"source {source} failed: {page.outcome.reason}")
    return page_labels(page)


def _open_labels(source: Path, data: bytes) -> tuple[Label, ...]:
    try:
        document, _ = read_document(data)
    except failures() as error:
        raise SourceError(f"source {source} failed: {failure_reason(error)}") from error
    return tuple(Label(None, block.text) for block in document.blocks)


def _read(source: Path) -> bytes:
    try:
        return read_bytes(source)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"source {source} cannot be read: {reason}; name a readable file"
        raise SourceError(message) from error
