"""``cleaner clean``: sources in, text or records out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import click

from cleaner.batch import PageFolder, Result, clean_sources, page_names
from cleaner.cli.exits import Exit
from cleaner.cli.options import settings_options
from cleaner.cli.output import say, show_progress, write_out
from cleaner.document import Role
from cleaner.errors import SourceError, UsageError
from cleaner.page import Page
from cleaner.reading import Missed, Source, find_sources
from cleaner.rendering import Comments, Format, parse_roles, render
from cleaner.settings import Settings


def _roles(_: click.Context, __: click.Parameter, value: str | None) -> frozenset[Role] | None:
    return None if value is None else parse_roles(value)


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...")
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="Write each page to OUT/pages, under its path with the format's suffix added.",
)
@click.option(
    "--format",
    "wanted",
    type=click.Choice([each.value for each in Format]),
    default=Format.TEXT.value,
    show_default=True,
    help="text: the main content. markdown: with headline and headings. "
    "json: one record per page. labels: 'role | text' for every line.",
)
@click.option(
    "--keep",
    callback=_roles,
    metavar="ROLE,...",
    help="Print the blocks with these roles, rather than the main content.",
)
@click.option(
    "--comments",
    type=click.Choice([each.value for each in Comments]),
    default=Comments.NONE.value,
    show_default=True,
    help="Readers' comments: left out, after the text, or alone. "
    "A thread's replies are text anyway; json always has them all.",
)
@click.option("--url", metavar="URL", help="Where the page comes from; for a single source.")
@settings_options
def clean(
    *,
    sources: tuple[str, ...],
    out: Path | None,
    wanted: str,
    keep: frozenset[Role] | None,
    comments: str,
    url: str | None,
    settings: Settings,
) -> None:
    """Print the main content of pages, or write them to a folder.

    SOURCE is a file, a folder (read to the bottom; hidden names are passed
    over, links to folders not followed) or '-' for standard input. Without -o
    a blank line stands between the pages; json is one object per line. When
    there is nothing to clean at all, that is wrong usage.
    """
    if keep is not None and comments == Comments.ONLY and wanted != Format.JSON:
        raise UsageError("--keep chooses blocks, --comments only leaves them out; give one of them")
    found = _find(sources, out, url)
    writer = partial(_render, wanted=wanted, keep=keep, comments=comments)
    results = clean_sources(found, settings=settings, url=url, render=writer)
    results = iter(show_progress(results, len(found)))
    if out is None:
        failed = _print(results, between="" if wanted == Format.JSON else "\n")
    else:
        failed = _write(results, PageFolder(out), _names(found, Format(wanted).suffix))
    _end(failed, len(found))


def _find(sources: Sequence[str], out: Path | None, url: str | None) -> list[Source | Missed]:
    """What there is to clean. Raises `UsageError` when that is nothing, or too much for a URL."""
    found = []
    for source in find_sources(sources, leave_out=out):
        if isinstance(source, Missed) and not source.failed:
            say(source)
        else:
            found.append(source)
    if not found:
        raise UsageError("nothing to clean; name files, folders with files in them, or '-'")
    if url is not None and len(found) > 1:
        raise UsageError(f"--url belongs to a single page, and there are {len(found)}")
    return found


def _render(
    page: Page, source: str, *, wanted: str, keep: frozenset[Role] | None, comments: str
) -> str:
    comments = Comments.NONE if wanted == Format.JSON else comments
    return render(page, wanted, source=source, keep=keep, comments=comments)


def _names(found: Sequence[Source | Missed], suffix: str) -> dict[int, str]:
    """The output name of each source, by the source's identity."""
    return dict(zip(map(id, found), page_names([each.name for each in found], suffix), strict=True))


def _print(results: Iterator[Result], *, between: str) -> int:
    """Print every page; the number of those that failed."""
    failed, gap = 0, ""
    for result in results:
        failed += _tell(result)
        if result.output:
            write_out(gap + result.output)
            gap = between
    return failed


def _write(results: Iterator[Result], folder: PageFolder, names: dict[int, str]) -> int:
    """Write every page to its file; the number of those that failed.

    One that failed gets a file only when it says so itself, as a JSON record does.
    """
    failed = 0
    for result in results:
        failed += _tell(result)
        if result.page is None or (result.error and not result.output):
            continue
        try:
            folder.write(names[id(result.source)], result.output)
        except SourceError as error:
            say(error)
            failed += 1
    return failed


def _tell(result: Result) -> bool:
    """Say what is to be said of a result; whether it failed."""
    if result.error is not None:
        say(result.error)
    elif result.page is not None and result.page.outcome.state != "ok":
        outcome = result.page.outcome
        say(f"{result.source.where}: {outcome.state}: {outcome.reason}")
    return result.error is not None


def _end(failed: int, total: int) -> None:
    if failed and total > 1:
        say(f"{failed} of {total} pages failed; see above")
    if failed:
        raise click.exceptions.Exit(Exit.FAILED)
