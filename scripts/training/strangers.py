"""Pages as they would look in a language whose words the table of n-grams does not know.

The words of a language that nothing was learned from look up, by their hashes, the weights
of others. So do here most n-grams of a page, those of each page in its own way; numbers, and
one n-gram in six as what names and loan words are, stay known. A network that learns from such
pages too trusts the lines' shapes where the words say nothing.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.lines import Ints, gather_lines, mix
from cleaner.evidence.ngrams import NgramTable, ngrams

_KNOWN = 6  # of so many n-grams one is known
_NUMBERS = ("0", "00", "0000", "0 0", "00:00", "0:00", "00.00.0000", "00/00/0000", "0000-00-00",
            "0.0", "00 0000", "0,000", "00,000")  # fmt: skip


def strange_places(places: Ints, pages: Ints, buckets: int) -> Ints:
    """Where the n-grams of these places look up weights; ``pages`` numbers each one's page.

    >>> strange_places(np.array([3, 3, 4]), np.array([0, 0, 1]), 1000).tolist()
    [955, 955, 909]
    """
    moved = (places + _distance(pages, buckets)) % buckets
    return np.where(_known(buckets)[places], places, moved)


def strange_table(table: NgramTable, page: int) -> NgramTable:
    """The table as the n-grams of one page look it up, by `strange_places`."""
    buckets = len(table.weights)
    weights = np.roll(table.weights, -int(_distance(np.array([page]), buckets)[0]), axis=0)
    known = _known(buckets)
    weights[known] = table.weights[known]
    return NgramTable(weights, table.scale)


def _distance(page: Ints, buckets: int) -> Ints:
    """How far from its own an n-gram of a page looks up its weights."""
    return (mix(page.astype(np.uint32) + np.uint32(1)) % np.uint32(buckets)).astype(np.int64)


@cache
def _known(buckets: int) -> NDArray[np.bool_]:
    known: NDArray[np.bool_] = mix(np.arange(buckets, dtype=np.uint32)) % np.uint32(_KNOWN) == 0
    known[ngrams(gather_lines([_NUMBERS]).words, buckets)[0]] = True
    return known
