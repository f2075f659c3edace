"""Train the models of flattened text."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scripts.training.data import DataPage
from scripts.training.folds import MODELS, folder_of
from scripts.training.forks import in_forks
from scripts.training.lessons import Floats
from scripts.training.text_corpus import Corpus
from scripts.training.text_export import save_text_model
from scripts.training.text_pages import TextPage, excerpt_of, text_pages
from scripts.training.text_report import report
from scripts.training.text_steps import (
    LeftOut,
    NgramRows,
    NgramWeights,
    corpus_ngrams,
    fit_weights,
    sets_left_out,
    train_model,
)


def train_text(pages: list[TextPage], out: Path, processes: int) -> list[str]:
    """Train on all pages into ``out/text`` and on all folds but one into ``out/fold-K/text``.

    Gives the lines of the report on the fold models, each asked only about the
    sites it has not seen. Takes some 4 GB of memory and half as much for each process; of
    one core two hours, four in five for the networks.
    """
    corpus = Corpus(pages)
    _measure(corpus)
    training = _Training(corpus, corpus_ngrams(corpus), out, {})
    sets = list(dict.fromkeys(one for model in MODELS for one in sets_left_out(model)))
    training.weights.update(zip(sets, in_forks(training.fit, sets, processes), strict=True))
    honest = np.zeros((len(corpus.main), 18), np.float32)
    for fold, given in zip(MODELS, in_forks(training.train, MODELS, processes), strict=True):
        if fold is not None:
            honest[corpus.fold == fold] = given
    write_folds(corpus, out)
    return list(report(corpus, honest))


@dataclass(frozen=True)
class _Training:
    """All that the models of one corpus are made from."""

    corpus: Corpus
    ngrams: NgramRows
    out: Path
    weights: dict[LeftOut, NgramWeights]

    def fit(self, left_out: LeftOut) -> NgramWeights:
        return fit_weights(self.corpus, self.ngrams, left_out)

    def train(self, left_out: int | None) -> Floats:
        model, given = train_model(self.corpus, self.ngrams, self.weights, left_out)
        save_text_model(model, folder_of(self.out, left_out))
        return given


def _measure(corpus: Corpus) -> None:
    """Compute now what every process would compute for itself."""
    for name in ("measures", "strange_measures", "main_weight", "lexical", "fold"):
        getattr(corpus, name)


def flattened(pages: Iterable[DataPage]) -> list[TextPage]:
    """All pages in all styles, and an excerpt of each."""
    return [text for page in pages for text in _styles(page)]


def _styles(page: DataPage) -> list[TextPage]:
    whole = text_pages(page)
    excerpt = excerpt_of(whole)
    return [*whole, excerpt] if excerpt else whole


def write_folds(corpus: Corpus, out: Path) -> None:
    """``folds.json``: which fold's models have not seen a site."""
    folds = {page.page.site: f"fold-{page.page.fold}" for page in corpus.pages}
    text = json.dumps(dict(sorted(folds.items())), ensure_ascii=False, indent=0)
    (out / "folds.json").write_text(text + "\n", encoding="utf-8")
