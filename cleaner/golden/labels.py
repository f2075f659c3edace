r"""The ``.labels`` format: headers, then one line per block, ``role | text``.

Lines end at LF (CRLF is read too) and nowhere else. In a line a backslash is
written ``\\``, a line break ``\n``, a carriage return ``\r``. The role ``?``
stands for a block that nobody has labelled yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from cleaner.document import Role
from cleaner.errors import UsageError
from cleaner.golden.faults import Fault, FaultError, broken, read_bytes, read_text
from cleaner.rendering.labels import CUT, escape, label_line, unescape

SUFFIX = ".labels"
UNLABELLED = "?"

DEFAULT_FOLDER = Path("golden")
"""Where golden files stand unless another folder is named."""

HEADERS = ("source", "sha256", "guideline", "note", "draft")
"""The headers there are; only ``note`` may stand more than once."""

_REQUIRED = ("source", "sha256")
_HEADER = re.compile(r"# ([a-z0-9]+):(?: (.*))?", re.DOTALL)
_DIGEST = re.compile(r"[0-9a-f]{64}")
_ROLES = {str(role): role for role in Role}


@dataclass(frozen=True, slots=True)
class Label:
    """What one block is; ``role`` is None while it is ``?``.

    ``line`` is the line of the golden file, counted from 1.
    """

    role: Role | None
    text: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class GoldenFile:
    """A golden file as it stands on disk.

    ``source`` is relative to the folder of ``path``, with ``/`` between
    folders. ``draft`` is None unless the file carries the draft mark, which may
    be an empty text.
    """

    path: Path
    source: str
    sha256: str
    labels: tuple[Label, ...]
    guideline: str = ""
    notes: tuple[str, ...] = ()
    draft: str | None = None

    @property
    def name(self) -> str:
        """The file's name without ``.labels``."""
        return self.path.name.removesuffix(SUFFIX)

    @property
    def source_path(self) -> Path:
        """Where the source is, seen from the working directory."""
        return self.path.parent / self.source


def golden_paths(folder: Path) -> list[Path]:
    """The ``*.labels`` files of a folder, by name; hidden files are left out."""
    paths = (path for path in folder.glob(f"*{SUFFIX}") if not path.name.startswith("."))
    return sorted(paths)


def require_folder(folder: Path) -> None:
    """Raise `UsageError` when a golden folder does not exist."""
    if not folder.is_dir():
        raise UsageError(f"golden folder {folder}: no such folder; name one with *.labels files")


def read_labels(path: Path) -> GoldenFile:
    """The golden file at a path. Raises `FaultError` naming the line that is wrong."""
    return parse_labels(read_text(path), path)


