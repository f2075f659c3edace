"""Work for the tests: each payload says what happens to the process that gets it."""

from __future__ import annotations

import ctypes
import os
import signal
import time


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
        case ("slow", seconds):
            time.sleep(seconds)
        case "pid":
            return os.getpid()
    return payload
