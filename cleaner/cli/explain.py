"""``cleaner explain``: every block of one page, with what settled it."""

from __future__ import annotations

import os
import sys
from shutil import get_terminal_size

import click

from cleaner.cli.exits import Exit
from cleaner.cli.options import settings_options
from cleaner.cli.output import say, write_out
from cleaner.cli.single import read_single
from cleaner.cli.terminal import printable_line
from cleaner.document import Group
from cleaner.pipeline import clean
from cleaner.rendering.explained import Line, explain_page
from cleaner.settings import Settings

_COLOURS = {
    Group.ARTICLE: "green",
    Group.METADATA: "cyan",
    Group.COMMENTS: "yellow",
    Group.BOILERPLATE: "bright_black",
}


@click.command()
@click.argument("source", metavar="SOURCE")
@click.option("--all-marks", is_flag=True, help="Show every other mark on a block as well.")
@click.option("--url", metavar="URL", help="Where the page comes from.")
@settings_options
def explain(*, source: str, all_marks: bool, url: str | None, settings: Settings) -> None:
    """Show each block of a page: number, role, score and text; stage, rule and why.

    SOURCE is a file that holds one page, compressed or not, or '-' for standard
    input. On a terminal the colour shows the role's group, unless NO_COLOR is set, and
    texts are cut to its width (or to COLUMNS); a pipe gets them whole.
    """
    found = read_single(source)
    page = clean(found.content, url=url or found.url, settings=settings)
    if page.outcome.state != "ok":
        say(f"{found.where}: {page.outcome.state}: {page.outcome.reason}")
    lines = explain_page(page, source=found.where, width=_width(), all_marks=all_marks)
    for line in lines:
        write_out(_paint(line) + "\n", is_painted=True)
    if page.outcome.state == "failed":
        click.get_current_context().exit(Exit.FAILED)


def _width() -> int | None:
    """The columns that a line has; None where there is no end to them."""
    is_limited = sys.stdout.isatty() or "COLUMNS" in os.environ
    return get_terminal_size().columns if is_limited else None


def _paint(line: Line) -> str:
    text = printable_line(line.text)
    if line.group is None or not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return text
    return click.style(text, fg=_COLOURS[line.group])
