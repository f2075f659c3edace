"""The work on pages, but for some that end the process they are cleaned in."""

from __future__ import annotations

import ctypes
import os
import signal
import time

from cleaner.batch import task
from cleaner.pipeline import clean_timed

MARKS = {b"dies by SIGKILL": "kill", b"dies by SIGSEGV": "segv", b"never ends": "loop"}


def page_work(settings, wanted):
    """`cleaner.batch.task.page_work` with a trap at the marks above."""

    def trapped(records, **options):
        return clean_timed(map(_trap, records), **options)

    task.clean_timed = trapped
    return task.page_work(settings, wanted)


def _trap(record):
    content = record.content if isinstance(record.content, bytes) else record.content.encode()
    for mark, what in MARKS.items():
        if mark in content:
            _end(what)
    return record


def _end(what):
    if what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if what == "segv":
        ctypes.string_at(0)
    while True:
        time.sleep(1)
