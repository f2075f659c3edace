"""Arguments (files, folders, ``-``) as sources that can be read."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from fnmatch import fnmatchcase
from glob import glob
from pathlib import Path, PurePath
from typing import BinaryIO

from cleaner.errors import SourceError, UsageError

STDIN = "-"
"""The argument that stands for standard input."""

_OPEN = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""Opening a pipe without a writer would block for ever; with O_NONBLOCK it returns at once."""


@dataclass(frozen=True, slots=True)
class Source:
    """One document to read.

    ``name`` is its path relative to the argument it came with, with ``/``
    between the parts, or ``stdin``. ``where`` is the path as a user would type
    it (see `shown`), for messages, rows and reports. ``path`` is None for
    standard input. ``size`` (bytes) and ``changed`` (nanoseconds) are the file's
    when it was found.
    """

    name: str
    where: str
    path: Path | None

    size: int = 0
    changed: int = 0

    def read(self) -> bytes:
        """The whole content. Raises `SourceError`, naming it, when it cannot be read."""
        try:
            with closing(self.open()) as file:
                return file.read()
        except SourceError as error:
            raise SourceError(f"{self.where}: {error}") from error
        except OSError as error:
            raise SourceError(f"{self.where}: {_reason(error)}") from error

    def open(self) -> BinaryIO:
        """The content as a stream. Raises `SourceError` when it cannot be opened."""
        try:
            return _open_stdin() if self.path is None else _open_file(self.path)
        except (OSError, ValueError) as error:
            raise SourceError(_reason(error)) from error


