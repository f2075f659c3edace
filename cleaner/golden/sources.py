"""``sources.toml``: the folders whose every file must have a golden file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from cleaner.golden.faults import Fault, FaultError, broken, read_text

NAME = "sources.toml"


def missing_golden(folder: Path, named: Iterable[Path]) -> Iterator[FaultError]:
    """A fault for every source in the folders of ``sources.toml`` that is not ``named``.

    Sources are the regular files in these folders and the folders in them;
    hidden ones are left out. Nothing when there is no ``sources.toml``. Raises
    `FaultError` when that file is broken or names a folder that does not exist.
    """
    places = {place(path) for path in named}
    for sources in read_folders(folder / NAME):
        for path in _files(sources):
            if place(path) not in places:
                message = (
                    f"no golden file in {folder.as_posix()} names this source; write one with "
                    f"'cleaner golden new {path.as_posix()} --golden {folder.as_posix()}'"
                )
                yield FaultError(Fault.MISSING, path, message)


def read_folders(path: Path) -> tuple[Path, ...]:
    """The folders in a ``sources.toml``; empty when the file does not exist."""
    if not path.exists():
        return ()
    folders = read_toml(path, known=("folders",)).get("folders")
    if not isinstance(folders, list) or not all(isinstance(name, str) for name in folders):
        raise broken(path, "'folders' must be a list, such as folders = [\"../seeds\"]")
    for name in folders:
        if not (path.parent / name).is_dir():
            message = f"folder {name!r} does not exist; give it relative to this file's folder"
            raise broken(path, message)
    return tuple(path.parent / name for name in folders)


def read_toml(path: Path, *, known: tuple[str, ...]) -> dict[str, Any]:
    """The values of a TOML file. Raises `FaultError` on broken TOML and on unknown keys."""
    try:
        values = tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise broken(path, f"not TOML: {error}; correct it") from error
    for name in values:
        if name not in known:
            raise broken(path, f"unknown key {name!r}; there is {', '.join(known)}")
    return values


def place(path: Path) -> Path:
    """The path with its folder resolved, so that two ways to one file compare equal."""
    return path.parent.resolve() / path.name


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
