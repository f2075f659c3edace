"""What one piece of work may take, and what a process has: memory, processors."""

from __future__ import annotations

import math
import os
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import UsageError

CAN_FORK = hasattr(os, "fork")
"""Whether there can be workers at all; Windows has none, and the caller's process does the work."""

TIMEOUT = 120.0
"""Seconds for one piece of work where nothing else is said; ordinary pages take hundredths."""

MEMORY = 4 << 30
"""Bytes for one worker where nothing else is said; ordinary pages need a twentieth."""


GROUP = 32
"""Pieces of work sent together; flattened pages are cleaned several at once."""

GROUP_BYTES = 1 << 18
"""Content sent together; larger pages go alone, as nothing is gained by company."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes that one piece of work may take; None is no limit.

    Memory is that of the whole worker process, a few hundred megabytes of
    program and models included. It is watched on Linux only. Raises `UsageError`
    on what is no finite number above 0.
    """

    timeout: float | None = TIMEOUT
    memory: int | None = MEMORY

    def __post_init__(self) -> None:
        if self.timeout is not None and not is_positive(self.timeout, int, float):
            raise UsageError(
                f"timeout is a number of seconds above 0, or None, not {self.timeout!r}"
            )
        if self.memory is not None and not is_positive(self.memory, int):
            raise UsageError(
                f"memory is a whole number of bytes above 0, or None, not {self.memory!r}"
            )


def check_jobs(jobs: object) -> None:
    """Raise `UsageError` unless this is a number of processes."""
    if not is_positive(jobs, int):
        raise UsageError(f"jobs is a whole number of processes, 1 or more, not {jobs!r}")


def is_positive(value: object, *kinds: type) -> bool:
    """Whether this is a finite number above 0 of one of these kinds; true is no number."""
    is_number = isinstance(value, kinds) and not isinstance(value, bool)
    return is_number and 0 < value < math.inf  # type: ignore[operator]


def memory_of(pid: int) -> int:
    """Bytes that a process has in memory; 0 when it is gone, or the system does not say."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_bytes().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def usable_cores() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
