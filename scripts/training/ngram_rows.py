"""The n-grams of lines as sparse rows, as a linear model learns them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_matrix

from cleaner.evidence.lines.arrays import Lines
from cleaner.evidence.lines.ngrams import ngrams


def ngram_rows(parts: Iterable[Lines], buckets: int) -> csr_matrix:
    """A row for each line of some lots of lines, scaled as `NgramTable.scores` does.

    >>> from cleaner.evidence.lines.arrays import gather_lines
    >>> rows = ngram_rows([gather_lines([["Read more", "Home"]])], 1000)
    >>> rows.shape, rows.nnz
    ((2, 1000), 8)
    """
    found, sizes = [], []
    for lines in parts:
        places, bounds = ngrams(lines.words, buckets)
        found.append(places.astype(np.int32))
        sizes.append(np.diff(bounds))
    counts = np.concatenate(sizes)
    values = np.repeat(1 / np.sqrt(np.maximum(counts, 1)), counts).astype(np.float32)
    starts = np.concatenate([[0], np.cumsum(counts)])
    return csr_matrix((values, np.concatenate(found), starts), (len(counts), buckets))
