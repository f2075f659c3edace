"""Options that say what the work may take: processes, time, memory."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from cleaner.workers import Limits
from cleaner.workers.limits import MEMORY, TIMEOUT

Result = TypeVar("Result")


_MOST = 1e12
"""What no amount reaches: thirty thousand years, a million terabytes."""


class Amount(click.FloatRange):
    """A number above 0 that is finite; 'nan' is in every range."""

    def __init__(self) -> None:
        super().__init__(min=0, min_open=True, max=_MOST)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number. Fails on anything else."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"{value} is no number.", param, ctx)
        return number


_MEGABYTE = 1 << 20

_OPTIONS = (
    click.option(
        "--jobs",
        type=click.IntRange(min=1),
        metavar="N",
        help="Worker processes; with -o as many as there are processors, else none, "
        "or one for --timeout or --memory.",
    ),
    click.option(
        "--timeout",
        type=Amount(),
        metavar="SECONDS",
        help=f"Time for a document; a worker that takes longer is killed. "
        f"[default: {TIMEOUT:g} where there are workers]",
    ),
    click.option(
        "--memory",
        type=click.IntRange(min=1),
        metavar="MB",
        help="Memory of a worker; one that takes more is killed. "
        f"[default: {MEMORY // _MEGABYTE} where there are workers]",
    ),
)


def limit_options(command: Callable[..., Result]) -> Callable[..., Result]:
    """Give a command ``jobs`` and ``limits``; the limits are None when none was given."""

    @wraps(command)
    def with_limits(
        *args: object, timeout: float | None, memory: int | None, **options: object
    ) -> Result:
        limits = None
        if timeout is not None or memory is not None:
            limits = Limits(timeout or TIMEOUT, memory * _MEGABYTE if memory else MEMORY)
        return command(*args, limits=limits, **options)

    decorated: Callable[..., Result] = with_limits
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated
