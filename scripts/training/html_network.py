"""Small networks of several targets: soft roles, and chances of main content and article text.

Networks that differ in their random beginnings err in different places: the mean of their
scores is better than any of them (Hansen and Salamon 1990).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper

from scripts.training.graphs import Constants, Nodes, checked_model, scaled_input
from scripts.training.layers import LIMIT, Layers, Network, backward, input_scale, new_layers
from scripts.training.lessons import Lessons

Floats = NDArray[np.float32]

_BATCH, _RATE, _DECAY = 512, 2e-3, 1e-4


def _gradient(scores: Floats, lessons: Lessons) -> Floats:
    """The gradient of the cross-entropies of the roles and of each target."""
    count = lessons.roles.shape[1]
    shifted = scores[:, :count] - scores[:, :count].max(axis=1, keepdims=True)
    chances = np.exp(shifted)
    chances /= chances.sum(axis=1, keepdims=True)
    gradient = np.empty_like(scores)
    gradient[:, :count] = (chances - lessons.roles) * lessons.role_weight[:, None]
    yes = 1 / (1 + np.exp(-scores[:, count:]))
    gradient[:, count:] = (yes - lessons.yes) * lessons.yes_weight
    return gradient


def fit_lessons(
    rows: Floats,
    lessons: Lessons,
    *,
    hidden: tuple[int, ...],
    epochs: int,
    dropout: float,
    seeds: Sequence[int],
) -> tuple[Network, ...]:
    """A network for each seed. ``rows`` are scaled in place, for all of them."""
    mean, scale = input_scale(rows)
    rows -= mean
    rows *= scale
    np.clip(rows, -LIMIT, LIMIT, out=rows)
    sizes = (rows.shape[1], *hidden, lessons.roles.shape[1] + lessons.yes.shape[1])
    layers = (_fit(rows, lessons, sizes, epochs, dropout, seed) for seed in seeds)
    return tuple(Network(mean, scale, each) for each in layers)


def _fit(
    rows: Floats, lessons: Lessons, sizes: Sequence[int], epochs: int, dropout: float, seed: int
) -> Layers:
    """The layers of one network, by Adam, the rate falling along a cosine."""
    generator = np.random.default_rng(seed)
    layers = new_layers(sizes, generator)
    optimiser = _Adam(layers, epochs * (len(rows) // _BATCH))
    for _ in range(epochs):
        order = generator.permutation(len(rows))
        for start in range(0, len(rows) - _BATCH + 1, _BATCH):
            chosen = order[start : start + _BATCH]
            gradient = partial(_gradient, lessons=lessons[chosen])
            optimiser.step(backward(layers, rows[chosen], gradient, dropout, generator))
    return tuple(layers)


class _Adam:
    def __init__(self, layers: Layers, total: int) -> None:
        self.parts = [part for layer in layers for part in layer]
        self.moments = [(np.zeros_like(part), np.zeros_like(part)) for part in self.parts]
        self.total, self.done = max(total, 1), 0

    def step(self, gradients: list[Floats]) -> None:
        """Move the weights against their gradients."""
        self.done += 1
        rate = np.float32(_RATE * 0.5 * (1 + np.cos(np.pi * self.done / self.total)) + 1e-5)
        near = np.float32(1 / (1 - 0.9**self.done))
        far = np.float32(1 / (1 - 0.999**self.done))
        for part, gradient, (first, second) in zip(
            self.parts, gradients, self.moments, strict=True
        ):
            first += np.float32(0.1) * (gradient - first)
            second += np.float32(0.001) * (gradient * gradient - second)
            update = first * near / (np.sqrt(second * far) + np.float32(1e-8))
            part -= rate * (update + np.float32(_DECAY * (part.ndim > 1)) * part)


def lessons_graph(
    networks: Sequence[Network], targets: tuple[str, ...], roles: int
) -> onnx.ModelProto:
    """The networks as one graph: ``features`` in; ``roles`` and each target (rows, 1) out.

    They read the same scaled input; their last layers' scores are averaged.
    """
    constants, nodes = scaled_input(networks[0].mean, networks[0].scale)
    constants["parts"] = np.array([roles, *[1] * len(targets)], np.int64)
    names = [f"network{number} " for number in range(len(networks))]
    for name, network in zip(names, networks, strict=True):
        own, own_nodes = _scores(network, name, share=len(networks))
        constants |= own
        nodes += own_nodes
    nodes.append(helper.make_node("Sum", [f"{name}scores" for name in names], ["scores"]))
    scores = [f"{name} scores" for name in ("roles", *targets)]
    nodes.append(helper.make_node("Split", ["scores", "parts"], scores, axis=1))
    nodes.append(helper.make_node("Softmax", [scores[0]], ["roles"], axis=1))
    nodes += [
        helper.make_node("Sigmoid", [score], [name])
        for score, name in zip(scores[1:], targets, strict=True)
    ]
    outputs = {"roles": ("rows", roles), **dict.fromkeys(targets, ("rows", 1))}
    given = ("features", ("rows", len(networks[0].mean)))
    return checked_model("network", given, outputs, constants, nodes)


def _scores(network: Network, name: str, *, share: int) -> tuple[Constants, Nodes]:
    """From ``scaled`` to ``NAMEscores``, this network's share of a mean of so many."""
    constants: Constants = {}
    nodes: Nodes = []
    above = "scaled"
    for number, layer in enumerate(network.layers[:-1]):
        weights, offsets, total = (
            f"{name}{part}{number}" for part in ("weights", "offsets", "sum")
        )
        constants[weights], constants[offsets] = layer
        nodes.append(helper.make_node("Gemm", [above, weights, offsets], [total]))
        above = f"{name}layer{number + 1}"
        nodes.append(helper.make_node("Relu", [total], [above]))
    weights, offsets = network.layers[-1]
    constants[f"{name}weights"], constants[f"{name}offsets"] = weights / share, offsets / share
    inputs = [above, f"{name}weights", f"{name}offsets"]
    nodes.append(helper.make_node("Gemm", inputs, [f"{name}scores"]))
    return constants, nodes
