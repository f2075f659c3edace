"""``cleaner golden``: hold golden files against the program, start a new one, accept output."""

from __future__ import annotations

from pathlib import Path

import click

from cleaner.cli.exits import Exit
from cleaner.cli.options import settings_options
from cleaner.cli.output import say, write_out
from cleaner.cli.terminal import printable, printable_line
from cleaner.golden.accept import Acceptance, accept_output
from cleaner.golden.check import check_golden
from cleaner.golden.labels import DEFAULT_FOLDER, format_labels
from cleaner.golden.new import golden_path, new_golden, write_new
from cleaner.golden.received import write_received
from cleaner.golden.report import render_acceptance, render_json, render_text
from cleaner.settings import Settings

_PATH = click.Path(path_type=Path)

_golden_option = click.option(
    "--golden",
    "folder",
    type=_PATH,
    default=DEFAULT_FOLDER,
    show_default=True,
    metavar="DIR",
    help="The folder of the golden files.",
)


@click.group()
def golden() -> None:
    """Golden files: what is right, written by hand; beside them output that was accepted."""


@golden.command(short_help="Hold golden files against the program, block by block.")
@click.argument("folder", metavar="[DIR]", type=_PATH, default=DEFAULT_FOLDER)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A report for people, or one JSON object.",
)
@click.option(
    "--received",
    type=_PATH,
    metavar="DIR",
    help="Write what the program did there, as NAME.labels and NAME.comments.json.",
)
@settings_options
def check(folder: Path, format_: str, received: Path | None, settings: Settings) -> None:
    """Hold the golden files in DIR (default: golden) against the program, block by block.

    Prints precision and recall per role and every differing line with its
    neighbours, and where output was accepted, how it differs now. Exit code 1 on
    any difference and on missing, stale, broken or unfinished golden files.
    Nothing is written without --received.
    """
    report = check_golden(folder, settings)
    if received is not None:
        paths = write_received(report, received)
        say(f"{received}: {len(paths)} files written: what the program did")
    write_out(render_json(report) if format_ == "json" else printable(render_text(report)))
    if not report.is_ok:
        click.get_current_context().exit(Exit.GOLDEN_DIFFERS)


@golden.command(short_help="Start a golden file: lines, each with a role to fill in.")
@click.argument("source", type=_PATH)
@_golden_option
@click.option("-o", "--output", type=_PATH, metavar="FILE", help="Another path; - is stdout.")
@click.option("--suggest", is_flag=True, help="Fill in the program's roles; marks a draft.")
@settings_options
def new(source: Path, folder: Path, output: Path | None, suggest: bool, settings: Settings) -> None:
    """Start a golden file for SOURCE: its lines, each with the role ? for you to fill in.

    The file is written to golden/NAME.labels, its path to stdout. 'cleaner
    golden check' refuses it while a ? or the draft mark of --suggest remains.
    """
    to_stdout = output == Path("-")
    path = golden_path(source, folder) if output is None or to_stdout else output
    made = new_golden(source, path, suggest=suggest, settings=settings)
    if to_stdout:
        write_out(format_labels(made))
        return
    write_new(made)
    write_out(printable_line(str(path)) + "\n")
    count = len(made.labels)
    say(f"{path}: {count} lines written; give each its role, then run 'cleaner golden check'")


@golden.command(short_help="Keep what the program makes of a golden file's source.")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@_golden_option
@settings_options
def accept(names: tuple[str, ...], folder: Path, settings: Settings) -> None:
    """Keep what the program makes of the source of golden file NAME, right or not.

    Writes golden/accepted/NAME.txt (text), NAME.md (Markdown with comments) and
    NAME.json (the record without 'version' and 'settingsDigest'), and prints how
    they changed. From then on 'cleaner golden check' fails when they differ.
    """
    for acceptance in accept_output(names, folder, settings):
        write_out(printable(render_acceptance(acceptance)))
        say(_accepted(acceptance))


def _accepted(acceptance: Acceptance) -> str:
    if not acceptance.changes:
        return f"{acceptance.name}: nothing changed"
    files = ", ".join(change.path.name for change in acceptance.changes)
    return f"{acceptance.name}: accepted {files}; read the changes before you commit them"
