"""A linear model on sparse rows, in plain numpy: of hashed n-grams, of names.

Deterministic on one machine with the same library versions.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from scripts.training.lessons import Floats, Lessons


def _gradient(scores: Floats, lessons: Lessons) -> tuple[float, Floats]:
    """Loss and its gradient: cross-entropy of the roles, and of the only yes (last column)."""
    roles, answer = scores[:, :-1], scores[:, -1]
    yes, yes_weight = lessons.yes[:, 0], lessons.yes_weight[:, 0]
    shifted = roles - roles.max(axis=1, keepdims=True)
    log_sum = np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    log_chances = shifted - log_sum
    loss = -float((lessons.roles * log_chances).sum(axis=1) @ lessons.role_weight)
    gradient = np.empty_like(scores)
    gradient[:, :-1] = (np.exp(log_chances) - lessons.roles) * lessons.role_weight[:, None]
    chance = 1 / (1 + np.exp(-answer))
    loss += float((np.logaddexp(0, answer) - yes * answer) @ yes_weight)
    gradient[:, -1] = (chance - yes) * yes_weight
    return loss, gradient


def fit_linear(
    rows: csr_matrix, lessons: Lessons, *, penalty: float = 0.3, steps: int = 25
) -> Floats:
    """Weights (features, roles + 1) by L-BFGS, with a squared penalty."""
    shape = (rows.shape[1], lessons.roles.shape[1] + 1)
    turned = rows.T.tocsr()

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        weights = flat.astype(np.float32).reshape(shape)
        value, gradient = _gradient(rows @ weights, lessons)
        value += penalty / 2 * float(np.square(weights).sum())
        return value, (turned @ gradient + penalty * weights).ravel().astype(np.float64)

    start = np.zeros(shape[0] * shape[1])
    found = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 6}
    )
    return found.x.astype(np.float32).reshape(shape)