@dataclass(frozen=True, slots=True)
class Missed:
    """Something that will not be read, and why.

    ``failed`` says that a document is missing for it; otherwise it was passed
    over on purpose, which a user should still hear of.
    """

    name: str
    where: str
    reason: str
    failed: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which files of a folder are read: those that ``include`` matches, less ``exclude``.

    Patterns as of a shell (``*.html``) are held against a file's name and
    against its path relative to the folder. Without ``include`` all match.

    >>> Filter(include=("*.html",)).takes("a/b.html"), Filter(exclude=("a/*",)).takes("a/b.html")
    (True, False)
    """

    include: Sequence[str] = ()
    exclude: Sequence[str] = ()

    def takes(self, name: str) -> bool:
        """Whether a file with this relative path is read."""
        return (not self.include or _matches(name, self.include)) and not _matches(
            name, self.exclude
        )


def _matches(name: str, patterns: Sequence[str]) -> bool:
    last = name.rpartition("/")[2]
    return any(fnmatchcase(name, each) or fnmatchcase(last, each) for each in patterns)


def shown(path: Path) -> str:
    r"""A path as it is written everywhere: bytes of it that are not UTF-8 as ``\xe9``.

    >>> shown(Path(os.fsdecode(b"caf\xe9.txt")))
    'caf\\xe9.txt'
    """
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def read_list(stream: BinaryIO) -> Iterator[str]:
    """Names from a list, one a line, or each ended by NUL as ``find -print0`` writes them."""
    data = stream.read()
    separator = b"\0" if b"\0" in data else b"\n"
    for name in data.split(separator):
        name = name.removesuffix(b"\r") if separator == b"\n" else name
        if name:
            yield os.fsdecode(name)


def find_sources(
    arguments: Iterable[str | Path],
    *,
    leave_out: Path | None = None,
    written: Sequence[str] = (),
    only: Filter | None = None,
) -> Iterator[Source | Missed]:
    """The sources behind the arguments, in the order of the arguments.

    Folders are read through to the bottom, in the order of the names; hidden
    names (with a leading dot) in them are passed over, links to folders are
    not followed. What cannot be read comes as a `Missed`; nothing is opened yet.
    ``only`` chooses among the files of folders. An argument that is no file and
    holds ``*``, ``?`` or ``[`` is a pattern (``**`` for any depth).

    The folder ``leave_out`` is left out, and so are arguments that are this
    folder, or lie in one of its entries that a pattern of ``written`` matches: a
    shell that expands ``*`` a second time names what the first run wrote.
    Raises `UsageError` at once on one path, which is no iterable of them, and when it comes to
    it where nothing else is named, a name is empty, or ``-`` is given twice.
    """
    check_several(arguments, "arguments")
    return _all_sources(arguments, leave_out, _Own(leave_out, written), only or Filter())


def check_several(paths: object, name: str) -> None:
    """Raise `UsageError` when this is one path, and no iterable of them."""
    if isinstance(paths, str | bytes | PurePath):
        one = os.fsdecode(paths)
        raise UsageError(f"{name} is an iterable of paths, not one path; give [{one!r}]")


def _all_sources(
    arguments: Iterable[str | Path], leave_out: Path | None, own: _Own, only: Filter
) -> Iterator[Source | Missed]:
    seen_stdin, is_any = False, False
    for argument in arguments:
        if not str(argument):
            raise UsageError("an empty name (an unset variable?); name a file, a folder or '-'")
        if str(argument) == STDIN:
            if seen_stdin:
                raise UsageError("standard input ('-') can be read only once; give '-' once")
            seen_stdin = is_any = True
            yield Source("stdin", "stdin", None)
            continue
        for path, is_followed in _expand(str(argument)):
            if own.holds(path):
                continue
            for found in _find(path, leave_out, only, is_followed=is_followed):
                is_any = True
                yield found
    if own.first and not is_any:
        raise UsageError(
            f"nothing to clean: {own.first} is the output folder or lies in it, and is not read; "
            "choose another folder with -o"
        )


class _Own:
    """What a run wrote itself, which is no input of it; ``first`` is the first that was met."""

    def __init__(self, folder: Path | None, written: Sequence[str]) -> None:
        self._folder, self._written = folder, written
        self._real = folder and Path(os.path.realpath(folder))
        self._last = Path(), Path.cwd()
        self.first: Path | None = None

    def holds(self, path: Path) -> bool:
        """Whether the path is the folder, or lies in what the run wrote there."""
        if self._real is None or not (_is_same(path, self._folder) or self._is_written(path)):
            return False
        self.first = self.first or path
        return True

    def _is_written(self, path: Path) -> bool:
        assert self._real is not None
        try:
            parts = (self._real_parent(path) / path.name).relative_to(self._real).parts
        except ValueError:
            return False
        return bool(parts) and any(fnmatchcase(parts[0], each) for each in self._written)

    def _real_parent(self, path: Path) -> Path:
        """The folder without links on the way; lists name many files of one in a row."""
        if self._last[0] != path.parent:
            self._last = path.parent, Path(os.path.realpath(path.parent))
        return self._last[1]


def _expand(argument: str) -> Iterator[tuple[Path, bool]]:
    """The paths that a pattern matches, by name; the argument itself where it is none.

    What lies in a folder that matches as well is not named again: the folder is read
    to the bottom. Beside each stands whether it is followed when it is a link to a
    folder: not where ``**`` came upon it.
    """
    is_pattern = any(sign in argument for sign in "*?[") and not os.path.lexists(argument)
    paths = [Path(path) for path in sorted(glob(argument, recursive=True))] if is_pattern else []  # noqa: PTH207
    if not paths:
        yield Path(argument), True
        return
    folders = {path for path in paths if path.is_dir()}
    for path in dict.fromkeys(paths):
        if folders.isdisjoint(path.parents):
            yield path, "**" not in argument


def _find(
    path: Path, leave_out: Path | None, only: Filter, *, is_followed: bool
) -> Iterator[Source | Missed]:
    """What one argument stands for."""
    found = _look_at(path, path.name, is_argument=is_followed)
    if isinstance(found, Source | Missed):
        yield found
        return
    empty = True
    for found in _walk(path, leave_out):
        if only.takes(found.name):
            empty = False
            yield found
    if empty:
        reason = "no file to clean in this folder (hidden ones are passed over); name another"
        yield Missed(path.name, shown(path), reason, failed=False)


def _walk(top: Path, leave_out: Path | None) -> Iterator[Source | Missed]:
    """What lies in a folder, at any depth: an explicit stack, so that no depth is too deep."""
    waiting = [top]
    while waiting:
        path = waiting.pop()
        found = None if path == top else _look_at(path, _relative(path, top))
        if isinstance(found, Source | Missed):
            yield found
        elif not _is_same(path, leave_out):
            inside = _list(path, _relative(path, top))
            if isinstance(inside, Missed):
                yield inside
            else:
                waiting += reversed(inside)


def _list(folder: Path, name: str) -> list[Path] | Missed:
    """The visible entries of a folder, by name."""
    try:
        names = sorted(entry for entry in os.listdir(folder) if not entry.startswith("."))  # noqa: PTH208
    except OSError as error:
        return Missed(name, shown(folder), f"the folder cannot be listed: {_reason(error)}")
    return [folder / entry for entry in names]


def _look_at(path: Path, name: str, *, is_argument: bool = False) -> Source | Missed | None:
    """A source, or why there is none; None for a folder to go into."""
    try:
        status = path.stat()
        mode = status.st_mode
        is_link = path.is_symlink()
    except (OSError, ValueError) as error:
        return Missed(name, shown(path), _missing_reason(path, error))
    if stat.S_ISDIR(mode):
        reason = "a link to a folder is not followed; give it as an argument of its own"
        return (
            Missed(name, shown(path), reason, failed=False) if is_link and not is_argument else None
        )
    if stat.S_ISREG(mode):
        return Source(name, shown(path), path, status.st_size, status.st_mtime_ns)
    return Missed(name, shown(path), _kind_reason(mode))


def _open_stdin() -> BinaryIO:
    if sys.stdin is None:
        raise OSError("standard input is closed")
    return os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0)


def _open_file(path: Path) -> BinaryIO:
    """Open a regular file; the kind is asked of the open file, which nobody can swap."""
    file = open(os.open(path, _OPEN), "rb", buffering=0)  # noqa: PTH123, SIM115
    mode = os.fstat(file.fileno()).st_mode
    if not stat.S_ISREG(mode):
        file.close()
        raise ValueError(_kind_reason(mode))
    return file


def _kind_reason(mode: int) -> str:
    if stat.S_ISFIFO(mode):
        return "a pipe (FIFO) is not read; send it to standard input: cleaner clean - < PIPE"
    if stat.S_ISSOCK(mode):
        return "a socket cannot be read; save the page to a file first"
    if stat.S_ISDIR(mode):
        return "a folder stands where a file was; run the command again"
    return "a device is not read; send it to standard input: cleaner clean - < DEVICE"


_ADDRESSES = ("http:", "https:", "ftp:")
"""How addresses begin, as the first part of a path that is one by mistake."""


def _missing_reason(path: Path, error: OSError | ValueError) -> str:
    if next(iter(path.parts), "").casefold() in _ADDRESSES:
        return "an address is not fetched; save the page, and give the file"
    try:
        target = path.readlink()
    except (OSError, ValueError):
        return _reason(error)
    return f"the link leads nowhere (to {shown(target)}); remove it or restore the file"


def _reason(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "no such file or folder; check the path"
        case PermissionError():
            return "permission denied; check its permissions with 'ls -l'"
        case OSError(strerror=str(strerror)):
            return f"cannot be read ({strerror}); check it with 'ls -l'"
        case _:
            return str(error)


def _relative(path: Path, top: Path) -> str:
    return PurePath(path).relative_to(top).as_posix()


def _is_same(folder: Path, other: Path | None) -> bool:
    try:
        return other is not None and folder.samefile(other)
    except OSError:
        return False
