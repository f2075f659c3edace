"""A trained text model as plain files: an ONNX graph, two arrays, a JSON object."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from cleaner.evidence.stacked import stacked_names
from scripts.training.softmax import LIMIT, Network
from scripts.training.text_pages import ROLES
from scripts.training.text_steps import TextModel

_OPSET, _IR = 17, 9


def save_text_model(model: TextModel, folder: Path) -> None:
    """Write a model as `cleaner.evidence.model.load_model` reads it, into ``folder/text``."""
    place = folder / "text"
    place.mkdir(parents=True, exist_ok=True)
    (place / "network.onnx").write_bytes(network_graph(model.network).SerializeToString())
    np.save(place / "ngrams.npy", model.weights, allow_pickle=False)
    np.save(place / "follows.npy", model.follows, allow_pickle=False)
    known = {
        "features": stacked_names(tuple(role.value for role in ROLES)),
        "typical": [float(f"{value:.6g}") for value in model.network.mean],
        "ngram_scale": model.scale,
    }
    text = json.dumps(known, ensure_ascii=False, indent=0)
    (place / "model.json").write_text(text + "\n", encoding="utf-8")


def network_graph(network: Network) -> onnx.ModelProto:
    """The network as a graph: features in; ``main`` (rows, 1) and ``roles`` (rows, 17) out."""
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
    last = len(network.layers) - 1
    for number, (weights, offsets) in enumerate(network.layers):
        if number == last:
            break
        constants[f"weights{number}"], constants[f"offsets{number}"] = weights, offsets
        inputs = [f"layer{number}", f"weights{number}", f"offsets{number}"]
        nodes.append(helper.make_node("Gemm", inputs, [f"sum{number}"]))
        nodes.append(helper.make_node("Relu", [f"sum{number}"], [f"layer{number + 1}"]))
    weights, offsets = network.layers[last]
    for name, part in (("roles", slice(0, -1)), ("main", slice(-1, None))):
        constants[f"{name} weights"] = np.ascontiguousarray(weights[:, part])
        constants[f"{name} offsets"] = offsets[part]
        inputs = [f"layer{last}", f"{name} weights", f"{name} offsets"]
        nodes.append(helper.make_node("Gemm", inputs, [f"{name} scores"]))
    nodes.append(helper.make_node("Softmax", ["roles scores"], ["roles"], axis=1))
    nodes.append(helper.make_node("Sigmoid", ["main scores"], ["main"]))
    graph = helper.make_graph(
        nodes,
        "text",
        [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, len(network.mean)])],
        [
            helper.make_tensor_value_info("main", TensorProto.FLOAT, [None, 1]),
            helper.make_tensor_value_info("roles", TensorProto.FLOAT, [None, len(ROLES)]),
        ],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(
        graph, opset_imports=[helper.make_opsetid("", _OPSET)], producer_name="cleaner"
    )
    model.ir_version = _IR
    onnx.checker.check_model(model)
    return model
