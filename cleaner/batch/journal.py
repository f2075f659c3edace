"""What a run has done so far: a line for each document, appended after its output is safe.

The first line says what the run is, the last that it is complete (or, where inputs were
added after that, a line that it is not); between them a line says how long a shard is
that was closed. Half a line at the end, left by a run that was killed, is cut off.
"""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cleaner.batch.account import Account
from cleaner.batch.files import BINARY, cannot_write, stop_if_fatal
from cleaner.batch.shards import Filling
from cleaner.errors import UsageError

try:
    import fcntl
except ImportError:  # Windows: nothing keeps two runs apart
    fcntl = None  # type: ignore[assignment]

JOURNAL = "journal.jsonl"
"""The journal, in the output folder."""

FORMAT = 2
"""The version of the journal itself."""

_BEGINNING = b'{"journal": '
"""What the first line of every journal begins with; by it half a first line is told from a file
that is somebody's own."""

_KEYS = ("outcome", "input", "source", "record", "seconds", "bytes", "crc")
"""What the line of a document has in any case."""

Line = dict[str, Any]


@dataclass(slots=True)
class Done:
    """Where a run stands: what its journal adds up to.

    ``input`` is the number of the input in work, ``checks`` hold a checksum for
    each of its documents that are done, in order.
    """

    header: Line = field(default_factory=dict)
    account: Account = field(default_factory=Account)
    input: int = 0
    checks: array[int] = field(default_factory=lambda: array("L"))
    filling: Filling = field(default_factory=Filling)
    is_complete: bool = False
    size: int = 0

    def add(self, line: Line) -> None:
        """Take one line of the journal into account."""
        if "complete" in line:
            self.is_complete = line["complete"]
            return
        if "closed" in line:
            return
        self.account.add(line)
        if line["input"] != self.input:
            self.input = line["input"]
            self.checks = array("L")
        self.checks.append(line["crc"])
        if "end" in line:
            if line["shard"] != self.filling.shard:
                self.filling = Filling(line["shard"])
            self.filling.rows += 1
            self.filling.end = line["end"]


def read_lines(path: Path) -> Iterator[tuple[Line, int]]:
    """The whole lines of a journal, the header first, each with where it ends.

    Raises `UsageError` when no run wrote the file, or a line in the middle is
    broken; what is left of a last one is passed over.
    """
    end = 0
    with path.open("rb") as lines:
        for raw in lines:
            line = _whole_line(raw)
            if end == 0 and not _is_beginning(raw, line):
                raise UsageError(
                    f"{path}: not the journal of a run of 'cleaner clean'; "
                    "choose another folder with -o, or move this file away"
                )
            if line is None or not (end == 0 or _is_entry(line)):
                if next(lines, None) is not None:
                    said = f"damaged in the line at byte {end}"
                    raise UsageError(f"{path}: {said}; begin again with --overwrite")
                return
            end += len(raw)
            yield line, end


def _whole_line(raw: bytes) -> Line | None:
    """The object on a line; None when it is none, or has no end."""
    try:
        line = json.loads(raw)
    except ValueError:
        return None
    return line if raw.endswith(b"\n") and isinstance(line, dict) else None


def _is_beginning(raw: bytes, line: Line | None) -> bool:
    """Whether a run wrote this first line, which may be cut off anywhere."""
    if line is not None:
        return isinstance(line.get("journal"), int) and "format" in line
    return not raw.endswith(b"\n") and raw[: len(_BEGINNING)] == _BEGINNING[: len(raw)]


def _is_entry(line: Line) -> bool:
    return "complete" in line or "closed" in line or all(key in line for key in _KEYS)


def read_journal(path: Path) -> Done:
    """Where the run stands; nothing done when there is no journal. Raises as `read_lines`."""
    done = Done()
    if not path.exists():
        return done
    for line, end in read_lines(path):
        done.size = end
        if done.header:
            done.add(line)
        else:
            done.header = line
    return done


class Journal:
    """A journal that is open for one run; no other run can open it meanwhile.

    Raises `UsageError` when another run has it open, or the folder cannot be written.
    """

    def __init__(self, out: Path) -> None:
        self.path = out / JOURNAL
        self.is_new = not os.path.lexists(self.path)
        try:
            out.mkdir(parents=True, exist_ok=True)
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND | BINARY, 0o666)
        except (OSError, ValueError) as error:
            raise cannot_write(out, error) from error
        self._lines: list[bytes] = []
        try:
            if fcntl is not None:
                fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._file)
            raise UsageError(f"{out}: another run writes there; wait for it to end") from error

    @property
    def has_lines(self) -> bool:
        """Whether anything stands in it."""
        return os.fstat(self._file).st_size > 0

    def cut(self, size: int) -> None:
        """Cut the file to its first lines, of which ``size`` is the length."""
        os.ftruncate(self._file, size)

    def add(self, line: Mapping[str, Any]) -> None:
        """Have a line written with the next `commit`."""
        self._lines.append(json.dumps(line).encode("ascii") + b"\n")

    def commit(self) -> None:
        """Append the lines and have the disk keep them. Raises `StoppedError` on a full disk."""
        data = b"".join(self._lines)
        try:
            while data:
                data = data[os.write(self._file, data) :]
            os.fsync(self._file)
        except OSError as error:
            stop_if_fatal(self.path, error)
            raise
        finally:
            self._lines.clear()  # part of them may be written; never write them twice

    def close(self) -> None:
        """Give the journal free."""
        os.close(self._file)
