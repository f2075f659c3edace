"""Train the models of page kinds, from what the other models say out of fold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from cleaner.evidence.html.model import html_model_features, html_page_of, load_html_model
from cleaner.evidence.kind.chances import KIND_FEATURES, KINDS, page_features
from cleaner.evidence.kind.html_chances import HTML_KIND_FEATURES, html_page_features
from cleaner.evidence.stated.page_facts import page_facts
from cleaner.evidence.text.model import predict_text
from scripts.training.data import DataPage
from scripts.training.folds import FOLDS, folder_of
from scripts.training.html_pages import HtmlTrainingPage
from scripts.training.text_pages import STYLES, TextPage
from scripts.training.trees import fit_trees, save_trees
from scripts.training.words import count_words

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


def train_kind(text: Sequence[TextPage], out: Path) -> float:
    """Train into ``out/kind`` and ``out/fold-K/kind``; gives the share right.

    A page's features are what the models of its own fold say, which have not
    seen its site. An excerpt need not be of the kind of its page.
    """
    known = [page for page in text if page.page.kind in _KIND_OF and page.style in STYLES]
    rows = np.concatenate(_text_rows(known, out))
    return _train([page.page for page in known], rows, KIND_FEATURES, out, "kind")


def train_html_kind(html: Sequence[HtmlTrainingPage], out: Path) -> float:
    """The same for pages of HTML, into ``html-kind``."""
    known = [page for page in html if page.page.kind in _KIND_OF]
    rows = np.concatenate(_html_rows(known, out))
    pages = [page.page for page in known]
    return _train(pages, rows, HTML_KIND_FEATURES, out, "html-kind")


def _train(
    pages: Sequence[DataPage],
    features: np.ndarray,
    names: Sequence[str],
    out: Path,
    place: str,
) -> float:
    kinds = np.array([KINDS.index(_KIND_OF[page.kind]) for page in pages])
    fold = np.array([page.fold for page in pages])
    right = 0
    for left_out in range(FOLDS):
        seen = fold != left_out
        booster = _fit(features[seen], kinds[seen])
        right += int((booster.predict(features[~seen]).argmax(axis=1) == kinds[~seen]).sum())
        _save(booster, features, names, folder_of(out, left_out) / place)
    _save(_fit(features, kinds), features, names, out / place)
    return right / len(kinds)


def _fit(features: np.ndarray, kinds: np.ndarray):  # type: ignore[no-untyped-def]
    return fit_trees(features, kinds, None, rounds=_ROUNDS, num_class=len(KINDS), **_TREES)


def _html_rows(pages: Sequence[HtmlTrainingPage], out: Path) -> list[np.ndarray]:
    rows = []
    for page in pages:
        parsed = page.parsed
        model, names, table = load_html_model(folder_of(out, page.page.fold))
        asked = html_page_of(parsed, names, table)
        found = model.outputs([html_model_features(asked)])
        facts = page_facts(parsed.head, parsed.tree)
        main = found["main"].reshape(-1)
        rows.append(html_page_features(main, found["roles"], page.words, facts))
    return rows


def _text_rows(pages: Sequence[TextPage], out: Path) -> list[np.ndarray]:
    rows = []
    for page in pages:
        folder = folder_of(out, page.page.fold)
        ((main, roles),) = predict_text(
            [page.lines], [page.gaps.tolist()], [page.indents.tolist()], folder=folder
        )
        rows.append(page_features(main, roles, count_words(page.lines)))
    return rows


def _save(booster, features: np.ndarray, names: Sequence[str], place: Path) -> None:  # type: ignore[no-untyped-def]
    typical = [float(f"{value:.6g}") for value in np.median(features, axis=0)]
    save_trees(booster, names, typical, place, "kind")
