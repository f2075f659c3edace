"""The parts of small networks in plain numpy: layers, their input, the way back through them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from scripts.training.lessons import Floats

Layers = Sequence[tuple[Floats, Floats]]
"""The weights and offsets of each layer of a network."""


@dataclass(frozen=True)
class Network:
    """Layers of weights and offsets, with rectifiers between; the input is scaled first."""

    mean: Floats
    scale: Floats
    layers: Layers


LIMIT = 5.0
"""How far from its mean a feature may be, in standard deviations."""


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
