"""Two learners in plain numpy: a linear model on hashed n-grams, a small network.

Both are deterministic on one machine with the same library versions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from scripts.training.lessons import Floats, Lessons

Layers = Sequence[tuple[Floats, Floats]]
"""The weights and offsets of each layer of a network."""


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


@dataclass(frozen=True)
class Network:
    """Layers of weights and offsets, with rectifiers between; the input is scaled first."""

    mean: Floats
    scale: Floats
    layers: Layers

    def scores(self, rows: Floats) -> Floats:
        """The scores of rows, before softmax and sigmoid."""
        values = self.scaled(rows)
        for number, (weights, offsets) in enumerate(self.layers):
            values = values @ weights + offsets
            if number + 1 < len(self.layers):
                values = np.maximum(values, 0)
        return values

    def scaled(self, rows: Floats) -> Floats:
        """The input as the first layer reads it."""
        return np.clip((rows - self.mean) * self.scale, -LIMIT, LIMIT)


LIMIT = 5.0
"""How far from its mean a feature may be, in standard deviations."""


def fit_network(
    rows: Floats,
    lessons: Lessons,
    *,
    hidden: tuple[int, ...] = (128, 64),
    epochs: int = 6,
    batch: int = 512,
    rate: float = 2e-3,
    decay: float = 1e-4,
    dropout: float = 0.1,
    seed: int = 17,
) -> Network:
    """A network by Adam, the rate falling along a cosine."""
    generator = np.random.default_rng(seed)
    mean, scale = input_scale(rows)
    sizes = (rows.shape[1], *hidden, lessons.roles.shape[1] + 1)
    layers = new_layers(sizes, generator)
    parameters = [part for layer in layers for part in layer]
    moments = [(np.zeros_like(part), np.zeros_like(part)) for part in parameters]
    network = Network(mean, scale, tuple(layers))
    total = epochs * (len(rows) // batch)
    step = 0
    for _ in range(epochs):
        order = generator.permutation(len(rows))
        for start in range(0, len(rows) - batch + 1, batch):
            chosen = np.sort(order[start : start + batch])
            step += 1
            gradient = partial(_slope, lessons=lessons[chosen])
            gradients = backward(
                network.layers, network.scaled(rows[chosen]), gradient, dropout, generator
            )
            now = rate * 0.5 * (1 + np.cos(np.pi * step / total)) + 1e-5
            for part, gradient, (first, second) in zip(parameters, gradients, moments, strict=True):
                first += 0.1 * (gradient - first)
                second += 0.001 * (gradient * gradient - second)
                update = (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
                part -= np.float32(now) * (update + decay * part * (part.ndim > 1)).astype(
                    np.float32
                )
    return network


def _slope(scores: Floats, lessons: Lessons) -> Floats:
    return _gradient(scores, lessons)[1]


def input_scale(rows: Floats) -> tuple[Floats, Floats]:
    """The mean of each feature, and what its distance from it is multiplied by."""
    mean = rows.mean(axis=0, dtype=np.float64).astype(np.float32)
    scale = (1 / np.maximum(rows.std(axis=0, dtype=np.float64), 1e-3)).astype(np.float32)
    return mean, scale


def new_layers(sizes: Sequence[int], generator: np.random.Generator) -> list[tuple[Floats, Floats]]:
    """Layers of random weights and no offsets (He et al. 2015)."""
    return [
        (
            (generator.standard_normal((a, b)) * np.sqrt(2 / a)).astype(np.float32),
            np.zeros(b, np.float32),
        )
        for a, b in pairwise(sizes)
    ]


def backward(
    layers: Layers,
    rows: Floats,
    gradient_of: Callable[[Floats], Floats],
    dropout: float,
    generator: np.random.Generator,
) -> list[Floats]:
    """The gradients of all weights and offsets, for rows that are scaled already.

    ``gradient_of`` gives for the last layer's scores how they should move.
    """
    values, masks = [rows], []
    for number, (weights, offsets) in enumerate(layers):
        result = values[-1] @ weights + offsets
        if number + 1 < len(layers):
            keep = (generator.random(result.shape, dtype=np.float32) >= dropout).astype(np.float32)
            masks.append(keep / np.float32(1 - dropout) * (result > 0))
            result = result * masks[-1]
        values.append(result)
    back = gradient_of(values.pop()) / np.float32(len(rows))
    gradients: list[Floats] = []
    for number in range(len(layers) - 1, -1, -1):
        gradients[:0] = [values[number].T @ back, back.sum(axis=0)]
        if number:
            back = (back @ layers[number][0].T) * masks[number - 1]
    return gradients
