"""Tables in TOML, those of the package packed as JSON: that is read in a fiftieth of the time.

``tables.json`` is written by ``scripts/pack.py``. Each table stands in it
under the checksum of its TOML text; so a text that was changed since, or that is
a user's own, is parsed, and nothing is ever out of date.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

PACKED = Path(__file__).with_suffix(".json")
"""The tables of the package by the `checksum` of their texts."""

Table = dict[str, Any]


def read_table(path: Path) -> Table:
    """The table in a TOML file of the package; not to be changed, for it is read once."""
    return parse_table(path.read_text("utf-8"))


def parse_table(text: str) -> Table:
    """The table that a TOML text holds. Raises `ValueError` when it is none.

    >>> parse_table("weights = [1, 2]")
    {'weights': [1, 2]}
    """
    packed = _packed().get(checksum(text))
    if packed is not None:
        return packed
    import tomllib  # most processes read no text that is not packed

    return tomllib.loads(text)


def any_of(words: Iterable[str]) -> str:
    r"""A pattern for any of some words, the longest first.

    >>> any_of(["by", "by the", "von"])
    '(?:by\\ the|von|by)'
    """
    return f"(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})"


def checksum(text: str) -> str:
    """What tells the texts of tables apart."""
    return f"{zlib.crc32(text.encode('utf-8', 'replace')):08x}-{len(text)}"


@cache
def _packed() -> dict[str, Table]:
    try:
        tables: dict[str, Table] = json.loads(PACKED.read_text("utf-8"))
    except OSError:
        return {}
    return tables
