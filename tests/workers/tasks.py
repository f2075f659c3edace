"""Work for the tests: each payload says what happens to the process that gets it."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import time
from pathlib import Path


def worker():
    return work


def work(group):
    for payload in group:
        yield done(payload)


def done(payload):
    match payload:
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "segv":
            ctypes.string_at(0)
        case "exit":
            os._exit(7)
        case "raise":
            raise ValueError("no such luck")
        case "loop":
            while True:
                pass
        case "sleep":
            time.sleep(600)
        case "eat":
            held = []
            while True:
                held.append(bytearray(1 << 24))
        case "fill":
            fill()
        case ("slow", seconds):
            time.sleep(seconds)
        case "pid":
            return os.getpid()
    return payload


def fill():
    """Take this process' memory to the last hole; what holds it is held by the traceback."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + (8 << 20), -1))
    held = None
    for size in [1 << 20, 1 << 16, 1 << 12, *range(512, 0, -8), 1]:
        try:
            while True:
                held = (held, bytes(size))
        except MemoryError:
            pass
    raise MemoryError
