"""The two steps that make a text model: n-gram scores, network.

Each leaves out one fold, or none; the scores that the network learns from were made
by weights that had not seen their site.
"""

from __future__ import annotations

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

BUCKETS = 1 << 17
_ROLES_WEIGHT, _ROLES_WEIGHT_OF_WORDS = 3.0, 2.0  # beside 1 for main content


@dataclass(frozen=True)
class TextModel:
    """A trained model: int8 n-gram weights with their scale, the network over them."""

    weights: NDArray[np.int8]
    scale: float
    network: SequenceNetwork


def train_model(corpus: Corpus, rows: csr_matrix, left_out: int | None) -> tuple[TextModel, Floats]:
    """A model of all folds but one, and the chances it gives the rows of that one.

    Without a fold left out there are no honest chances, and none are given.
    """
    said = ngram_scores(corpus, rows, left_out)
    words = np.concatenate([said.scores, corpus.context(said.scores)], axis=1)
    features = np.concatenate([corpus.measures, words], axis=1)
    strange = np.concatenate(
        [corpus.strange_measures, said.strange, corpus.context(said.strange)], axis=1
    )
    spans = corpus.spans(_seen(corpus, left_out))
    network = fit_sequence(features, _lessons(corpus, _ROLES_WEIGHT), spans, strange)
    return TextModel(said.weights, said.scale, network), _asked(corpus, features, network, left_out)


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


def _seen(corpus: Corpus, *left_out: int | None) -> NDArray[np.bool_]:
    return ~np.isin(corpus.fold, [fold for fold in left_out if fold is not None])


def chances(scores: Floats) -> Floats:
    """Scores as chances: softmax over the roles, sigmoid of main content."""
    roles = np.exp(scores[:, :-1] - scores[:, :-1].max(axis=1, keepdims=True))
    roles /= roles.sum(axis=1, keepdims=True)
    return np.concatenate([roles, 1 / (1 + np.exp(-scores[:, -1:]))], axis=1)


@dataclass(frozen=True)
class NgramScores:
    """The scores of every row, out of fold, and the weights learned from all folds seen.

    ``strange`` are those the rows have in a language whose words are not known.
    """

    scores: Floats
    strange: Floats
    weights: NDArray[np.int8]
    scale: float


def ngram_scores(corpus: Corpus, rows: csr_matrix, left_out: int | None) -> NgramScores:
    """The n-gram scores of a corpus with the rows of its lines."""
    lessons = _lessons(corpus, _ROLES_WEIGHT_OF_WORDS)
    phrases, of_phrases = phrase_lessons(BUCKETS)
    both = (rows, _strange_rows(corpus, rows))
    scores, strange = np.zeros((2, len(corpus.fold), len(ROLES) + 1), np.float32)
    inner: list[int | None] = [fold for fold in range(FOLDS) if fold != left_out]
    for fold in [*inner, None]:
        chosen = corpus.lexical[_seen(corpus, left_out, fold)[corpus.lexical]]
        learned = fit_linear(
            vstack([rows[chosen], phrases]).tocsr(), lessons[chosen].followed_by(of_phrases)
        )
        weights, scale = _whole_numbers(learned)
        asked = corpus.fold == (left_out if fold is None else fold)
        for said, of in zip((scores, strange), both, strict=True):
            said[asked] = (of[asked] @ weights.astype(np.float32)) * np.float32(scale)
    return NgramScores(scores, strange, weights, scale)


def _strange_rows(corpus: Corpus, rows: csr_matrix) -> csr_matrix:
    """The rows with n-grams that nothing knows."""
    pages = corpus.spread(range(len(corpus.pages)))
    places = strange_places(rows.indices, rows.indptr, pages, rows.shape[1])
    return csr_matrix((rows.data, places.astype(np.int32), rows.indptr), rows.shape)


def _whole_numbers(weights: Floats) -> tuple[NDArray[np.int8], float]:
    scale = float(np.abs(weights).max()) / 127
    return np.rint(weights / scale).astype(np.int8), scale
