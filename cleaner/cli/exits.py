"""How a run ends: the one place where exit codes are decided."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import NoReturn

import click

from cleaner.cli.output import is_for_machines, log_end, say, say_usage, send_nowhere
from cleaner.errors import CleanerError, GoldenError, UsageError


class Exit(IntEnum):
    """The exit codes of every command.

    The last three are what a shell itself reports for a command that Ctrl-C, a
    closed pipe (``cleaner ... | head -1``) or SIGTERM ended.
    """

    FINE = 0
    GOLDEN_DIFFERS = 1
    USAGE = 2
    FAILED = 3
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    TERMINATED = 143


CODES = (
    "Exit codes: 0 fine (a page without content too; stderr says so), "
    "1 golden files or accepted output differ, are missing, stale or broken, "
    "2 wrong usage, nothing was done, "
    "3 some documents failed, the others are done."
)
"""The codes as ``--help`` shows them."""


@contextmanager
def ending_in_codes(context: click.Context) -> Iterator[None]:
    """Turn what a command raises into a message on stderr and an exit code."""
    code = int(Exit.FINE)
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.Exit as error:
        code = error.exit_code
    except (Exception, KeyboardInterrupt) as error:
        code = _said(error)
    if is_for_machines():
        log_end(context, code)
    if code:
        context.exit(code)


def _said(error: BaseException) -> int:
    """Say what ended the command, if that needs saying; its exit code."""
    match error:
        case CleanerError():
            say(error, event="error")
            return _code(error)
        case click.ClickException():
            say_usage(error)
            return error.exit_code
        case Terminated():
            return Exit.TERMINATED
        case KeyboardInterrupt():
            _forget_interrupt()
            return Exit.INTERRUPTED
        case BrokenPipeError():
            _discard_stdout()
            return Exit.PIPE_CLOSED
        case OSError():
            _discard_stdout()
            place = f"{error.filename}: " if error.filename else ""
            say(f"{place}{error.strerror or error}; nothing more can be done", event="error")
            return Exit.FAILED
    if not is_for_machines():
        raise error
    import traceback  # a defect is rare

    say("".join(traceback.format_exception(error)), event="error")
    return 1  # as Python ends on a defect


def _code(error: CleanerError) -> int:
    match error:
        case UsageError():
            return Exit.USAGE
        case GoldenError():
            return Exit.GOLDEN_DIFFERS
        case _:
            return Exit.FAILED


def _forget_interrupt() -> None:
    """Let Python end with our code.

    Where Ctrl-C came inside ``exec``, by which data classes are made while modules are
    imported, it remembers that and dies by the signal in the end, whoever caught it since.
    Every ``exec`` begins by forgetting it.
    """
    exec("")


def _discard_stdout() -> None:
    """Send what is still buffered nowhere: Python would complain of it while it shuts down."""
    if sys.stdout is not None:
        send_nowhere(sys.stdout.fileno())


class Terminated(KeyboardInterrupt):
    """SIGTERM came. No error: what ends one document when it fails must let this through."""


@contextmanager
def stopping_on_sigterm() -> Iterator[None]:
    """Let SIGTERM end what runs in order: what is done is written down first."""

    def stop(*_: object) -> NoReturn:
        raise Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
