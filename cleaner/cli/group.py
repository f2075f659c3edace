"""The command ``cleaner``: it finds the subcommand, and ends every run in one way."""

from __future__ import annotations

from importlib import import_module
from itertools import pairwise
from typing import Any

import click

from cleaner.cli.exits import CODES, ending_in_codes, stopping_on_sigterm
from cleaner.cli.output import fill_closed_streams, write_for_machines
from cleaner.version import __version__

COMMANDS = {
    "clean": "Print the main content of pages, or write them to a folder.",
    "report": "Show what happened in a run: counts, reasons, the slowest documents.",
    "explain": "Show each block of a page: number, role, score and text.",
    "stages": "List the stages in the order they run, each with its rules.",
    "golden": "Golden files: what is right, written by hand.",
    "evaluate": "Measure the program on a public data set, in its own metric.",
}
"""Each is the function of that name in ``cleaner.cli.NAME``, imported when it is called.

What it does is said here, as its own help begins: to ask all of them takes ``--help`` 0.3 s."""


class _Commands(click.Group):
    """A group whose commands are imported only when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"cleaner.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def main(self, *args: Any, **options: Any) -> Any:
        fill_closed_streams()
        return super().main(*args, **options)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if _asks_for_json(args):  # before anything can be wrong with the other arguments
            write_for_machines(ctx)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with ending_in_codes(ctx), stopping_on_sigterm():
            return super().invoke(ctx)


def _asks_for_json(arguments: list[str]) -> bool:
    """Whether ``--log json`` is among the arguments."""
    return "--log=json" in arguments or ("--log", "json") in pairwise(arguments)


@click.group(cls=_Commands, epilog=CODES)
@click.version_option(__version__, prog_name="cleaner")
def main() -> None:
    """Clean web pages: label every line, keep the piece, set readers' comments apart."""
