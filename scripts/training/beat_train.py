"""Train the model of what stands around times: a reader's comment above or below it, or none."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np

from cleaner.document import Document
from cleaner.evidence.lines.shape import shapes_of
from cleaner.parsing.lines import parse_lines
from cleaner.stages.comments.beat_features import (
    BEAT_CLASSES,
    BEAT_FEATURES,
    WIDEST_GAP,
    beat_features,
)
from cleaner.stages.comments.readings import Readings
from scripts.training.folds import FOLDS, folder_of
from scripts.training.text_pages import ROLES, TextPage
from scripts.training.trees import fit_trees, trees_graph
from scripts.training.written_pages import written_pages

_NONE, _BELOW, _ABOVE = range(len(BEAT_CLASSES))
_THREAD = frozenset(n for n, role in enumerate(ROLES) if role.value in ("comment", "comment-meta"))
_COMMENT = next(n for n, role in enumerate(ROLES) if role.value == "comment")
_TREES = {
    "num_leaves": 12,
    "learning_rate": 0.05,
    "min_data_in_leaf": 20,
    "feature_fraction": 0.4,
}
_ROUNDS = 200
_HEAD = 3  # short lines over a time that go under the text with it, at most
_SHORT = 4  # words below which a line is such a one


@dataclass(frozen=True)
class Beats:
    """The times of a page: their features and classes, and its fold."""

    features: np.ndarray
    classes: np.ndarray
    fold: int


def train_beats(text: Sequence[TextPage], out: Path) -> str:
    """Train into ``out/beats`` and ``out/fold-K/beats``; gives a line on what was right.

    Learned from whole pages labelled by hand, those written for the project among them, and
    from the same with what stands over texts put under them, as few of the pages have it and
    many elsewhere.
    """
    labelled = [page for page in text if page.style == "full" and (page.roles >= 0).all()]
    labelled += written_pages()
    plain = [beats for page in labelled if (beats := _beats(page.lines, page)) is not None]
    turned = [beats for page in labelled if (beats := _turned(page)) is not None]
    pages = [*plain, *turned]
    right, count = 0.0, 0
    for left_out in range(FOLDS):
        booster = _fit([page for page in pages if page.fold != left_out])
        for page in plain:
            if page.fold == left_out:
                chances = booster.predict(page.features)[:, _NONE]
                right += float(((chances < 0.5) == (page.classes != _NONE)).sum())
                count += len(page.classes)
        _save(booster, folder_of(out, left_out))
    _save(_fit(pages), out)
    return f"times of comments, out of fold: {right / count:.3f} of {count} right"


def _beats(
    lines: Sequence[str], page: TextPage, order: Sequence[int] | None = None
) -> Beats | None:
    """The times of a page whose lines stand in an order of their own, or in the page's."""
    roles = page.roles if order is None else page.roles[list(order)]
    times = _times(lines)
    if not times:
        return None
    features = beat_features(lines, shapes_of(lines), times)
    return Beats(features, _classes(list(times), roles), page.page.fold)


def _times(lines: Sequence[str]) -> dict[int, str]:
    text = "\n".join(lines)
    blocks = parse_lines(text)
    if [block.text for block in blocks] != list(lines):
        return {}
    return Readings(Document(text, blocks)).times(range(len(lines)))


def _classes(places: Sequence[int], roles: np.ndarray) -> np.ndarray:
    """Whether the time in each of these lines is a comment's, and where its text stands."""
    classes = np.full(len(places), _NONE)
    threads = _threads([n for n, line in enumerate(places) if roles[line] in _THREAD], places)
    for numbers in threads:
        first = places[numbers[0]]
        start = max(0, first - WIDEST_GAP, places[numbers[0] - 1] + 1 if numbers[0] else 0)
        is_over = (roles[start:first] == _COMMENT).any()
        classes[numbers] = _ABOVE if is_over else _BELOW
    return classes


def _threads(numbers: Sequence[int], places: Sequence[int]) -> Iterator[list[int]]:
    """Times that follow each other at no great distance."""
    run: list[int] = []
    for number in numbers:
        if run and (number != run[-1] + 1 or places[number] - places[run[-1]] > WIDEST_GAP):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _turned(page: TextPage) -> Beats | None:
    """The page with each time, and with some pages what stands over it, under the lines it is over.

    None where threads have their times there already.
    """
    found = _beats(page.lines, page)
    if found is None or (found.classes == _ABOVE).any():
        return None
    head = crc32(page.page.name.encode()) % (_HEAD + 1)
    order = _turned_order(list(_times(page.lines)), page.lines, head)
    turned = _beats([page.lines[line] for line in order], page, order)
    if turned is None or len(turned.classes) != len(found.classes):
        return None
    classes = np.where(found.classes == _BELOW, _ABOVE, found.classes)
    return Beats(turned.features, classes, turned.fold)


def _turned_order(places: Sequence[int], lines: Sequence[str], most: int) -> list[int]:
    """The lines of a page in the order in which each head stands before the next one's place."""
    shapes = shapes_of(lines)
    heads = []
    floor = 0
    for place in places:
        start = place
        while start > max(floor, place - most) and shapes[start - 1].words < _SHORT:
            start -= 1
        heads.append(range(start, place + 1))
        floor = place + 1
    order = list(range(heads[0].start))
    for number, head in enumerate(heads):
        end = heads[number + 1].start if number + 1 < len(heads) else len(lines)
        end_of_text = min(end, head.stop + WIDEST_GAP // 2) if number + 1 == len(heads) else end
        order += [*range(head.stop, end_of_text), *head, *range(end_of_text, end)]
    return order


def _fit(pages: Sequence[Beats]):  # type: ignore[no-untyped-def]
    features = np.concatenate([page.features for page in pages])
    classes = np.concatenate([page.classes for page in pages])
    weight = np.concatenate([np.full(len(p.classes), len(p.classes) ** -0.5) for p in pages])
    return fit_trees(
        features, classes, weight, rounds=_ROUNDS, num_class=len(BEAT_CLASSES), **_TREES
    )


def _save(booster, place: Path) -> None:  # type: ignore[no-untyped-def]
    folder = place / "beats"
    folder.mkdir(parents=True, exist_ok=True)
    graph = trees_graph({"kind": booster}, len(BEAT_FEATURES), "beats")
    (folder / "trees.onnx").write_bytes(graph.SerializeToString())
    known = {"features": BEAT_FEATURES, "typical": [0.0] * len(BEAT_FEATURES)}
    text = json.dumps(known, ensure_ascii=False, indent=0)
    (folder / "model.json").write_text(text + "\n", encoding="utf-8")
