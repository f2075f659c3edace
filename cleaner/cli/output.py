"""Data to stdout, talk to stderr: UTF-8 with LF in any locale, and safe for a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from cleaner.cli.terminal import printable, printable_line

Item = TypeVar("Item")


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


def say(message: object) -> None:
    """One line on stderr: ``cleaner: NAME: what, and the next step``."""
    with _beside_the_bar():
        click.echo(printable_line(f"cleaner: {message}"), err=True)


def show_progress(items: Iterable[Item], total: int) -> Iterable[Item]:
    """The items; with a bar on stderr if that is a terminal and there is more than one."""
    if total < 2 or not sys.stderr.isatty():
        return items
    from tqdm import tqdm

    bar: Iterable[Item] = tqdm(items, total=total, unit=" pages", dynamic_ncols=True)
    return bar


@contextmanager
def _beside_the_bar() -> Iterator[None]:
    """Take a progress bar off the terminal while something else is written there."""
    if "tqdm" not in sys.modules:
        yield
        return
    from tqdm import tqdm

    with tqdm.external_write_mode():
        yield
