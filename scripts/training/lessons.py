"""What learners learn from: soft roles, and answers of yes and no."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Lessons:
    """What rows should come out as.

    ``roles`` (rows, roles) are chances, ``role_weight`` (rows); ``yes`` (rows,
    targets) are 0 to 1, ``yes_weight`` says what each counts, 0 where it is unknown.
    """

    roles: Floats
    role_weight: Floats
    yes: Floats
    yes_weight: Floats

    def __getitem__(self, rows: NDArray[np.generic]) -> Lessons:
        return Lessons(
            self.roles[rows], self.role_weight[rows], self.yes[rows], self.yes_weight[rows]
        )

    def followed_by(self, others: Lessons) -> Lessons:
        """These rows, and below them those of others."""
        return Lessons(
            np.concatenate([self.roles, others.roles]),
            np.concatenate([self.role_weight, others.role_weight]),
            np.concatenate([self.yes, others.yes]),
            np.concatenate([self.yes_weight, others.yes_weight]),
        )


_FULL = 250  # rows of a page up to which each counts whole


def shares_of_pages(sizes: NDArray[np.integer]) -> Floats:
    """How much each row counts, for pages of so many rows: those of a long page less.

    What users see, and what benchmarks count, are pages: a page of 2000 rows is not eight.

    >>> shares_of_pages(np.array([1, 500])).tolist()[:2]
    [1.0, 0.5]
    """
    shares = np.minimum(1, _FULL / np.maximum(sizes, 1))
    return np.repeat(shares, sizes).astype(np.float32)


def one_hot(roles: NDArray[np.integer], count: int) -> Floats:
    """A row of chances for each role's number; all 0 for -1.

    >>> one_hot(np.array([1, -1]), 2).tolist()
    [[0.0, 1.0], [0.0, 0.0]]
    """
    chances = np.zeros((len(roles), count), np.float32)
    known = roles >= 0
    chances[known, roles[known]] = 1
    return chances
