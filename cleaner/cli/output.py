"""Data to stdout, talk to stderr: UTF-8 with LF in any locale, and safe for a terminal."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from cleaner.cli.terminal import printable, printable_line

Item = TypeVar("Item")

_FOR_MACHINES = "cleaner.cli.output.for_machines"
_ENDING = "cleaner.cli.output.ending"
"""Names under which a command's context keeps how stderr is written, and what its end says."""


class _Stderr:
    """Stderr that never fails: closed, full or gone, it changes nothing of what a command does."""

    encoding = "utf-8"

    def write(self, text: str) -> None:
        """Write, as far as anybody can be told anything."""
        if sys.stderr is None:
            return
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            send_nowhere(2)  # what is buffered would fail again while Python shuts down

    def flush(self) -> None:
        """Nothing is kept back."""

    def fileno(self) -> int:
        """The number of its file. Raises `OSError` when it is closed."""
        if sys.stderr is None:
            raise OSError("stderr is closed")
        return sys.stderr.fileno()

    def isatty(self) -> bool:
        """Whether somebody may be looking."""
        return sys.stderr is not None and sys.stderr.isatty()


STDERR = _Stderr()


def send_nowhere(number: int) -> None:
    """Let nothing that is still written to this file come anywhere, or fail."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, number)
    os.close(nowhere)


def fill_closed_streams() -> None:
    """Open what is closed of the first three files, so that no file of ours takes their place.

    What is said on stderr would be written into the first file that a command opens.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def write_out(text: str, *, is_painted: bool = False) -> None:
    """Write text to stdout as UTF-8; what cannot be encoded becomes ``?``.

    On a terminal control characters are shown as escapes, unless the text is
    the program's own painting of what was made printable before. Raises
    `OSError` when stdout is closed or full.
    """
    if not text:
        return
    if sys.stdout is None:
        raise OSError("stdout is closed")
    if sys.stdout.isatty() and not is_painted:
        text = printable(text)
    with _beside_the_bar():
        rest = memoryview(text.encode("utf-8", "replace"))
        while rest:  # an unbuffered stdout may take less than it is given
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()


def write_for_machines(context: click.Context) -> None:
    """Have everything on stderr be an object per line, from here to the end of the command."""
    context.meta[_FOR_MACHINES] = True


def is_for_machines() -> bool:
    """Whether stderr is an object per line."""
    context = click.get_current_context(silent=True)
    return context is not None and _FOR_MACHINES in context.meta


def say(message: object, *, event: str = "note") -> None:
    """One line on stderr: ``cleaner: NAME: what, and the next step``."""
    if is_for_machines():
        log(event, message=str(message))
        return
    with _beside_the_bar():
        STDERR.write(printable_line(f"cleaner: {message}") + "\n")


def say_usage(error: click.ClickException) -> None:
    """What is wrong with how a command was called, below how it is called."""
    if is_for_machines():
        log("error", message=error.format_message())
        return
    said = io.StringIO()
    error.show(file=said)
    STDERR.write(printable(said.getvalue()))


def log(event: str, **values: object) -> None:
    """One object on stderr."""
    STDERR.write(json.dumps({"event": event, **values}) + "\n")


def conclude(**values: object) -> None:
    """Add to what the last object on stderr says."""
    click.get_current_context().meta.setdefault(_ENDING, {}).update(values)


def log_end(context: click.Context, code: int) -> None:
    """The last object on stderr."""
    log("end", code=code, **context.meta.get(_ENDING, {}))


def show_progress(items: Iterable[Item], total: int) -> Iterable[Item]:
    """The items; with a bar on stderr if that is a terminal and there is more than one."""
    if total < 2 or not STDERR.isatty():
        return items
    from tqdm import tqdm

    bar: Iterable[Item] = tqdm(items, total=total, unit=" pages", dynamic_ncols=True, file=STDERR)
    return bar


@contextmanager
def _beside_the_bar() -> Iterator[None]:
    """Take a progress bar off the terminal while something else is written there."""
    if "tqdm" not in sys.modules:
        yield
        return
    from tqdm import tqdm

    with tqdm.external_write_mode(file=STDERR):
        yield
