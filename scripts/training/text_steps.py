"""The two steps that make a text model: n-gram scores, network.

Each leaves out one fold, or none; the scores that the network learns from were made
by weights that had not seen their site.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack

from scripts.training.folds import FOLDS
from scripts.training.lessons import Floats, Lessons, one_hot
from scripts.training.linear import fit_linear
from scripts.training.phrase_lessons import phrase_lessons
from scripts.training.sequence_network import SequenceNetwork, fit_sequence
from scripts.training.strangers import strange_places
from scripts.training.text_corpus import Corpus
from scripts.training.text_pages import ROLES

LeftOut = frozenset[int]
"""Folds that something was not learned from."""

BUCKETS = 1 << 17
_ROLES_WEIGHT, _ROLES_WEIGHT_OF_WORDS = 3.0, 2.0  # beside 1 for main content


@dataclass(frozen=True)
class NgramRows:
    """The n-grams of every line of a corpus, and as they are where no word is known."""

    rows: csr_matrix
    strange: csr_matrix


@dataclass(frozen=True)
class NgramWeights:
    """Weights of n-grams for the roles and main content, as whole numbers with their scale."""

    whole: NDArray[np.int8]
    scale: float

    def scores(self, rows: csr_matrix) -> Floats:
        """What they say of lines with these n-grams, as `cleaner.evidence.lines.ngrams` does."""
        return (rows @ self.whole.astype(np.float32)) * np.float32(self.scale)


LearnedWeights = Mapping[LeftOut, NgramWeights]


@dataclass(frozen=True)
class TextModel:
    """A trained model: the weights of n-grams, the network over their scores."""

    ngrams: NgramWeights
    network: SequenceNetwork


def train_model(
    corpus: Corpus, ngrams: NgramRows, weights: LearnedWeights, left_out: int | None
) -> tuple[TextModel, Floats]:
    """A model of all folds but one, and the chances it gives the rows of that one.

    ``weights`` holds all `sets_left_out` of that fold. Without a fold left out there are
    no honest chances, and none are given.
    """
    scores, strange_scores = ngram_scores(corpus, ngrams, weights, left_out)
    features = _features(corpus, corpus.measures, scores)
    strange = _features(corpus, corpus.strange_measures, strange_scores)
    spans = corpus.spans(_seen(corpus, _without(left_out)))
    network = fit_sequence(features, _lessons(corpus, _ROLES_WEIGHT), spans, strange)
    model = TextModel(weights[_without(left_out)], network)
    return model, _asked(corpus, features, network, left_out)


def _features(corpus: Corpus, measures: Floats, scores: Floats) -> Floats:
    return np.concatenate([measures, scores, corpus.context(scores)], axis=1)


def _lessons(corpus: Corpus, weight: float) -> Lessons:
    role_weight = np.where(corpus.roles >= 0, weight, 0).astype(np.float32)
    roles = one_hot(corpus.roles, len(ROLES))
    return Lessons(roles, role_weight, corpus.main[:, None], corpus.main_weight[:, None])


def _asked(corpus: Corpus, features: Floats, network: SequenceNetwork, fold: int | None) -> Floats:
    """What the network says of the pages of a fold."""
    parts = [
        network.scores(features[begin:end]) for begin, end in corpus.spans(corpus.fold == fold)
    ]
    return chances(np.concatenate(parts)) if parts else np.zeros((0, len(ROLES) + 1), np.float32)


def _seen(corpus: Corpus, left_out: LeftOut) -> NDArray[np.bool_]:
    return ~np.isin(corpus.fold, list(left_out))


def chances(scores: Floats) -> Floats:
    """Scores as chances: softmax over the roles, sigmoid of main content."""
    roles = np.exp(scores[:, :-1] - scores[:, :-1].max(axis=1, keepdims=True))
    roles /= roles.sum(axis=1, keepdims=True)
    return np.concatenate([roles, 1 / (1 + np.exp(-scores[:, -1:]))], axis=1)


def sets_left_out(left_out: int | None) -> list[LeftOut]:
    """What the weights leave out that a model needs: its fold, and each other one beside it.

    Models share them: those without folds 1 and 3 serve the model of either.

    >>> [sorted(folds) for folds in sets_left_out(1)]
    [[0, 1], [1, 2], [1, 3], [1, 4], [1]]
    """
    outer = _without(left_out)
    return [*(outer | {fold} for fold in range(FOLDS) if fold != left_out), outer]


def _without(left_out: int | None) -> LeftOut:
    return frozenset() if left_out is None else frozenset([left_out])


def fit_weights(corpus: Corpus, ngrams: NgramRows, left_out: LeftOut) -> NgramWeights:
    """The weights of n-grams, learned from the folds that are not left out."""
    lessons = _lessons(corpus, _ROLES_WEIGHT_OF_WORDS)
    phrases, of_phrases = phrase_lessons(BUCKETS)
    chosen = corpus.lexical[_seen(corpus, left_out)[corpus.lexical]]
    learned = fit_linear(
        vstack([ngrams.rows[chosen], phrases]).tocsr(), lessons[chosen].followed_by(of_phrases)
    )
    scale = float(np.abs(learned).max()) / 127
    return NgramWeights(np.rint(learned / scale).astype(np.int8), scale)


def ngram_scores(
    corpus: Corpus, ngrams: NgramRows, weights: LearnedWeights, left_out: int | None
) -> Floats:
    """The scores of every row, and those it has where no word is known (2, rows, scores).

    Each row's are made by weights that had not seen its fold.
    """
    scores = np.zeros((2, len(corpus.fold), len(ROLES) + 1), np.float32)
    for fold in range(FOLDS):
        asked = corpus.fold == fold
        of_fold = weights[_without(left_out) | {fold}]
        for said, rows in zip(scores, (ngrams.rows, ngrams.strange), strict=True):
            said[asked] = of_fold.scores(rows[asked])
    return scores


def corpus_ngrams(corpus: Corpus) -> NgramRows:
    """The n-grams of a corpus."""
    rows = corpus.ngram_rows(BUCKETS)
    pages = corpus.spread(range(len(corpus.pages)))
    places = strange_places(rows.indices, rows.indptr, pages, rows.shape[1])
    strange = csr_matrix((rows.data, places.astype(np.int32), rows.indptr), rows.shape)
    return NgramRows(rows, strange)
