"""Train the model of HTML pages.

Steps: linear weights of class and id names for two targets, out of fold; then
trees that read the element tree, those weights and the n-gram scores of the
text model (trained before, ``OUT/text`` and ``OUT/fold-K/text``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from cleaner.evidence.html_model import html_model_features, html_model_names
from cleaner.evidence.model import load_model
from cleaner.evidence.ngrams import NgramTable
from cleaner.evidence.tokens import TABLE_SIZE, places_of
from cleaner.parsing.tree import Tree
from scripts.training.folds import FOLDS
from scripts.training.html_pages import HtmlTrainingPage
from scripts.training.trees import fit_trees, trees_graph

_MAIN = {"num_leaves": 31, "learning_rate": 0.1, "min_data_in_leaf": 100, "feature_fraction": 0.4}
_ROLE = {"num_leaves": 15, "learning_rate": 0.08, "min_data_in_leaf": 20, "feature_fraction": 0.2}
_ROUNDS = {"main": 110, "article": 80, "roles": 70}


@dataclass(frozen=True, eq=False)
class HtmlCorpus:
    """All blocks of all pages, one after the other."""

    pages: Sequence[HtmlTrainingPage]
    bounds: np.ndarray
    fold: np.ndarray
    words: np.ndarray
    main: np.ndarray
    article: np.ndarray
    article_weight: np.ndarray
    roles: np.ndarray


def html_corpus(pages: Sequence[HtmlTrainingPage]) -> HtmlCorpus:
    """The pages' columns, joined."""
    sizes = [len(page.words) for page in pages]
    joined = {
        name: np.concatenate([getattr(page, name) for page in pages])
        for name in ("words", "main", "article", "article_weight", "roles")
    }
    fold = np.repeat([page.page.fold for page in pages], sizes)
    return HtmlCorpus(pages, np.concatenate([[0], np.cumsum(sizes)]), fold, **joined)


def name_weights(corpus: HtmlCorpus, left_out: tuple[int, ...], rows: csr_matrix) -> np.ndarray:
    """The learned weights of names (places, 2), from all folds but those left out."""
    columns = []
    importance = np.sqrt(corpus.words + 1)
    for target, weight in (
        (corpus.main, importance),
        (corpus.article, importance * corpus.article_weight),
    ):
        some = (target >= 0) & (weight > 0) & ~np.isin(corpus.fold, left_out) & (corpus.words > 0)
        chosen = np.flatnonzero(some)
        fitted = SGDClassifier(
            loss="log_loss", alpha=3e-6, max_iter=6, tol=None, random_state=0, average=True
        ).fit(
            rows[chosen], target[chosen] > 0.5, sample_weight=weight[chosen] / weight[chosen].mean()
        )
        columns.append(fitted.coef_[0])
    return np.stack(columns, axis=1).astype(np.float16).astype(np.float32)


def path_rows(corpus: HtmlCorpus) -> csr_matrix:
    """For each block the places of the names of all elements around it."""
    parts = [_path_places(page.parsed.tree) for page in corpus.pages]
    flat = np.concatenate([np.concatenate(part) if part else np.zeros(0, int) for part in parts])
    sizes = [len(places) for part in parts for places in part]
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    rows = csr_matrix(
        (np.ones(len(flat), np.float32), flat.astype(np.int32), bounds), (len(sizes), TABLE_SIZE)
    )
    rows.sum_duplicates()
    return rows


def _path_places(tree: Tree) -> list[np.ndarray]:
    paths: list[np.ndarray] = []
    for tag, tokens, parent in zip(
        tree.tag.tolist(), tree.raw_tokens, tree.parent.tolist(), strict=True
    ):
        own = np.array(places_of(tag, tokens))
        paths.append(np.concatenate([paths[parent], own]) if parent >= 0 else own)
    return [paths[element] for element in tree.element.tolist()]


def features_of(page: HtmlTrainingPage, names: np.ndarray, table: NgramTable) -> np.ndarray:
    """What the model reads of a page's blocks."""
    parsed = page.parsed
    if not parsed.blocks:
        return np.zeros((0, len(html_model_names())), np.float32)
    features, _ = html_model_features(
        parsed.blocks, parsed.tree, parsed.head, names=names, table=table
    )
    return features


def corpus_features(
    corpus: HtmlCorpus, names: Sequence[np.ndarray], tables: Sequence[NgramTable]
) -> np.ndarray:
    """The features of all pages, each with the tables of its own fold."""
    return np.concatenate(
        [features_of(page, names[page.page.fold], tables[page.page.fold]) for page in corpus.pages]
    )


def fit_models(
    corpus: HtmlCorpus, features: np.ndarray, left_out: int | None
) -> dict[str, lightgbm.Booster]:
    """Trees for main content, article text and roles, from all folds but one."""
    seen = corpus.fold != (-1 if left_out is None else left_out)
    importance = np.log1p(corpus.words) + 0.2
    fitted = {}
    for name, target, weight in (
        ("main", corpus.main, importance),
        ("article", corpus.article, importance * corpus.article_weight),
    ):
        chosen = np.flatnonzero(seen & (target >= 0) & (weight > 0))
        scaled = weight[chosen] / weight[chosen].mean()
        fitted[name] = fit_trees(
            features[chosen], target[chosen] > 0.5, scaled, rounds=_ROUNDS[name], **_MAIN
        )
    chosen = np.flatnonzero(seen & (corpus.roles >= 0))
    fitted["roles"] = fit_trees(
        features[chosen], corpus.roles[chosen], None, rounds=_ROUNDS["roles"], num_class=17, **_ROLE
    )
    return fitted


def save_html_model(
    boosters: dict[str, lightgbm.Booster], names: np.ndarray, typical: np.ndarray, folder: Path
) -> None:
    """Write ``folder/html``: trees.onnx, names.npy, model.json."""
    place = folder / "html"
    place.mkdir(parents=True, exist_ok=True)
    graph = trees_graph(boosters, len(typical), "html")
    (place / "trees.onnx").write_bytes(graph.SerializeToString())
    np.save(place / "names.npy", names.astype(np.float16), allow_pickle=False)
    known = {
        "features": html_model_names(),
        "typical": [float(f"{value:.6g}") for value in typical],
    }
    text = json.dumps(known, ensure_ascii=False, indent=0)
    (place / "model.json").write_text(text + "\n", encoding="utf-8")


def train_html(pages: Sequence[HtmlTrainingPage], out: Path, *, folds: bool) -> None:
    """Train on all pages into ``out/html``; with folds also ``out/fold-K/html``.

    The text models of the same folds must lie there already.
    """
    corpus = html_corpus(pages)
    rows = path_rows(corpus)
    fold_names = [name_weights(corpus, (fold,), rows) for fold in range(FOLDS)]
    tables = [_table(out / f"fold-{fold}") for fold in range(FOLDS)]
    features = corpus_features(corpus, fold_names, tables)
    typical = np.median(features, axis=0)
    for fold in range(FOLDS) if folds else ():
        boosters = fit_models(corpus, features, fold)
        save_html_model(boosters, fold_names[fold], typical, out / f"fold-{fold}")
    boosters = fit_models(corpus, features, None)
    save_html_model(boosters, name_weights(corpus, (), rows), typical, out)


def _table(folder: Path) -> NgramTable:
    table = load_model("text", folder).table
    if table is None:
        raise ValueError(f"{folder}: the text model has no table of n-grams")
    return table
