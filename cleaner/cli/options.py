"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from itertools import chain
from pathlib import Path
from typing import TypeVar

import click

from cleaner.evidence.witnesses import WITNESSES
from cleaner.pipeline import check_settings
from cleaner.settings import Settings, read_settings, read_sites

Result = TypeVar("Result")


def comma_names(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    """The names in a comma-separated option; none in an empty one."""
    return tuple(filter(None, (name.strip() for name in value.split(","))))


def _names_of_all(
    context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[str, ...]:
    """The names in all of several comma-separated options; one without names is wrong usage."""
    names = (comma_names(context, parameter, value) or ("",) for value in values)
    return tuple(chain.from_iterable(names))


_OPTIONS = (
    click.option(
        "--settings",
        "settings_file",
        type=click.Path(path_type=Path),
        metavar="FILE.toml",
        help="Settings file; its keys are 'without' and 'witnesses' (lists), 'sites' (a folder).",
    ),
    click.option(
        "--without",
        multiple=True,
        callback=_names_of_all,
        metavar="STAGE,...",
        help="Switch off stages or single rules (STAGE/RULE); may be given several times.",
    ),
    click.option(
        "--sites",
        "sites_folder",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="Your own site and comment-system files (*.toml), looked at first.",
    ),
    click.option(
        "--witness",
        "witnesses",
        callback=comma_names,
        default="",
        metavar="NAME,...",
        help=f"Ask other extractors about each HTML page, too: {', '.join(WITNESSES)}.",
    ),
)


def settings_options(command: Callable[..., Result]) -> Callable[..., Result]:
    """Give a command the options that make up its settings, as one keyword ``settings``.

    Raises `UsageError` as `resolve_settings` does.
    """

    @wraps(command)
    def with_settings(
        *args: object,
        settings_file: Path | None,
        without: tuple[str, ...],
        sites_folder: Path | None,
        witnesses: tuple[str, ...],
        **options: object,
    ) -> Result:
        settings = resolve_settings(
            settings_file, without=without, sites_folder=sites_folder, witnesses=witnesses
        )
        return command(*args, settings=settings, **options)

    decorated: Callable[..., Result] = with_settings
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


def resolve_settings(
    settings_file: Path | None = None,
    *,
    without: tuple[str, ...] = (),
    sites_folder: Path | None = None,
    witnesses: tuple[str, ...] = (),
) -> Settings:
    """The settings of a file, with what the command line adds; checked.

    Site files of the command line stand before those of the settings file.
    Raises `UsageError` as `read_settings`, `read_sites` and `check_settings` do.
    """
    settings = read_settings(settings_file) if settings_file else Settings()
    settings = replace(
        settings,
        without=(*settings.without, *without),
        witnesses=(*settings.witnesses, *witnesses),
    )
    if sites_folder:
        settings = replace(settings, sites=(*read_sites(sites_folder), *settings.sites))
    check_settings(settings)
    return settings
