"""A trained text model as plain files: an ONNX graph, two arrays, a JSON object."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import helper

from cleaner.evidence.stacked import stacked_names
from scripts.training.network_graph import hidden_layers, network_model, scaled_input
from scripts.training.softmax import Network
from scripts.training.text_pages import ROLES
from scripts.training.text_steps import TextModel


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
    constants, nodes = scaled_input(network)
    hidden, hidden_nodes = hidden_layers(network)
    constants |= hidden
    nodes += hidden_nodes
    last = len(network.layers) - 1
    weights, offsets = network.layers[last]
    for name, part in (("roles", slice(0, -1)), ("main", slice(-1, None))):
        constants[f"{name} weights"] = np.ascontiguousarray(weights[:, part])
        constants[f"{name} offsets"] = offsets[part]
        inputs = [f"layer{last}", f"{name} weights", f"{name} offsets"]
        nodes.append(helper.make_node("Gemm", inputs, [f"{name} scores"]))
    nodes.append(helper.make_node("Softmax", ["roles scores"], ["roles"], axis=1))
    nodes.append(helper.make_node("Sigmoid", ["main scores"], ["main"]))
    outputs = [("main", 1), ("roles", len(ROLES))]
    return network_model("text", len(network.mean), outputs, constants, nodes)