def read_source(golden: GoldenFile) -> bytes:
    """The source of a golden file. Raises `FaultError` when it cannot be read."""
    try:
        return read_bytes(golden.source_path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        message = f"source {golden.source!r} cannot be read: {reason}; correct '# source:'"
        raise FaultError(Fault.MISSING, golden.path, message) from error


def parse_labels(text: str, path: Path) -> GoldenFile:
    """A golden file from its text; ``path`` is where it stands.

    Raises `FaultError` naming the line, what is wrong with it, and the next step.
    """
    lines = split_lines(text)
    count = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    headers = _headers(lines[:count], path)
    labels = tuple(_labels(lines, count, path))
    return GoldenFile(
        path=path,
        source=_source(headers, path),
        sha256=_digest(headers, path),
        labels=labels,
        guideline=_only(headers, "guideline") or "",
        notes=tuple(value for _, value in headers["note"]),
        draft=_only(headers, "draft"),
    )


def format_labels(golden: GoldenFile) -> str:
    """The golden file as text, which `parse_labels` reads back; every line ends in LF.

    >>> labels = (Label(Role.BODY, "One."), Label(None, "Two."))
    >>> print(format_labels(GoldenFile(Path("x.labels"), "x.txt", "0" * 64, labels)), end="")
    # source: x.txt
    # sha256: 0000000000000000000000000000000000000000000000000000000000000000
    body | One.
    ? | Two.
    """
    lines = [_header_line(name, value) for name, value in _header_values(golden)]
    lines += [label_line(label.role or UNLABELLED, label.text) for label in golden.labels]
    return "".join(line + "\n" for line in lines)


def check_finished(golden: GoldenFile) -> None:
    """Raise `FaultError` when the draft mark or a ``?`` remains."""
    if golden.draft is not None:
        message = "still a draft: read every line, correct its role, then remove '# draft:'"
        raise FaultError(Fault.DRAFT, golden.path, message)
    open_labels = [label for label in golden.labels if label.role is None]
    if open_labels:
        message = f"{len(open_labels)} lines still have the role '?'; give each its role"
        raise FaultError(Fault.DRAFT, golden.path, message, line=open_labels[0].line)


def split_lines(text: str) -> list[str]:
    r"""Cut at LF, and at nothing else; one CR before an LF belongs to the line's end.

    >>> split_lines("a\u2028b\r\nc\n")
    ['a\u2028b', 'c']
    """
    lines = text.split("\n")
    if not lines[-1]:
        lines.pop()
    return [line.removesuffix("\r") for line in lines]


def _header_line(name: str, value: str) -> str:
    return f"# {name}: {escape(value)}" if value else f"# {name}:"


def _header_values(golden: GoldenFile) -> Iterator[tuple[str, str]]:
    yield "source", golden.source
    yield "sha256", golden.sha256
    if golden.guideline:
        yield "guideline", golden.guideline
    for note in golden.notes:
        yield "note", note
    if golden.draft is not None:
        yield "draft", golden.draft


_Headers = dict[str, list[tuple[int, str]]]


def _headers(lines: list[str], path: Path) -> _Headers:
    headers: _Headers = {name: [] for name in HEADERS}
    for number, line in enumerate(lines, start=1):
        name, value = _header(line, path, number)
        if headers[name] and name != "note":
            raise broken(path, f"a second '# {name}:'; keep one", line=number)
        headers[name].append((number, value))
    for name in _REQUIRED:
        if not headers[name]:
            raise broken(path, f"no '# {name}:' header; {_NEW}")
    return headers


_NEW = "'cleaner golden new SOURCE' writes a file with all headers"


def _header(line: str, path: Path, number: int) -> tuple[str, str]:
    found = _HEADER.fullmatch(line)
    known = ", ".join(f"'# {name}: ...'" for name in HEADERS)
    if not found or found[1] not in HEADERS:
        raise broken(path, f"unknown header {line!r}; there are {known}", line=number)
    return found[1], _unescape(found[2] or "", path, number)


def _only(headers: _Headers, name: str) -> str | None:
    return headers[name][0][1] if headers[name] else None


def _source(headers: _Headers, path: Path) -> str:
    line, source = headers["source"][0]
    if not source or PurePosixPath(source).is_absolute():
        message = f"source {source!r}: give the path relative to the golden file's folder"
        raise broken(path, message, line=line)
    return source


def _digest(headers: _Headers, path: Path) -> str:
    line, value = headers["sha256"][0]
    digest = value.strip().lower()
    if not _DIGEST.fullmatch(digest):
        message = f"sha256 {value!r} is not 64 hexadecimal digits; 'sha256sum SOURCE' gives them"
        raise broken(path, message, line=line)
    return digest


def _labels(lines: list[str], first: int, path: Path) -> Iterator[Label]:
    for number, line in enumerate(lines[first:], start=first + 1):
        yield _label(line, path, number)


def _label(line: str, path: Path, number: int) -> Label:
    if line.startswith("#"):
        message = f"{line!r} stands below the first block; headers belong at the top"
        raise broken(path, message, line=number)
    role, cut, text = line.partition(CUT)
    if not cut:
        message = f"{line!r} has no {CUT!r}; a line is 'role | text', one per block"
        raise broken(path, message, line=number)
    if role not in _ROLES and role != UNLABELLED:
        message = f"unknown role {role!r}; the roles are {', '.join(_ROLES)}"
        raise broken(path, message, line=number)
    return Label(_ROLES.get(role), _unescape(text, path, number), number)


def _unescape(text: str, path: Path, number: int) -> str:
    try:
        return unescape(text)
    except ValueError as error:
        raise broken(path, str(error), line=number) from error
