"""A small network of several targets: soft roles, and chances of main content and article text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from scripts.training.softmax import LIMIT, Network

Floats = NDArray[np.float32]

_OPSET, _IR = 17, 9
_BATCH, _RATE, _DECAY = 512, 2e-3, 1e-4


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
    seed: int,
) -> Network:
    """A network by Adam, the rate falling along a cosine. ``rows`` are scaled in place."""
    generator = np.random.default_rng(seed)
    mean = rows.mean(axis=0, dtype=np.float64).astype(np.float32)
    scale = (1 / np.maximum(rows.std(axis=0, dtype=np.float64), 1e-3)).astype(np.float32)
    rows -= mean
    rows *= scale
    np.clip(rows, -LIMIT, LIMIT, out=rows)
    sizes = (rows.shape[1], *hidden, lessons.roles.shape[1] + lessons.yes.shape[1])
    layers = [
        (
            (generator.standard_normal((a, b)) * np.sqrt(2 / a)).astype(np.float32),
            np.zeros(b, np.float32),
        )
        for a, b in pairwise(sizes)
    ]
    optimiser = _Adam(layers, epochs * (len(rows) // _BATCH))
    for _ in range(epochs):
        order = generator.permutation(len(rows))
        for start in range(0, len(rows) - _BATCH + 1, _BATCH):
            chosen = order[start : start + _BATCH]
            optimiser.step(_backward(layers, rows[chosen], lessons[chosen], dropout, generator))
    return Network(mean, scale, tuple(layers))


def _backward(
    layers: list[tuple[Floats, Floats]],
    rows: Floats,
    lessons: Lessons,
    dropout: float,
    generator: np.random.Generator,
) -> list[Floats]:
    values, masks = [rows], []
    for number, (weights, offsets) in enumerate(layers):
        result = values[-1] @ weights + offsets
        if number + 1 < len(layers):
            keep = (generator.random(result.shape, dtype=np.float32) >= dropout).astype(np.float32)
            masks.append(keep / np.float32(1 - dropout) * (result > 0))
            result = result * masks[-1]
        values.append(result)
    back = _gradient(values.pop(), lessons) / np.float32(len(rows))
    gradients: list[Floats] = []
    for number in range(len(layers) - 1, -1, -1):
        gradients[:0] = [values[number].T @ back, back.sum(axis=0)]
        if number:
            back = (back @ layers[number][0].T) * masks[number - 1]
    return gradients


class _Adam:
    def __init__(self, layers: list[tuple[Floats, Floats]], total: int) -> None:
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


def lessons_graph(network: Network, targets: tuple[str, ...], roles: int) -> onnx.ModelProto:
    """The network as a graph: ``features`` in; ``roles`` and each target (rows, 1) out."""
    constants = {
        "mean": network.mean,
        "scale": network.scale,
        "low": np.array(-LIMIT, np.float32),
        "high": np.array(LIMIT, np.float32),
        "parts": np.array([roles, *[1] * len(targets)], np.int64),
    }
    nodes = [
        helper.make_node("Sub", ["features", "mean"], ["centred"]),
        helper.make_node("Mul", ["centred", "scale"], ["wide"]),
        helper.make_node("Clip", ["wide", "low", "high"], ["layer0"]),
    ]
    last = len(network.layers) - 1
    for number, (weights, offsets) in enumerate(network.layers):
        constants[f"weights{number}"], constants[f"offsets{number}"] = weights, offsets
        inputs = [f"layer{number}", f"weights{number}", f"offsets{number}"]
        nodes.append(helper.make_node("Gemm", inputs, [f"sum{number}"]))
        if number < last:
            nodes.append(helper.make_node("Relu", [f"sum{number}"], [f"layer{number + 1}"]))
    scores = [f"{name} scores" for name in ("roles", *targets)]
    nodes.append(helper.make_node("Split", [f"sum{last}", "parts"], scores, axis=1))
    nodes.append(helper.make_node("Softmax", [scores[0]], ["roles"], axis=1))
    nodes += [
        helper.make_node("Sigmoid", [score], [name])
        for score, name in zip(scores[1:], targets, strict=True)
    ]
    return _model(nodes, constants, network.mean.shape[0], targets, roles)


def _model(
    nodes: list[Any], constants: dict[str, Any], width: int, targets: tuple[str, ...], roles: int
) -> onnx.ModelProto:
    inputs = [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, width])]
    outputs = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, size])
        for name, size in (("roles", roles), *((target, 1) for target in targets))
    ]
    held = [numpy_helper.from_array(value, name) for name, value in constants.items()]
    model = helper.make_model(
        helper.make_graph(nodes, "network", inputs, outputs, held),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        producer_name="cleaner",
    )
    model.ir_version = _IR
    onnx.checker.check_model(model)
    return model
