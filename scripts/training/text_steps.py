"""The three steps that make a text model: teacher, n-gram scores, network.

Each leaves out one fold, or none; what a later step reads of its own training
rows was made by models that had not seen their site.
"""

from __future__ import annotations

from dataclasses import dataclass

import lightgbm
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from scripts.training.folds import FOLDS
from scripts.training.lessons import Floats, Lessons
from scripts.training.sequence_network import SequenceNetwork, fit_sequence
from scripts.training.softmax import fit_linear, fit_network
from scripts.training.text_corpus import Corpus
from scripts.training.text_pages import ROLES, STYLES

BUCKETS = 1 << 17
_HAND_WEIGHT, _HAND_WEIGHT_OF_WORDS, _SILVER_WEIGHT = 3.0, 2.0, 0.5
_WET = STYLES.index("wet")
_TREES = {
    "objective": "multiclass",
    "num_class": len(ROLES),
    "learning_rate": 0.12,
    "num_leaves": 15,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 1,
    "seed": 1,
    "num_threads": 1,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
_ROUNDS = 60


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
    first = teach(corpus, left_out)
    scores, (weights, scale) = ngram_scores(corpus, rows, corpus.soft_roles(first), left_out)
    features = np.concatenate([corpus.measures, scores, corpus.context(scores)], axis=1)
    soft = corpus.soft_roles(first + teach_again(corpus, features, left_out))
    chosen = _seen(corpus, left_out) & corpus.studied
    network = fit_sequence(features, _lessons(corpus, soft, _HAND_WEIGHT), corpus.spans(chosen))
    return TextModel(weights, scale, network), _asked(corpus, features, network, left_out)


def _lessons(corpus: Corpus, soft: Floats, hand: float) -> Lessons:
    weight = np.where(corpus.roles >= 0, hand, _SILVER_WEIGHT).astype(np.float32)
    return Lessons(soft, weight, corpus.main[:, None], corpus.main_weight[:, None])


def _asked(corpus: Corpus, features: Floats, network: SequenceNetwork, fold: int | None) -> Floats:
    """What the network says of the pages of a fold."""
    parts = [
        network.scores(features[begin:end]) for begin, end in corpus.spans(corpus.fold == fold)
    ]
    return chances(np.concatenate(parts)) if parts else np.zeros((0, len(ROLES) + 1), np.float32)


def _seen(corpus: Corpus, *left_out: int | None) -> NDArray[np.bool_]:
    return ~np.isin(corpus.fold, [fold for fold in left_out if fold is not None])


def teach(corpus: Corpus, left_out: int | None) -> Floats:
    """The roles of every row as a teacher sees them who also reads tags and gold text.

    Trees and two networks, halves of one opinion, learned from the hand-labelled pages.
    """
    features = np.concatenate([corpus.measures, corpus.privileged], axis=1)
    chosen = _hand_labelled(corpus, left_out)
    data = lightgbm.Dataset(features[chosen], corpus.roles[chosen])
    trees = lightgbm.train(_TREES, data, num_boost_round=_ROUNDS)
    plain = corpus.style != _WET
    guesses = trees.predict(features[plain], num_threads=1).astype(np.float32)
    guesses += _network_guesses(corpus, features, chosen, seeds=(1, 2), epochs=10, dropout=0.2)
    return _with_wet(corpus, plain, guesses / 2)


def teach_again(corpus: Corpus, features: Floats, left_out: int | None) -> Floats:
    """The same by networks that read n-gram scores as well: two points better together."""
    features = np.concatenate([features, corpus.privileged], axis=1)
    chosen = _hand_labelled(corpus, left_out)
    guesses = _network_guesses(corpus, features, chosen, seeds=(1, 2, 3), epochs=8, dropout=0.3)
    return _with_wet(corpus, corpus.style != _WET, guesses)


def _hand_labelled(corpus: Corpus, left_out: int | None) -> NDArray[np.int64]:
    return np.flatnonzero((corpus.roles >= 0) & (corpus.style != _WET) & _seen(corpus, left_out))


def _network_guesses(
    corpus: Corpus,
    features: Floats,
    chosen: NDArray[np.int64],
    *,
    seeds: tuple[int, ...],
    epochs: int,
    dropout: float,
) -> Floats:
    """The mean opinion of networks on every row that is not WET."""
    asked = features[corpus.style != _WET]
    soft = np.eye(len(ROLES), dtype=np.float32)[corpus.roles[chosen]]
    ones = np.ones(len(chosen), np.float32)
    lessons = Lessons(soft, ones, corpus.main[chosen, None], corpus.weight[chosen, None])
    guesses = np.zeros((len(asked), len(ROLES)), np.float32)
    for seed in seeds:
        network = fit_network(
            features[chosen], lessons, hidden=(96, 48), epochs=epochs, dropout=dropout, seed=seed
        )
        guesses += chances(network.scores(asked))[:, :-1] / len(seeds)
    return guesses


def _with_wet(corpus: Corpus, plain: NDArray[np.bool_], guesses: Floats) -> Floats:
    """The WET lines are those of the whole page just before them."""
    every = np.zeros((len(plain), len(ROLES)), np.float32)
    every[plain] = guesses
    bounds = corpus.bounds
    for number, page in enumerate(corpus.pages):
        if page.style == "wet":
            here, size = bounds[number], bounds[number + 1] - bounds[number]
            every[here : here + size] = every[here - size : here]
    return every


def chances(scores: Floats) -> Floats:
    """Scores as chances: softmax over the roles, sigmoid of main content."""
    roles = np.exp(scores[:, :-1] - scores[:, :-1].max(axis=1, keepdims=True))
    roles /= roles.sum(axis=1, keepdims=True)
    return np.concatenate([roles, 1 / (1 + np.exp(-scores[:, -1:]))], axis=1)


def ngram_scores(
    corpus: Corpus, rows: csr_matrix, soft: Floats, left_out: int | None
) -> tuple[Floats, tuple[NDArray[np.int8], float]]:
    """The n-gram scores of every row, out of fold, and the weights learned from all folds seen."""
    lessons = _lessons(corpus, soft, _HAND_WEIGHT_OF_WORDS)
    scores = np.zeros((len(soft), len(ROLES) + 1), np.float32)
    inner: list[int | None] = [fold for fold in range(FOLDS) if fold != left_out]
    for fold in [*inner, None]:
        chosen = corpus.lexical[_seen(corpus, left_out, fold)[corpus.lexical]]
        weights, scale = _whole_numbers(fit_linear(rows[chosen], lessons[chosen]))
        asked = corpus.fold == (left_out if fold is None else fold)
        scores[asked] = (rows[asked] @ weights.astype(np.float32)) * np.float32(scale)
    return scores, (weights, scale)


def _whole_numbers(weights: Floats) -> tuple[NDArray[np.int8], float]:
    scale = float(np.abs(weights).max()) / 127
    return np.rint(weights / scale).astype(np.int8), scale
