"""The process that workers are forked from.

It is a fresh interpreter, without threads of its own, that has imported and loaded what the
work needs, so that a worker starts in milliseconds, whatever threads the
caller's own process has. It ends, and ends its workers, when the caller's end
of its socket closes: no worker outlives the command. Ctrl-C is for the caller: who starts
this process blocks SIGINT for it, and with it for all workers.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from cleaner.workers.channel import read_message, write_message

COMMAND = struct.Struct("<cq")
"""What is asked: `FORK` with a socket beside it, or `END` with the number of a process."""

ANSWER = struct.Struct("<q")
"""The number of the process that was forked, or how the process ended, as `os.waitpid` says."""

FORK, END, READY = b"F", b"E", b"R"

UNKNOWN = -1
"""The answer where nobody knows how a process ended."""

_RESERVE_BYTES = 1 << 20
"""Held by a worker so that it can say that its memory ran out.

Without a byte left it could not even leave: CPython 3.11 unwinds an error for ever when there is
no memory for the number that the end of a ``with`` or ``except`` asks for.
"""

_PARENT_ALIVE_SECONDS = 1.0
_PR_SET_PDEATHSIG = 1

Work = Callable[[Sequence[Any]], Iterable[Any]]


def main(number: int) -> None:
    """Serve the socket with this number until its other side closes."""
    control = socket.socket(fileno=number)
    parent = os.getppid()
    with control.makefile("rb", buffering=0) as stream, _as_long_as_wanted():
        task, arguments = read_message(stream)  # type: ignore[arg-type]
    work = load_task(task)(*arguments)
    with _as_long_as_wanted():
        control.sendall(READY)
    control.settimeout(_PARENT_ALIVE_SECONDS)
    children: set[int] = set()
    try:
        _serve(control, parent, work, children)
    finally:
        for pid in children:
            _end(pid)
        os._exit(0)


@contextmanager
def _as_long_as_wanted() -> Iterator[None]:
    """End without a word when the caller has gone: it was stopped while this process started."""
    try:
        yield
    except (EOFError, ConnectionError):
        os._exit(0)


def load_task(task: str) -> Callable[..., Work]:
    """The function behind ``module:name``."""
    module, _, name = task.partition(":")
    loaded: Callable[..., Work] = getattr(import_module(module), name)
    return loaded


def _serve(control: socket.socket, parent: int, work: Work, children: set[int]) -> None:
    while os.getppid() == parent:
        try:
            data, numbers, *_ = socket.recv_fds(control, COMMAND.size, 1)
        except TimeoutError:
            continue
        if len(data) < COMMAND.size:
            return
        kind, pid = COMMAND.unpack(data)
        if kind == FORK:
            answer = _fork(control, numbers[0], work)
            children.add(answer)
        else:
            answer = _end(pid)
            children.discard(pid)
        control.sendall(ANSWER.pack(answer))


def _fork(control: socket.socket, number: int, work: Work) -> int:
    own = os.getpid()
    pid = os.fork()
    if pid:
        os.close(number)
        return pid
    try:
        control.close()
        _die_with(own)
        serve_worker(socket.socket(fileno=number), work)
    finally:
        os._exit(1)


def serve_worker(sock: socket.socket, work: Work) -> None:
    """Do what comes, group by group, and send each result as soon as it is there.

    A result goes as ``(True, value)``, an exception as ``(False, (what, seconds))``: only of a
    loss is it asked from outside how long it took.
    """
    sock.setblocking(True)
    with sock.makefile("rb") as incoming, sock.makefile("wb") as outgoing:
        while True:
            reserve = [bytearray(_RESERVE_BYTES)]
            try:
                group = read_message(incoming)
            except (EOFError, OSError):
                os._exit(0)
            begin = time.perf_counter()
            try:
                for value in work(group):
                    write_message(outgoing, (True, value))
                    begin = time.perf_counter()
            except OSError:
                raise
            except Exception as error:
                reserve.clear()
                error.__traceback__ = None  # it holds all that the work held
                write_message(outgoing, (False, (_said(error), time.perf_counter() - begin)))


def _said(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "the memory did not suffice for it; give the program more"
    return f"{type(error).__name__}: {error}"


def _die_with(parent: int) -> None:
    """Ask Linux to kill this process when its parent dies, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _end(pid: int) -> int:
    """Kill a worker, if it still lives, and say how it ended."""
    try:
        ended, status = os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:  # the child of a nursery before this one
        return UNKNOWN
    if ended:
        return status
    os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 5
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.002)
    return UNKNOWN
