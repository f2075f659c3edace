"""Train the model of what stands around times: a reader's comment above or below it, or none."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from cleaner.stages.comments.beat_features import BEAT_CLASSES, BEAT_FEATURES
from scripts.training.beat_pages import NONE, PageTimes, beats_of, turned_beats
from scripts.training.folds import FOLDS, folder_of
from scripts.training.text_pages import TextPage
from scripts.training.trees import fit_trees, save_trees
from scripts.training.written_pages import written_pages

_TREES = {
    "num_leaves": 12,
    "learning_rate": 0.05,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.4,
}
_ROUNDS = 200


def train_beats(text: Sequence[TextPage], out: Path) -> str:
    """Train into ``out/beats`` and ``out/fold-K/beats``; gives a line on what was right.

    Learned from whole pages labelled by hand, those written for the project among them, and
    from the same with what stands over texts put under them, as few of the pages have it and
    many elsewhere.
    """
    labelled = [page for page in text if page.style == "full" and (page.roles >= 0).all()]
    labelled += written_pages()
    plain = [beats for page in labelled if (beats := beats_of(page.lines, page)) is not None]
    turned = [beats for page in labelled if (beats := turned_beats(page)) is not None]
    pages = [*plain, *turned]
    right, count = 0.0, 0
    for left_out in range(FOLDS):
        booster = _fit([page for page in pages if page.fold != left_out])
        for page in plain:
            if page.fold == left_out:
                chances = booster.predict(page.features)[:, NONE]
                right += float(((chances < 0.5) == (page.classes != NONE)).sum())
                count += len(page.classes)
        _save(booster, folder_of(out, left_out))
    _save(_fit(pages), out)
    return f"times of comments, out of fold: {right / count:.3f} of {count} right"


def _fit(pages: Sequence[PageTimes]):  # type: ignore[no-untyped-def]
    features = np.concatenate([page.features for page in pages])
    classes = np.concatenate([page.classes for page in pages])
    weight = np.concatenate([np.full(len(p.classes), len(p.classes) ** -0.5) for p in pages])
    return fit_trees(
        features, classes, weight, rounds=_ROUNDS, num_class=len(BEAT_CLASSES), **_TREES
    )


def _save(booster, out: Path) -> None:  # type: ignore[no-untyped-def]
    typical = [0.0] * len(BEAT_FEATURES)  # its reasons are not asked
    save_trees(booster, BEAT_FEATURES, typical, out / "beats", "beats")
