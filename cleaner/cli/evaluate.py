"""``cleaner evaluate``: measure the program on public data sets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import wraps
from pathlib import Path
from typing import Any, get_args

import click

from cleaner.cli.exits import Exit
from cleaner.cli.options import comma_names, settings_options
from cleaner.cli.output import say, show_progress, write_out
from cleaner.cli.terminal import printable
from cleaner.errors import UsageError
from cleaner.evaluation.comparing import Comparison, compare_rows
from cleaner.evaluation.datasets.wcxb import SPLITS
from cleaner.evaluation.flatten import Style
from cleaner.evaluation.floors import faults_of, raised, read_floors, write_floors
from cleaner.evaluation.folds import VARIANT, clean_out_of_fold
from cleaner.evaluation.measuring import Report
from cleaner.evaluation.measuring import evaluate as measure
from cleaner.evaluation.peers import PEERS
from cleaner.evaluation.rows import Row, read_rows, write_rows
from cleaner.evaluation.running import Clean, cleaner_with
from cleaner.evaluation.tables import render_json, render_text
from cleaner.settings import Settings

_PATH = click.Path(path_type=Path)

BELOW_FLOOR = Exit.GOLDEN_DIFFERS
"""Below a floor is as a golden file that differs: what is expected was not met."""


@click.group()
def evaluate() -> None:
    """Measure the program on a public data set, in its own metric.

    DIR is the data set in its published layout. Figures stand over all pages
    and per page type, with documents per CPU second and failures; a page that
    fails scores zero. Exit code 1 when a figure is below its floor.
    """


@dataclass(frozen=True, slots=True)
class _Shared:
    """The options that every data set has; names are those on the command line."""

    html: bool
    flattened: Style | None
    out_of_fold: Path | None
    out: Path | None
    compare: Path | None
    floors: Path | None
    set_floors: bool
    lower_floors: bool
    format: str
    settings: Settings

    def check(self) -> None:
        """Raise `UsageError` when two options do not go together."""
        if self.html and self.flattened:
            raise UsageError("--html and --flattened exclude each other; give one of them")
        if self.set_floors and not self.floors:
            raise UsageError("--set-floors needs the file: --floors FILE.toml")
        if self.lower_floors and not self.set_floors:
            raise UsageError("--lower-floors goes with --set-floors")

    def measure(self, dataset: str, folder: Path, **own: Any) -> Report:
        """Run the evaluation these options ask for."""
        return measure(
            dataset,
            folder,
            style=self.flattened,
            clean=self._clean(dataset),
            variant=VARIANT if self.out_of_fold else "",
            watch=show_progress,
            **own,
        )

    def _clean(self, dataset: str) -> Clean:
        if self.out_of_fold is None:
            return cleaner_with(self.settings)
        return clean_out_of_fold(self.out_of_fold, self._clean_with, dataset=dataset)

    def _clean_with(self, models: Path) -> Clean:
        return cleaner_with(replace(self.settings, models=models))


_SHARED_OPTIONS = (
    click.option("--html", is_flag=True, help="Pages as HTML; the default."),
    click.option(
        "--flattened",
        type=click.Choice(get_args(Style)),
        help="Pages as text: whole, the same without blank lines and indentation, or half-cleaned.",
    ),
    click.option(
        "--out-of-fold",
        type=_PATH,
        metavar="MODELS_DIR",
        help="Clean each page with models that saw nothing of its site: "
        "folds.json, and a folder of models per fold.",
    ),
    click.option("--out", type=_PATH, metavar="FILE", help="Keep a row per page, as JSON lines."),
    click.option(
        "--compare", type=_PATH, metavar="FILE", help="Compare with the rows of an earlier run."
    ),
    click.option(
        "--floors", type=_PATH, metavar="FILE.toml", help="Exit code 1 when a figure is below."
    ),
    click.option("--set-floors", is_flag=True, help="Write what was reached to the floors."),
    click.option("--lower-floors", is_flag=True, help="Let --set-floors lower one."),
    click.option(
        "--format",
        type=click.Choice(["text", "json"]),
        default="text",
        show_default=True,
        help="A table for people, or one JSON object.",
    ),
)


def _measuring(command: Callable[..., Report]) -> Callable[..., None]:
    """Give a command that makes a report the shared options, and what becomes of its report."""

    @wraps(command)
    def measured(**options: Any) -> None:
        shared = _Shared(**{field.name: options.pop(field.name) for field in fields(_Shared)})
        shared.check()
        earlier = read_rows(shared.compare) if shared.compare else ()
        known = read_floors(shared.floors) if shared.floors else {}
        report = command(shared, **options)
        _keep(report, shared, earlier, known)

    decorated: Callable[..., None] = settings_options(measured)
    for option in reversed(_SHARED_OPTIONS):
        decorated = option(decorated)
    return decorated


def _keep(report: Report, shared: _Shared, earlier: Sequence[Row], known: dict[str, Any]) -> None:
    """Write, show and check a report, in this order."""
    if shared.out:
        write_rows(report.rows, shared.out)
    comparisons = compare_rows(earlier, report.rows)
    checked = shared.floors and not shared.set_floors
    faults = faults_of(report.measurement, report.floor, known) if checked else []
    _show(report, comparisons, faults, shared)
    if shared.floors and shared.set_floors:
        floors = raised(report.measurement, report.floor, known, lower=shared.lower_floors)
        write_floors(floors, shared.floors)
    if faults:
        click.get_current_context().exit(BELOW_FLOOR)


def _show(
    report: Report, comparisons: Sequence[Comparison], faults: Sequence[str], shared: _Shared
) -> None:
    if shared.compare and not comparisons:
        say(f"{shared.compare}: no program and page in it that this run has too")
    if shared.format == "json":
        write_out(render_json(report, comparisons, faults))
    else:
        write_out(printable(render_text(report, comparisons)))
    for fault in faults:
        say(fault)


_AGAINST = click.option(
    "--against",
    callback=comma_names,
    default="",
    metavar="PEER,...",
    help=f"Run these beside it, on each page's HTML: {', '.join(PEERS)}.",
)
_FOLDER = click.argument("folder", metavar="DIR", type=_PATH)


@evaluate.command(short_help="WCXB: word F1 of the main content.")
@_FOLDER
@click.option("--split", type=click.Choice(SPLITS), default="dev", show_default=True)
@_AGAINST
@_measuring
def wcxb(shared: _Shared, *, folder: Path, split: str, against: Sequence[str]) -> Report:
    """WCXB: word F1 of the main content, the replies of a thread included.

    DIR has metadata.json, dev/html/*.html.gz and dev/ground-truth/*.json. 'as
    comments' is the share of main content, on pages that are no threads, that was
    taken for readers' comments.
    """
    return shared.measure("wcxb", folder, split=split, against=against)


@evaluate.command(short_help="Readers' comments, author and text to the letter.")
@_FOLDER
@click.option("--split", type=click.Choice(SPLITS), default="dev", show_default=True)
@_measuring
def comments(shared: _Shared, *, folder: Path, split: str) -> Report:
    """Readers' comments: the share whose author and text are right to the letter.

    DIR is WCXB; the pages are those that mark up comments with schema.org, which the
    program is not shown.
    """
    return shared.measure("comments", folder, split=split)


@evaluate.command(short_help="article-extraction-benchmark: shingle F1 of the body.")
@_FOLDER
@_AGAINST
@_measuring
def aeb(shared: _Shared, *, folder: Path, against: Sequence[str]) -> Report:
    """article-extraction-benchmark: four-word shingle F1 of the article's body.

    DIR has ground-truth.json and html/*.html.gz.
    """
    return shared.measure("aeb", folder, against=against)


@evaluate.command(short_help="Trafilatura's tests: F1 over snippets of the body.")
@_FOLDER
@_AGAINST
@_measuring
def traf(shared: _Shared, *, folder: Path, against: Sequence[str]) -> Report:
    """Trafilatura's tests: F1 over snippets that must and must not be in the body.

    DIR has evaldata.json, and the pages in cache and eval, or in html.
    """
    return shared.measure("traf", folder, against=against)


@evaluate.command(short_help="Readability.js's test-pages: shingle F1 of the article.")
@_FOLDER
@_AGAINST
@_measuring
def readability(shared: _Shared, *, folder: Path, against: Sequence[str]) -> Report:
    """Readability.js's test-pages: four-word shingle F1 of the article without its title.

    DIR has a folder per page: source.html, expected.html, expected-metadata.json.
    """
    return shared.measure("readability", folder, against=against)


@evaluate.command(short_help="Labelled lines: the share that has the right role.")
@_FOLDER
@click.option(
    "--originals",
    type=_PATH,
    multiple=True,
    metavar="DIR",
    help="Folders that hold wcxb, traf-dev and readability, where the pages are.",
)
@_measuring
def roles(shared: _Shared, *, folder: Path, originals: Sequence[Path]) -> Report:
    """Labelled lines: the share that has the right role, or a role of the right group.

    DIR has *.labels, lines of role, then a tab or ' | ', then text. With
    --originals the pages are HTML (or flattened), and each line takes the role
    of the block that holds most of its words; without, the lines are the text.
    """
    if shared.html and not originals:
        raise UsageError("--html needs the pages; name their folder with --originals")
    if shared.out_of_fold and not originals:
        raise UsageError("--out-of-fold needs the pages' sites; name their folder with --originals")
    return shared.measure("roles", folder, originals=originals)
