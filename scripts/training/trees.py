"""Gradient-boosted trees: fitted by LightGBM, written as an ONNX graph."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from onnx import ModelProto, TensorProto, checker, helper

_OPSET, _IR = 17, 9
_FIXED = {
    "num_threads": 2,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
    "seed": 1,
    "max_bin": 63,
    "lambda_l2": 5.0,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
}


def fit_trees(
    features: np.ndarray,
    target: np.ndarray,
    weight: np.ndarray | None,
    *,
    rounds: int,
    **options: Any,
) -> lightgbm.Booster:
    """Trees for a target of two values or, with ``num_class``, of more."""
    settings = {**_FIXED, **options}
    settings.setdefault("objective", "multiclass" if "num_class" in options else "binary")
    return lightgbm.train(settings, lightgbm.Dataset(features, target, weight=weight), rounds)


def save_trees(
    booster: lightgbm.Booster,
    names: Sequence[str],
    typical: Sequence[float],
    place: Path,
    graph_name: str,
) -> None:
    """Write a model of trees into a folder; the chances of its classes come out as ``kind``.

    ``typical`` is a value of each feature that says nothing.
    """
    place.mkdir(parents=True, exist_ok=True)
    graph = trees_graph({"kind": booster}, len(names), graph_name)
    (place / "trees.onnx").write_bytes(graph.SerializeToString())
    known = {"features": names, "typical": typical}
    text = json.dumps(known, ensure_ascii=False, indent=0)
    (place / "model.json").write_text(text + "\n", encoding="utf-8")


def trees_graph(boosters: Mapping[str, lightgbm.Booster], width: int, name: str) -> ModelProto:
    """One graph: ``features`` (rows, width) in; each booster's chances (rows, classes) out."""
    nodes, outputs = [], []
    for output, booster in boosters.items():
        classes = booster.num_model_per_iteration()
        nodes.append(
            helper.make_node(
                "TreeEnsembleRegressor",
                ["features"],
                [f"{output} scores"],
                domain="ai.onnx.ml",
                n_targets=classes,
                aggregate_function="SUM",
                post_transform="NONE",
                **_ensemble(booster, classes),
            )
        )
        final = "Sigmoid" if classes == 1 else "Softmax"
        extra = {} if classes == 1 else {"axis": 1}
        nodes.append(helper.make_node(final, [f"{output} scores"], [output], **extra))
        outputs.append(helper.make_tensor_value_info(output, TensorProto.FLOAT, [None, classes]))
    inputs = [helper.make_tensor_value_info("features", TensorProto.FLOAT, [None, width])]
    model = helper.make_model(
        helper.make_graph(nodes, name, inputs, outputs),
        opset_imports=[helper.make_opsetid("", _OPSET), helper.make_opsetid("ai.onnx.ml", 3)],
        producer_name="cleaner",
    )
    model.ir_version = _IR
    checker.check_model(model)
    return model


def _ensemble(booster: lightgbm.Booster, classes: int) -> dict[str, list[Any]]:
    """The attributes of a tree ensemble: one entry per node, one per leaf."""
    table: dict[str, list[Any]] = {
        key: []
        for key in (
            *("nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_values", "nodes_modes"),
            *("nodes_truenodeids", "nodes_falsenodeids", "nodes_missing_value_tracks_true"),
            *("target_treeids", "target_nodeids", "target_ids", "target_weights"),
        )
    }
    for number, tree in enumerate(booster.dump_model()["tree_info"]):
        for node in _nodes(tree["tree_structure"]):
            _add(table, number, number % classes, *node)
    return table


def _add(
    table: dict[str, list[Any]], tree: int, target: int, place: int, node: Any, children: Any
) -> None:
    is_leaf = children is None
    table["nodes_treeids"].append(tree)
    table["nodes_nodeids"].append(place)
    table["nodes_featureids"].append(0 if is_leaf else node["split_feature"])
    table["nodes_values"].append(0.0 if is_leaf else float32_below(node["threshold"]))
    table["nodes_modes"].append("LEAF" if is_leaf else "BRANCH_LEQ")
    table["nodes_truenodeids"].append(0 if is_leaf else children[0])
    table["nodes_falsenodeids"].append(0 if is_leaf else children[1])
    table["nodes_missing_value_tracks_true"].append(0)
    if is_leaf:
        table["target_treeids"].append(tree)
        table["target_nodeids"].append(place)
        table["target_ids"].append(target)
        table["target_weights"].append(float(node["leaf_value"]))


def _nodes(root: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any], tuple[int, int] | None]]:
    """Each node with its number and those of its children, the root first."""
    pending, following = [(0, root)], 1
    while pending:
        place, node = pending.pop()
        if "leaf_value" in node:
            yield place, node, None
            continue
        children = (following, following + 1)
        following += 2
        yield place, node, children
        pending += [(children[0], node["left_child"]), (children[1], node["right_child"])]


def float32_below(threshold: float) -> float:
    """The greatest float32 not above a threshold: the same features, all float32, stay below it."""
    value = np.float32(threshold)
    if float(value) > threshold:
        value = np.nextafter(value, np.float32(-np.inf))
    return float(value)
