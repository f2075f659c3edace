"""Options that say what is read: arguments, lists, filters, names of fields."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from cleaner.cli.limits import Amount
from cleaner.errors import UsageError
from cleaner.reading import (
    Fields,
    Filter,
    Reading,
    find_sources,
    read_list,
)
from cleaner.reading.items import MEGABYTE

Result = TypeVar("Result")

_FIELDS = {"content": "content", "url": "url", "id": "id", "media-type": "media_type"}

_OPTIONS = (
    click.argument("arguments", nargs=-1, metavar="SOURCE..."),
    click.option(
        "--list",
        "list_file",
        metavar="FILE",
        help="Read names of sources from a file, one a line (or ended by NUL); '-' is stdin.",
    ),
    click.option(
        "--include", multiple=True, metavar="GLOB", help="In folders read only files like '*.html'."
    ),
    click.option(
        "--exclude", multiple=True, metavar="GLOB", help="In folders leave out files like these."
    ),
    click.option(
        "--field",
        "named",
        multiple=True,
        metavar="WHAT=NAME",
        help="The field or column that holds content, url, id or media-type, in JSON and Parquet.",
    ),
    click.option(
        "--max-size",
        type=Amount(),
        default=Reading().most / MEGABYTE,
        show_default=True,
        metavar="MB",
        help="A document larger than this, decompressed, fails.",
    ),
)


def input_options(command: Callable[..., Result]) -> Callable[..., Result]:
    """Give a command its sources, as ``sources`` and ``reading``.

    Raises `UsageError` when there are none, or a field is unknown.
    """

    @wraps(command)
    def with_sources(
        *args: object,
        arguments: tuple[str, ...],
        list_file: str | None,
        include: tuple[str, ...],
        exclude: tuple[str, ...],
        named: tuple[str, ...],
        max_size: float,
        **options: object,
    ) -> Result:
        if not arguments and list_file is None:
            raise click.UsageError("Missing argument 'SOURCE...'.")
        found = find_sources(
            _all_arguments(arguments, list_file),
            **_left_out(options.get("out")),
            only=Filter(include, exclude),
        )
        reading = Reading(most=math.ceil(max_size * MEGABYTE), fields=parse_fields(named))
        return command(*args, sources=found, reading=reading, **options)

    decorated: Callable[..., Result] = with_sources
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def _left_out(out: object) -> dict[str, Any]:
    """What `find_sources` is told of the output folder."""
    if not isinstance(out, Path):
        return {}
    from cleaner.batch.previous_output import OWN  # what is printed is stored nowhere

    return {"leave_out": out, "written": OWN}


def parse_fields(named: tuple[str, ...]) -> Fields:
    """Fields from ``WHAT=NAME``. Raises `UsageError` on anything else.

    >>> parse_fields(("content=raw", "url=link")).content
    'raw'
    """
    values = {}
    for each in named:
        what, _, name = each.partition("=")
        if what not in _FIELDS or not name:
            raise UsageError(f"--field {each}: give content, url, id or media-type = a name")
        values[_FIELDS[what]] = name
    return Fields(**values)


def _all_arguments(arguments: tuple[str, ...], list_file: str | None) -> Iterator[str]:
    yield from arguments
    if list_file == "-":
        if "-" in arguments:
            raise UsageError("standard input ('-') can be read only once; give '-' once")
        if sys.stdin is None:
            raise UsageError("--list -: standard input is closed")
        yield from read_list(sys.stdin.buffer)
    elif list_file is not None:
        try:
            with Path(list_file).open("rb") as file:
                yield from read_list(file)
        except OSError as error:
            raise UsageError(
                f"--list {list_file}: {error.strerror or error}; check the path"
            ) from error
