"""Parts of a network's ONNX graph: its scaled input, its hidden layers, the model around all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from scripts.training.softmax import LIMIT, Network

_OPSET, _IR = 17, 9

Constants = dict[str, Any]
Nodes = list[Any]


def scaled_input(network: Network) -> tuple[Constants, Nodes]:
    """From ``features`` to ``layer0``, as `Network.scaled` makes it."""
    constants = {
        "mean": network.mean,
        "scale": network.scale,
        "low": np.array(-LIMIT, np.float32),
        "high": np.array(LIMIT, np.float32),
    }
    nodes = [
        helper.make_node("Sub", ["features", "mean"], ["centred"]),
        helper.make_node("Mul", ["centred", "scale"], ["wide"]),
        helper.make_node("Clip", ["wide", "low", "high"], ["layer0"]),
    ]
    return constants, nodes


def hidden_layers(network: Network, name: str = "") -> tuple[Constants, Nodes]:
    """From ``layer0`` to ``NAMElayerN``, which the last layer reads."""
    constants: Constants = {}
    nodes: Nodes = []
    above = "layer0"
    for number, layer in enumerate(network.layers[:-1]):
        weights, offsets, total = (
            f"{name}{part}{number}" for part in ("weights", "offsets", "sum")
        )
        constants[weights], constants[offsets] = layer
        nodes.append(helper.make_node("Gemm", [above, weights, offsets], [total]))
        above = f"{name}layer{number + 1}"
        nodes.append(helper.make_node("Relu", [total], [above]))
    return constants, nodes


def network_model(
    name: str,
    width: int,
    outputs: Sequence[tuple[str, int]],
    constants: Constants,
    nodes: Nodes,
) -> onnx.ModelProto:
    """The checked model: ``features`` (rows, width) in, each output (rows, its size) out."""
    graph = helper.make_graph(
        nodes,
        name,
        [_value("features", width)],
        [_value(output, size) for output, size in outputs],
        [numpy_helper.from_array(value, constant) for constant, value in constants.items()],
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", _OPSET)], producer_name="cleaner"
    )
    model.ir_version = _IR
    onnx.checker.check_model(model)
    return model


def _value(name: str, size: int) -> Any:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, [None, size])
