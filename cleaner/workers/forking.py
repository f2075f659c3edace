"""The caller's side of the nursery: start it, ask it for workers, end it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from cleaner.errors import CleanerError
from cleaner.workers.channel import write_message
from cleaner.workers.nursery import ANSWER, COMMAND, END, FORK, READY, UNKNOWN

_START = "import json, sys; sys.path[:] = json.loads(sys.argv[2])\n" + (
    "from cleaner.workers.nursery import main; main(int(sys.argv[1]))"
)


_ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Numpy would start a thread for each processor, in a process that forks, in every worker."""


class NurseryError(CleanerError):
    """The process that workers are forked from has gone, or could not start."""


class Nursery:
    """A process that forks workers for one task, ``module:function`` with its arguments."""

    def __init__(self, task: str, arguments: Sequence[object]) -> None:
        self._control, theirs = socket.socketpair()
        number = str(theirs.fileno())
        with _sigint_blocked():
            self._process = subprocess.Popen(
                [sys.executable, "-c", _START, number, json.dumps(sys.path)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # the caller's stdout is data
                env=os.environ | _ONE_THREAD,
            )
        theirs.close()
        try:
            with self._control.makefile("wb") as stream:
                write_message(stream, (task, tuple(arguments)))
        except OSError as error:
            raise NurseryError("the worker processes could not start") from error
        self._is_ready = False

    def fork(self) -> tuple[int, socket.socket]:
        """A new worker: its process number and the socket to talk to it."""
        ours, theirs = socket.socketpair()
        try:
            self._wait_until_ready()
            socket.send_fds(self._control, [COMMAND.pack(FORK, 0)], [theirs.fileno()])
            pid = ANSWER.unpack(self._receive(ANSWER.size))[0]
        except OSError as error:
            ours.close()
            raise NurseryError("the worker processes could not start") from error
        finally:
            theirs.close()
        return pid, ours

    def end(self, pid: int) -> int:
        """Kill a worker, if it lives; how it ended, or `UNKNOWN`."""
        try:
            self._control.sendall(COMMAND.pack(END, pid))
            answer: int = ANSWER.unpack(self._receive(ANSWER.size))[0]
        except (OSError, NurseryError):
            return UNKNOWN
        return answer

    def close(self) -> None:
        """End all workers, and the nursery."""
        self._control.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _wait_until_ready(self) -> None:
        if not self._is_ready:
            self._receive(len(READY))
            self._is_ready = True

    def _receive(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            part = self._control.recv(size - len(data))
            if not part:
                raise NurseryError("the worker processes could not start; see above")
            data += part
        return data


@contextmanager
def _sigint_blocked() -> Iterator[None]:
    """What starts in here never sees Ctrl-C, from its first moment on; here it comes after."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def how_it_ended(status: int) -> str:
    """The status of a process in words.

    >>> how_it_ended(11)
    'its process was ended by SIGSEGV'
    """
    if status == UNKNOWN:
        return "its process ended"
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"its process ended with exit code {code}"
    try:
        return f"its process was ended by {signal.Signals(-code).name}"
    except ValueError:
        return f"its process was ended by signal {-code}"
