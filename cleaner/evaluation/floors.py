"""Floors: figures that were reached and must not be lost, with digests of what they hold for."""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import UsageError

DIGITS = 4
"""Decimal places of a floor; it is rounded down, so that what set it still reaches it."""

_UNIT = 10.0**DIGITS

HEAD = """\
# What was reached, rounded down. 'cleaner evaluate ... --floors FILE' checks it; the same with
# --set-floors raises it, and only with --lower-floors lowers it.
"""


@dataclass(frozen=True, slots=True)
class Floor:
    """The floor of one measurement: digests of its data and labels, and figures by name.

    A figure's name is page type and figure, ``all f1``.
    """

    data: str
    labels: str
    figures: Mapping[str, float]


def read_floors(path: Path) -> dict[str, Floor]:
    """The floors of a file by measurement; none when there is no file.

    Raises `UsageError` when it cannot be read, or is no file of floors.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        return {
            name: Floor(table["data"], table["labels"], dict(table["figures"]))
            for name, table in tables.items()
        }
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: no file of floors ({type(error).__name__}: {error})") from error


def write_floors(floors: Mapping[str, Floor], path: Path) -> None:
    """Write floors as TOML, by name. Raises `UsageError` when the file cannot be written."""
    text = HEAD + "".join(_table(name, floors[name]) for name in sorted(floors))
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error})") from error


def rounded_down(figure: float) -> float:
    """A figure as a floor holds it.

    >>> rounded_down(0.87569), rounded_down(0.3)
    (0.8756, 0.3)
    """
    return math.floor(round(figure * _UNIT, 6)) / _UNIT


def faults_of(name: str, reached: Floor, floors: Mapping[str, Floor]) -> list[str]:
    """What is wrong with what was reached: below its floor, measured on other data, no floor.

    >>> low, high = (Floor("d", "l", {"all f1": figure}) for figure in (0.5, 0.75))
    >>> faults_of("x", high, {"x": low}), faults_of("x", low, {"x": high})
    ([], ['x: all f1 is 0.5000, its floor 0.7500'])
    """
    if name not in floors:
        return [f"{name}: no floor; --set-floors sets it"]
    floor = floors[name]
    return [*_other_data(name, reached, floor), *_below(name, reached, floor)]


def raised(
    name: str, reached: Floor, floors: Mapping[str, Floor], *, lower: bool
) -> dict[str, Floor]:
    """The floors with that of one measurement set to what was reached.

    Raises `UsageError` when that lowers or drops one and ``lower`` does not allow it.
    """
    lowered = list(_below(name, reached, floors[name])) if name in floors else []
    if lowered and not lower:
        raise UsageError(f"{'; '.join(lowered)}; nothing was written: --lower-floors lowers them")
    return {**floors, name: reached}


def _other_data(name: str, reached: Floor, floor: Floor) -> Iterator[str]:
    for what, now, then in (
        ("pages", reached.data, floor.data),
        ("labels", reached.labels, floor.labels),
    ):
        if now != then:
            yield f"{name}: the floor was set on other {what} ({then}, these are {now})"


def _below(name: str, reached: Floor, floor: Floor) -> Iterator[str]:
    for figure, least in floor.figures.items():
        now = reached.figures.get(figure)
        if now is None:
            yield f"{name}: {figure} was not measured, its floor is {least:.{DIGITS}f}"
        elif now < least:
            yield f"{name}: {figure} is {now:.{DIGITS}f}, its floor {least:.{DIGITS}f}"


def _table(name: str, floor: Floor) -> str:
    figures = "".join(
        f"{json.dumps(figure)} = {value:.{DIGITS}f}\n" for figure, value in floor.figures.items()
    )
    head = f'\n[{json.dumps(name)}]\ndata = "{floor.data}"\nlabels = "{floor.labels}"\n'
    return f"{head}\n[{json.dumps(name)}.figures]\n{figures}"
