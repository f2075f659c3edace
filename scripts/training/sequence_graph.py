"""A sequence network as two ONNX graphs.

``rows`` makes of a block's features what its neighbours are told; it may be asked about
any number of rows at a time. ``around`` reads a page's rows in order, and decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
from onnx import helper
from torch import nn

from scripts.training.graphs import Constants, Nodes, checked_model, scaled_input
from scripts.training.lessons import Floats
from scripts.training.sequence_network import CARRIED, HIDDEN, SequenceNetwork


def save_network(network: SequenceNetwork, outputs: Mapping[str, int], place: Path) -> None:
    """Write ``rows.onnx`` and ``around.onnx``; ``outputs`` are names and sizes, the roles first."""
    (place / "rows.onnx").write_bytes(rows_graph(network).SerializeToString())
    (place / "around.onnx").write_bytes(around_graph(network, outputs).SerializeToString())


def rows_graph(network: SequenceNetwork) -> onnx.ModelProto:
    """From ``features`` (rows, features) to ``own`` (rows, HIDDEN)."""
    constants, nodes = scaled_input(network.mean, network.scale)
    nodes += [
        *_dense(network.first, "first", "scaled", constants),
        *_dense(network.second, "second", "first", constants),
        helper.make_node("Identity", ["second"], ["own"]),
    ]
    width = len(network.mean)
    return checked_model(
        "rows", ("features", ("rows", width)), {"own": ("rows", HIDDEN)}, constants, nodes
    )


def around_graph(network: SequenceNetwork, outputs: Mapping[str, int]) -> onnx.ModelProto:
    """From ``own`` (rows, pages, HIDDEN) to each output (rows, pages, its size).

    The first output is a choice, whose chances add up to 1; the others are yes or no.
    """
    constants: Constants = {
        "joined": np.array([0, 0, 2 * CARRIED], np.int64),
        "sizes": np.array([*outputs.values()], np.int64),
        **_gates(network.around),
    }
    scores = [f"{name} scores" for name in outputs]
    first, *others = outputs
    nodes = [
        helper.make_node(
            "GRU",
            ["own", "input weights", "carried weights", "gate offsets"],
            ["directions"],
            direction="bidirectional",
            hidden_size=CARRIED,
            linear_before_reset=1,
        ),
        helper.make_node("Transpose", ["directions"], ["turned"], perm=[0, 2, 1, 3]),
        helper.make_node("Reshape", ["turned", "joined"], ["passed"]),
        helper.make_node("Concat", ["own", "passed"], ["known"], axis=2),
        *_dense(network.third, "third", "known", constants),
        *_linear(network.last, "last", "third", constants),
        helper.make_node("Split", ["last", "sizes"], scores, axis=2),
        helper.make_node("Softmax", [scores[0]], [first], axis=2),
        *(helper.make_node("Sigmoid", [f"{name} scores"], [name]) for name in others),
    ]
    given = {name: ("rows", "pages", size) for name, size in outputs.items()}
    return checked_model("around", ("own", ("rows", "pages", HIDDEN)), given, constants, nodes)


def _dense(layer: nn.Linear, name: str, above: str, constants: Constants) -> Nodes:
    """A layer with its rectifier, from ``above`` to ``name``."""
    linear = _linear(layer, f"{name} sum", above, constants)
    return [*linear, helper.make_node("Relu", [f"{name} sum"], [name])]


def _linear(layer: nn.Linear, name: str, above: str, constants: Constants) -> Nodes:
    """A layer without it. MatMul, unlike Gemm, takes rows of several pages."""
    weights, offsets = f"{name} weights", f"{name} offsets"
    constants[weights] = np.ascontiguousarray(layer.weight.detach().numpy().T)
    constants[offsets] = layer.bias.detach().numpy()
    return [
        helper.make_node("MatMul", [above, weights], [f"{name} product"]),
        helper.make_node("Add", [f"{name} product", offsets], [name]),
    ]


def _gates(layer: nn.GRU) -> Constants:
    """The weights of the recurrent layer, whose first gate ONNX has second."""

    def both(part: str) -> Floats:
        down, up = (getattr(layer, f"{part}_l0{way}").detach().numpy() for way in ("", "_reverse"))
        return np.stack([_update_first(down), _update_first(up)])

    return {
        "input weights": both("weight_ih"),
        "carried weights": both("weight_hh"),
        "gate offsets": np.concatenate([both("bias_ih"), both("bias_hh")], axis=1),
    }


def _update_first(rows: Floats) -> Floats:
    reset, update, new = np.split(rows, 3)
    return np.concatenate([update, reset, new])
