"""What one piece of work may take, and what a process has: memory, processors."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

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
    program and models included. It is watched on Linux only.
    """

    timeout: float | None = TIMEOUT
    memory: int | None = MEMORY


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
