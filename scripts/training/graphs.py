"""What ONNX graphs of networks have in common: their scaled input, and the model around all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from scripts.training.layers import LIMIT
from scripts.training.lessons import Floats

_OPSET, _IR = 17, 9

Constants = dict[str, Any]
Nodes = list[Any]
Shape = tuple[str | int, ...]


def scaled_input(mean: Floats, scale: Floats) -> tuple[Constants, Nodes]:
    """From ``features`` to ``scaled``, as the first layer reads them."""
    constants = {
        "mean": mean,
        "scale": scale,
        "low": np.array(-LIMIT, np.float32),
        "high": np.array(LIMIT, np.float32),
    }
    nodes = [
        helper.make_node("Sub", ["features", "mean"], ["centred"]),
        helper.make_node("Mul", ["centred", "scale"], ["wide"]),
        helper.make_node("Clip", ["wide", "low", "high"], ["scaled"]),
    ]
    return constants, nodes


def checked_model(
    name: str,
    given: tuple[str, Shape],
    outputs: Mapping[str, Shape],
    constants: Constants,
    nodes: Nodes,
) -> onnx.ModelProto:
    """The model of a graph with one input; sizes that are words may be any."""
    graph = helper.make_graph(
        nodes,
        name,
        [_value(*given)],
        [_value(output, shape) for output, shape in outputs.items()],
        [numpy_helper.from_array(value, constant) for constant, value in constants.items()],
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", _OPSET)], producer_name="cleaner"
    )
    model.ir_version = _IR
    onnx.checker.check_model(model)
    return model


def _value(name: str, shape: Sequence[str | int]) -> Any:
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, list(shape))
