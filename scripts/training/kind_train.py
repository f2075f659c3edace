"""Train the model of page kinds, from what the other models say out of fold."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from cleaner.evidence.characters import count_characters
from cleaner.evidence.html_model import html_model_features, load_html_model
from cleaner.evidence.kind import KIND_FEATURES, KINDS, page_features
from cleaner.evidence.text_model import predict_text
from scripts.training.folds import FOLDS
from scripts.training.html_pages import HtmlTrainingPage
from scripts.training.text_pages import TextPage
from scripts.training.trees import fit_trees, trees_graph

_KIND_OF = {
    "article": "article",
    "forum": "thread",
    "product": "product",
    "listing": "listing",
    "collection": "listing",
    "documentation": "other",
    "service": "other",
}
_TREES = {"num_leaves": 6, "learning_rate": 0.08, "min_data_in_leaf": 20, "feature_fraction": 0.3}
_ROUNDS = 90


def train_kind(
    html: Sequence[HtmlTrainingPage], text: Sequence[TextPage], out: Path, *, folds: bool
) -> float:
    """Train into ``out/kind``, with folds also ``out/fold-K/kind``; gives the share right.

    A page's features are what the models of its own fold say, which have not
    seen its site.
    """
    known = [page for page in html if page.page.kind in _KIND_OF]
    lines = [page for page in text if page.page.kind in _KIND_OF]
    features = np.concatenate([*_html_rows(known, out), *_text_rows(lines, out)])
    pages = [page.page for page in (*known, *lines)]
    kinds = np.array([KINDS.index(_KIND_OF[page.kind]) for page in pages])
    fold = np.array([page.fold for page in pages])
    right = 0
    for left_out in range(FOLDS) if folds else ():
        seen = fold != left_out
        booster = _fit(features[seen], kinds[seen])
        right += int((booster.predict(features[~seen]).argmax(axis=1) == kinds[~seen]).sum())
        _save(booster, features, out / f"fold-{left_out}")
    _save(_fit(features, kinds), features, out)
    return right / len(kinds)


def _fit(features: np.ndarray, kinds: np.ndarray):  # type: ignore[no-untyped-def]
    return fit_trees(features, kinds, None, rounds=_ROUNDS, num_class=len(KINDS), **_TREES)


def _html_rows(pages: Sequence[HtmlTrainingPage], out: Path) -> list[np.ndarray]:
    rows = []
    for page in pages:
        parsed = page.parsed
        if not parsed.blocks:
            rows.append(np.zeros((1, len(KIND_FEATURES)), np.float32))
            continue
        model, names, table = load_html_model(out / f"fold-{page.page.fold}")
        features, words = html_model_features(
            parsed.blocks, parsed.tree, parsed.head, names=names, table=table
        )
        rows.append(page_features(*model.predict(features), words))
    return rows


def _text_rows(pages: Sequence[TextPage], out: Path) -> list[np.ndarray]:
    rows = []
    for page in pages:
        folder = out / f"fold-{page.page.fold}"
        ((main, roles),) = predict_text(
            [page.lines], [page.gaps.tolist()], [page.indents.tolist()], folder=folder
        )
        rows.append(page_features(main, roles, count_characters(page.lines).words))
    return rows


def _save(booster, features: np.ndarray, folder: Path) -> None:  # type: ignore[no-untyped-def]
    place = folder / "kind"
    place.mkdir(parents=True, exist_ok=True)
    graph = trees_graph({"kind": booster}, features.shape[1], "kind")
    (place / "trees.onnx").write_bytes(graph.SerializeToString())
    typical = [float(f"{value:.6g}") for value in np.median(features, axis=0)]
    known = {"features": KIND_FEATURES, "typical": typical}
    text = json.dumps(known, ensure_ascii=False, indent=0)
    (place / "model.json").write_text(text + "\n", encoding="utf-8")
