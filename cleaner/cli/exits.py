"""Exit codes and messages to the user: the one place where both are decided.

0  fine; a page without content is fine too, and said on stderr
1  golden files differ from the program, are missing, stale or broken
2  wrong usage: an unknown option, stage, rule, role or setting, or an output
   folder that cannot be written; nothing was done
3  some documents failed; the others are done
"""

from __future__ import annotations

from enum import IntEnum

import click

from cleaner.cli.terminal import printable_line


class Exit(IntEnum):
    """The exit codes of every command."""

    FINE = 0
    GOLDEN_DIFFERS = 1
    USAGE = 2
    FAILED = 3


def say(name: str, message: object) -> None:
    """One line on stderr: ``cleaner: NAME: MESSAGE``; safe for a terminal.

    Without a name: ``cleaner: MESSAGE``.
    """
    about = f"{name}: " if name else ""
    click.echo(printable_line(f"cleaner: {about}{message}"), err=True)
