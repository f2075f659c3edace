"""How a run ends: the one place where exit codes are decided."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from typing import NoReturn

import click

from cleaner.cli.output import say
from cleaner.cli.terminal import printable
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
def ending_in_codes(ctx: click.Context) -> Iterator[None]:
    """Turn what a command raises into a message on stderr and an exit code."""
    try:
        yield
        if sys.stdout is not None:
            sys.stdout.flush()
    except UsageError as error:
        say(error)
        ctx.exit(Exit.USAGE)
    except GoldenError as error:
        say(error)
        ctx.exit(Exit.GOLDEN_DIFFERS)
    except CleanerError as error:
        say(error)
        ctx.exit(Exit.FAILED)
    except click.ClickException as error:
        message = error.format_message()
        if message == printable(message):
            raise  # click shows it, with the usage line
        say(message)
        ctx.exit(error.exit_code)
    except Terminated:
        ctx.exit(Exit.TERMINATED)
    except KeyboardInterrupt:
        ctx.exit(Exit.INTERRUPTED)
    except BrokenPipeError:
        _discard_stdout()
        ctx.exit(Exit.PIPE_CLOSED)
    except OSError as error:
        _discard_stdout()
        say(f"{error.strerror or error}; nothing more can be written")
        ctx.exit(Exit.FAILED)


def _discard_stdout() -> None:
    """Send what is still buffered nowhere: Python would complain of it while it shuts down."""
    if sys.stdout is None:
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


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
