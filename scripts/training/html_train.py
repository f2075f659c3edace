"""Train the model of HTML pages.

Steps, each leaving out one fold, or none:

1. linear weights of class and id names for main content and article text;
2. teachers: networks that learn the roles from the hand-labelled pages, and read
   gold text and page kind as well, label all other pages softly;
3. linear weights of names for the roles, from these soft labels;
4. the model: five networks over the features, for roles, main content and article.

What a step reads of a page's names and n-grams comes from tables that had not seen
the page's fold. The text models (``OUT/text``, ``OUT/fold-K/text``) are trained before.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.html_features import SCORES, NameWeights
from cleaner.evidence.html_model import html_model_features, html_model_names, html_page_of
from cleaner.evidence.model import load_ngrams
from cleaner.evidence.ngrams import NgramTable
from cleaner.evidence.tokens import TABLE_SIZE
from scripts.training.folds import FOLDS
from scripts.training.html_corpus import HtmlCorpus, html_corpus
from scripts.training.html_names import NameRows, fit_roles, fit_yes, in_whole_numbers
from scripts.training.html_network import fit_lessons, lessons_graph
from scripts.training.html_pages import ROLES, HtmlTrainingPage
from scripts.training.lessons import Floats, Lessons
from scripts.training.softmax import Network, fit_network

_TARGETS = ("main", "article")
_HIDDEN, _EPOCHS, _DROPOUT = (192, 64), 4, 0.2
_SEEDS = (17, 18, 19, 20, 21)  # of the networks that are averaged
_TEACHERS = (1, 2, 3, 4)  # seeds
_TEACHER: dict[str, Any] = {"hidden": (96, 48), "epochs": 8, "batch": 256, "dropout": 0.25}
_HAND_WEIGHT, _SOFT_WEIGHT = 3.0, 0.5


def train_html(pages: Sequence[HtmlTrainingPage], out: Path, *, folds: bool) -> None:
    """Train on all pages into ``out/html``; with folds also ``out/fold-K/html``.

    The text models of the same folds must lie there already.
    """
    corpus = html_corpus(pages)
    rows = NameRows(pages)
    tables = [load_ngrams(out / f"fold-{fold}") for fold in range(FOLDS)]
    left_out: list[int | None] = [*range(FOLDS), None]
    main = {fold: main_weights(corpus, rows, fold) for fold in left_out}
    features = corpus_features(corpus, [in_whole_numbers(main[k]) for k in range(FOLDS)], tables)
    soft = {fold: teach(corpus, features, fold) for fold in left_out}
    names = {k: role_weights(corpus, rows, soft[k], main[k], k) for k in left_out}
    features = corpus_features(corpus, [names[fold] for fold in range(FOLDS)], tables)
    for fold in left_out if folds else (None,):
        networks = fit_model(corpus, features, soft[fold], fold)
        save_html_model(networks, names[fold], out if fold is None else out / f"fold-{fold}")


def main_weights(corpus: HtmlCorpus, rows: NameRows, left_out: int | None) -> Floats:
    """The weights of names for all `SCORES`, those of the roles still 0."""
    seen, importance = corpus.seen(left_out), np.sqrt(corpus.words + 1)
    weights = np.zeros((TABLE_SIZE, len(SCORES)), np.float32)
    weights[:, -2] = fit_yes(rows, corpus.main, importance * seen)
    weights[:, -1] = fit_yes(rows, corpus.article, importance * corpus.article_weight * seen)
    return weights


def role_weights(
    corpus: HtmlCorpus, rows: NameRows, soft: Floats, main: Floats, left_out: int | None
) -> NameWeights:
    """The weights of names for all `SCORES`."""
    weight = np.where(corpus.is_hand, _HAND_WEIGHT, _SOFT_WEIGHT)
    weight *= corpus.studied & corpus.seen(left_out)
    weights = main.copy()
    weights[:, : len(ROLES)] = fit_roles(rows, soft, weight)
    return in_whole_numbers(weights)


def corpus_features(
    corpus: HtmlCorpus, names: Sequence[NameWeights], tables: Sequence[NgramTable]
) -> Floats:
    """The features of all pages, each with the tables of its own fold."""
    parts = []
    for page in corpus.pages:
        fold = page.page.fold
        parts.append(html_model_features(html_page_of(page.parsed, names[fold], tables[fold])))
    return np.concatenate(parts)


def teach(corpus: HtmlCorpus, features: Floats, left_out: int | None) -> Floats:
    """The hand-labelled role of each block that is studied, or the mean opinion of teachers.

    A second round, of teachers who read the names' roles, gained nothing.
    """
    read = np.concatenate([features, corpus.privileged], axis=1)
    hand, seen = corpus.is_hand, corpus.seen(left_out)
    chosen = np.flatnonzero(hand & seen)
    asked = np.flatnonzero(~hand & seen & corpus.studied)
    known = corpus.known[chosen, None]
    lessons = Lessons(
        np.eye(len(ROLES), dtype=np.float32)[corpus.roles[chosen]],
        np.ones(len(chosen), np.float32),
        np.maximum(known, 0).astype(np.float32),
        (known >= 0).astype(np.float32),
    )
    soft = np.zeros((len(features), len(ROLES)), np.float32)
    for seed in _TEACHERS:
        network = fit_network(read[chosen], lessons, seed=seed, **_TEACHER)
        soft[asked] += _role_chances(network.scores(read[asked])) / len(_TEACHERS)
    soft[hand] = np.eye(len(ROLES), dtype=np.float32)[corpus.roles[hand]]
    return soft


def _role_chances(scores: Floats) -> Floats:
    roles = scores[:, : len(ROLES)]
    chances = np.exp(roles - roles.max(axis=1, keepdims=True))
    return chances / chances.sum(axis=1, keepdims=True)


def fit_model(
    corpus: HtmlCorpus, features: Floats, soft: Floats, left_out: int | None
) -> tuple[Network, ...]:
    """The networks of roles, main content and article text, from all folds but one."""
    chosen = np.flatnonzero(corpus.studied & corpus.seen(left_out))
    lessons = _lessons(corpus, soft)
    return fit_lessons(
        features[chosen],
        lessons[chosen],
        hidden=_HIDDEN,
        epochs=_EPOCHS,
        dropout=_DROPOUT,
        seeds=_SEEDS,
    )


def _lessons(corpus: HtmlCorpus, soft: Floats) -> Lessons:
    importance = np.log1p(corpus.words) + 0.2
    yes = np.stack([corpus.main, corpus.article], axis=1)
    weight = np.stack([importance, importance * corpus.article_weight], axis=1) * (yes >= 0)
    weight /= weight.sum(axis=0) / (weight > 0).sum(axis=0)
    role_weight = np.where(corpus.is_hand, _HAND_WEIGHT, _SOFT_WEIGHT).astype(np.float32)
    whole = np.maximum(soft.sum(axis=1, keepdims=True), 1e-9)
    return Lessons(
        soft / whole,
        role_weight,
        np.maximum(yes, 0).astype(np.float32),
        weight.astype(np.float32),
    )


def save_html_model(networks: Sequence[Network], names: NameWeights, folder: Path) -> None:
    """Write ``folder/html``: network.onnx, names.npy, names.json, model.json."""
    place = folder / "html"
    place.mkdir(parents=True, exist_ok=True)
    graph = lessons_graph(networks, _TARGETS, len(ROLES))
    (place / "network.onnx").write_bytes(graph.SerializeToString())
    np.save(place / "names.npy", names.weights, allow_pickle=False)
    _write(place / "names.json", {"scale": names.scale.tolist()})
    typical = _short(networks[0].mean)
    _write(place / "model.json", {"features": html_model_names(), "typical": typical})


def _short(values: NDArray[np.generic]) -> list[float]:
    return [float(f"{value:.6g}") for value in values]


def _write(path: Path, known: object) -> None:
    text = json.dumps(known, ensure_ascii=False, indent=0)
    path.write_text(text + "\n", encoding="utf-8")
