"""How much a witness's word counts, kept as data in ``weights.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cleaner.tables import read_table


@dataclass(frozen=True, slots=True)
class Weights:
    """Log-odds for body, of a block that a witness kept, and of one that it dropped."""

    kept: float
    dropped: float


@cache
def load_weights(name: str) -> Weights:
    """The weights of the witness of this name.

    >>> load_weights("trafilatura").kept > 0 > load_weights("trafilatura").dropped
    True
    """
    return Weights(**read_table(Path(__file__).with_suffix(".toml"))[name])
