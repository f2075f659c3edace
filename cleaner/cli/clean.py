"""``cleaner clean``: sources in, text or records out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from pathlib import Path

import click

from cleaner.batch import TABLES, Plan, clean_items
from cleaner.batch.positions import Positions
from cleaner.cli.exits import Exit
from cleaner.cli.inputs import input_options
from cleaner.cli.limits import limit_options
from cleaner.cli.options import settings_options
from cleaner.cli.output import say, write_out
from cleaner.cli.run_messages import RunMessages
from cleaner.document import Role
from cleaner.errors import UsageError
from cleaner.reading import Item, Missed, Reading, Source, read_items
from cleaner.rendering import Comments, Format, parse_roles
from cleaner.settings import Settings
from cleaner.workers import Limits, usable_cores


def _roles(_: click.Context, __: click.Parameter, value: str | None) -> frozenset[Role] | None:
    return None if value is None else parse_roles(value)


def _folder(_: click.Context, __: click.Parameter, value: str | None) -> Path | None:
    if value == "":
        raise UsageError("-o is an empty name (an unset variable?); name a folder")
    return None if value is None else Path(value)


@click.command()
@input_options
@click.option(
    "-o",
    "--output",
    "out",
    callback=_folder,
    metavar="OUT",
    help="Write pages to OUT/pages and OUT/report.json; the same command again goes on "
    "where it was stopped.",
)
@click.option(
    "--overwrite", is_flag=True, help="Begin again: remove what an earlier run wrote to OUT."
)
@click.option(
    "--format",
    "wanted",
    type=click.Choice([*(each.value for each in Format), *TABLES]),
    default=Format.TEXT.value,
    show_default=True,
    help="text: the main content. markdown: with headline and headings. "
    "json: one record per page. labels: 'role | text' for every line. "
    "jsonl, parquet: records, many in a file.",
)
@click.option("--compress", is_flag=True, help="Compress jsonl with Zstandard.")
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
@limit_options
@click.option(
    "--log",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    expose_value=False,  # the group has looked for it: what is wrong usage must be JSON, too
    help="How stderr is written: for people, or an object per line for machines.",
)
@settings_options
def clean(
    *,
    sources: Iterable[Source | Missed],
    reading: Reading,
    out: Path | None,
    overwrite: bool,
    wanted: str,
    compress: bool,
    keep: frozenset[Role] | None,
    comments: str,
    url: str | None,
    jobs: int | None,
    limits: Limits | None,
    settings: Settings,
) -> None:
    """Print the main content of pages, or write them to a folder.

    SOURCE is a file, a folder (read to the bottom; hidden names are passed
    over, links to folders not followed), a pattern or '-' for standard input.
    A file is a page, or holds many: WARC, WET, lines of JSON, Parquet; each may
    be compressed (gz, zst, bz2, xz). Without -o a blank line stands between the
    pages; json is one object per line. When there is nothing to clean at all,
    that is wrong usage.
    """
    if overwrite and out is None:
        raise UsageError("--overwrite needs the folder that it removes from; give it with -o")
    if url is not None:
        sources = _single(sources)
    plan = Plan(
        format=wanted,
        compress=compress,
        keep=keep,
        comments=comments,
        url=url,
        settings=settings,
        limits=limits or Limits(),
        reading=reading,
    )
    teller = RunMessages(is_run=out is not None)
    if out is None:
        _print(sources, plan, teller, jobs=1 if limits and jobs is None else jobs)
    else:
        _write(sources, out, plan, teller, jobs=jobs or usable_cores(), overwrite=overwrite)


def _single(sources: Iterable[Source | Missed]) -> list[Source | Missed]:
    """The only source. Raises `UsageError` when there are several."""
    found = list(islice(sources, 2))
    if len(found) > 1:
        raise UsageError("--url belongs to a single page, and there are several")
    return found


def _print(
    sources: Iterable[Source | Missed], plan: Plan, teller: RunMessages, *, jobs: int | None
) -> None:
    """Print every page."""
    if plan.format == "parquet" or plan.compress:
        raise UsageError("Parquet and --compress need a folder to write to; give one with -o")
    found = _found(sources, teller)
    ends: deque[int] = deque()
    results = clean_items(
        _items(found, plan, ends),
        settings=plan.settings,
        wanted=plan.wanted,
        jobs=jobs,
        limits=plan.limits,
    )
    between = "" if plan.format in (Format.JSON, *TABLES) else "\n"
    gap = ""
    teller.begin(len(found), sum(each.size for each in found if isinstance(each, Source)))
    with closing(results), teller.watching():
        for result in results:
            teller.tell(result, ends.popleft())
            if result.output:
                write_out(gap + result.output.decode("utf-8"))
                gap = between
    teller.end_printing()
    _exit(teller.bad)


def _found(sources: Iterable[Source | Missed], teller: RunMessages) -> Sequence[Source | Missed]:
    """What there is to clean. Raises `UsageError` when that is nothing."""
    found = []
    for source in sources:
        if isinstance(source, Missed) and not source.failed:
            say(str(source))
        else:
            found.append(source)
    if not found:
        raise UsageError("nothing to clean; name files, folders with files in them, or '-'")
    return found


def _items(sources: Iterable[Source | Missed], plan: Plan, ends: deque[int]) -> Iterator[Item]:
    """The documents; ``ends`` gets the position behind each, in bytes of all sources."""
    positions = Positions()
    for source in sources:
        for item in read_items(source, plan.reading):
            ends.append(positions.after(item))
            yield item if item.url or not plan.url else replace(item, url=plan.url)
        positions.end(source)


def _write(
    sources: Iterable[Source | Missed],
    out: Path,
    plan: Plan,
    teller: RunMessages,
    *,
    jobs: int,
    overwrite: bool,
) -> None:
    """Write every page to the folder, and say what became of them."""
    from cleaner.batch import run_batch  # what is printed needs no journal

    try:
        with teller.watching():
            account = run_batch(
                sources,
                out,
                plan,
                jobs=jobs,
                overwrite=overwrite,
                started=teller.started,
                watch=teller.watch,
            )
    except KeyboardInterrupt:
        say("stopped; the same command goes on from here")
        raise
    teller.end_run(account, out)
    _exit(account.bad)


def _exit(bad: int) -> None:
    if bad:
        raise click.exceptions.Exit(Exit.FAILED)
