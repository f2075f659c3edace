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
