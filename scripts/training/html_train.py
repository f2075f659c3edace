"""Train the model of HTML pages.

Two steps, each leaving out one fold, or none:

1. linear weights of class and id names, for the roles, main content and article text;
2. the model: five networks over the features, for the same.

What the second reads of a page's names and n-grams comes from tables that had not seen
the page's fold. Some of the pages it reads once more as if in a language whose words nothing
knows. The text models (``OUT/text``, ``OUT/fold-K/text``) are trained before.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.html.model import html_model_features, html_model_names, html_page_of
from cleaner.evidence.html.name_tokens import TABLE_SIZE
from cleaner.evidence.html.page import SCORES, NameWeights
from cleaner.evidence.learned.loading import load_ngrams
from cleaner.evidence.lines.arrays import gather_lines
from cleaner.evidence.lines.ngrams import NgramTable, ngrams
from scripts.training.folds import FOLDS, MODELS, folder_of
from scripts.training.forks import in_forks
from scripts.training.html_corpus import HtmlCorpus, html_corpus
from scripts.training.html_names import NameRows, fit_roles, fit_yes, in_whole_numbers
from scripts.training.html_network import fit_lessons, lessons_graph
from scripts.training.html_pages import ROLES, HtmlTrainingPage
from scripts.training.layers import Network
from scripts.training.lessons import Floats, Lessons
from scripts.training.strangers import strange_table

_TARGETS = ("main", "article")
_HIDDEN, _EPOCHS, _DROPOUT = (192, 64), 4, 0.2
_SEEDS = (17, 18, 19, 20, 21)  # of the networks that are averaged
_ROLES_WEIGHT = 3.0  # beside 1 for main content, and 1 for article text
_STRANGE = 5  # of so many pages one is learned once more with unknown words


def train_html(pages: Sequence[HtmlTrainingPage], out: Path, processes: int) -> None:
    """Train on all pages into ``out/html`` and on all folds but one into ``out/fold-K/html``.

    The text models of the same folds must lie there already.
    """
    corpus = html_corpus(pages)
    rows = NameRows(pages)
    tables = [load_ngrams(folder_of(out, fold)) for fold in range(FOLDS)]
    names = in_forks(lambda fold: name_weights(corpus, rows, fold), MODELS, processes)
    of_folds = names[:FOLDS]
    features = corpus_features(corpus, of_folds, tables)
    strange = strange_features(corpus, of_folds, tables)
    networks = in_forks(lambda fold: fit_model(corpus, features, strange, fold), MODELS, processes)
    for fold, known, found in zip(MODELS, names, networks, strict=True):
        save_html_model(found, known, folder_of(out, fold))


def name_weights(corpus: HtmlCorpus, rows: NameRows, left_out: int | None) -> NameWeights:
    """The weights of names for all `SCORES`."""
    seen, importance = corpus.seen(left_out), np.sqrt(corpus.words + 1)
    weights = np.zeros((TABLE_SIZE, len(SCORES)), np.float32)
    weights[:, : len(ROLES)] = fit_roles(rows, corpus.hand_roles, seen & corpus.is_hand)
    weights[:, -2] = fit_yes(rows, corpus.main, importance * seen)
    weights[:, -1] = fit_yes(rows, corpus.article, importance * corpus.article_weight * seen)
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


def strange_features(
    corpus: HtmlCorpus, names: Sequence[NameWeights], tables: Sequence[NgramTable]
) -> tuple[Floats, NDArray[np.int64]]:
    """The features of some pages with unknown words, and their rows in the corpus."""
    parts, rows = [], []
    for number in range(0, len(corpus.pages), _STRANGE):
        page = corpus.pages[number]
        fold = page.page.fold
        lines = gather_lines([[block.text for block in page.parsed.blocks]])
        found = ngrams(lines.words, len(tables[fold].weights))
        table = strange_table(tables[fold], *found, number)
        parts.append(html_model_features(html_page_of(page.parsed, names[fold], table)))
        rows.append(np.arange(corpus.bounds[number], corpus.bounds[number + 1]))
    return np.concatenate(parts), np.concatenate(rows)


def fit_model(
    corpus: HtmlCorpus,
    features: Floats,
    strange: tuple[Floats, NDArray[np.int64]],
    left_out: int | None,
) -> tuple[Network, ...]:
    """The networks of roles, main content and article text, from all folds but one."""
    seen = corpus.seen(left_out)
    known, (others, rows) = np.flatnonzero(seen), strange
    others_seen = seen[rows]
    return fit_lessons(
        np.concatenate([features[known], others[others_seen]]),
        _lessons(corpus)[np.concatenate([known, rows[others_seen]])],
        hidden=_HIDDEN,
        epochs=_EPOCHS,
        dropout=_DROPOUT,
        seeds=_SEEDS,
    )


def _lessons(corpus: HtmlCorpus) -> Lessons:
    importance = (np.log1p(corpus.words) + 0.2) * corpus.share
    yes = np.stack([corpus.main, corpus.article], axis=1)
    weight = np.stack([importance, importance * corpus.article_weight], axis=1) * (yes >= 0)
    weight /= weight.sum(axis=0) / (weight > 0).sum(axis=0)
    role_weight = _ROLES_WEIGHT * np.sqrt(corpus.share) * corpus.is_hand
    return Lessons(
        corpus.hand_roles,
        role_weight.astype(np.float32),
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
