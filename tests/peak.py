"""How much more memory a piece of work took than there was before it."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest


def megabytes_more(work: Callable[[], object]) -> float:
    """The peak of this process during some work, above what it held when the work began.

    The system forgets the peak of what ran before, so that no other test hides this one's.
    """
    reset = Path("/proc/self/clear_refs")
    if not reset.exists():
        pytest.skip("the peak of a process can be measured anew on Linux alone")
    reset.write_text("5")
    before = _peak()
    work()
    return _peak() - before


def _peak() -> float:
    found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    assert found
    return int(found[1]) / 1024
