"""Counts as pages write them: votes, likes, how many comments there are.

What may stand behind their digits is in ``counts.toml``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from cleaner.tables import Table, any_of, read_table

_SEPARATOR = re.compile(r"(?<=\d)[.,\s'’](?=\d{3}\b)")
_LONGEST = 15  # digits; more number something else, and Python refuses to read thousands


def parse_number(text: str) -> int | None:
    """The first whole number in a text, as pages write it; None when there is none.

    >>> parse_number("1,234"), parse_number("-2"), parse_number("none")
    (1234, -2, None)
    >>> parse_number("1.2K"), parse_number("3,4 Mio"), parse_number("2M"), parse_number("1.5万")
    (1200, 3400000, 2000000, 15000)
    >>> parse_number("1'234"), parse_number("1’234"), parse_number("12 kittens")
    (1234, 1234, 12)
    """
    found = _count().search(_SEPARATOR.sub("", text.lower()))
    if found is None or len(found["whole"]) > _LONGEST:
        return None
    whole = int(found["whole"])
    if found["unit"]:
        scale = _scales()[found["unit"].strip()]
        whole = round(float(f"{whole}.{found['part'] or 0}") * scale)
    return -whole if found["sign"] in ("-", "−") else whole


@cache
def count_pattern() -> str:
    """What all of a count fits, when it is asked without regard to case."""
    return rf"[-+−]?\d[\d.,'’]*(?:{_unit()})?"


@cache
def _count() -> re.Pattern[str]:
    unit = rf"(?:[.,](?P<part>\d+))?(?P<unit>{_unit()})"
    return re.compile(rf"(?P<sign>[-+−])?(?P<whole>\d+)(?:{unit})?")


@cache
def _unit() -> str:
    table = _table()
    letters, words, signs = (any_of(table[name]) for name in ("letters", "words", "signs"))
    return rf"(?:[\u00a0\u202f]?{letters}|\s?{words})(?!\w)|\s?{signs}"


@cache
def _scales() -> dict[str, int]:
    return {unit: scale for units in _table().values() for unit, scale in units.items()}


def _table() -> Table:
    return read_table(Path(__file__).with_suffix(".toml"))
