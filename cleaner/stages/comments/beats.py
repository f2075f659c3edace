"""What a model that knows no words says of the times in a page's lines: whose text is where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Chances, Document
from cleaner.evidence.learned.loading import load_columns, load_graph
from cleaner.stages.comments.beat_features import WIDEST_GAP, beat_features
from cleaner.stages.comments.readings import Readings
from cleaner.stages.comments.rhythm import ENOUGH, HEAD
from cleaner.stages.comments.support import Support

_LEAST = 1e-6  # chance that a time has at least
_HEADED, _ANSWERED, _ELSEWHERE = 1.3, 2.8, -1.5
"""Log-odds, as they came out on labelled pages beside those of the model: for times under a
heading for comments, beside a button to answer, and under one for comments on other pieces."""

_KINDS = {"thread": 1.5, "product": 1.5, "listing": -2.0, "other": -1.0}
"""The same for the kind of page; the times of a product's page are mostly those of its reviews."""

_AGAINST = -2.0  # mean log-odds of times below which they are no thread under a heading

_FIRST, _LAST, _MEAN, _MORE = 0.5, 0.5, 1.1, 1.4
"""Where texts stand above their times: what the model's leaning in the first, the last and the
mean of a thread's times counts for, and what the sum exceeds. Fitted to labelled threads."""


class Beat(NamedTuple):
    """What the model says of a time, as log-odds.

    ``points`` are for a comment's; ``above`` is for its text to stand above rather than below.
    """

    points: float
    above: float


@dataclass(frozen=True, eq=False)
class Beats:
    """The times of a page and what is said of each; ``models`` as in `Settings`."""

    document: Document
    chances: Chances
    support: Support
    readings: Readings
    models: Path | None = None

    @cached_property
    def times(self) -> dict[int, str]:
        """All times of the page, by their lines."""
        return self.readings.times(range(len(self.document.blocks)))

    @cached_property
    def found(self) -> dict[int, Beat]:
        """What speaks for each time to be a comment's, and for the place of its text.

        Empty where there are too few times for a thread.
        """
        times = self.times
        if len(times) < ENOUGH:
            return {}
        texts = [block.text for block in self.document.blocks]
        features = beat_features(texts, self.document.shapes, times)
        load_columns("beats", self.models).check(features)
        found = load_graph("beats", "trees", self.models).run(features)["kind"]
        none, below, above = np.maximum(found, _LEAST).astype(np.float64).T
        lines = list(times)
        points = np.log((below + above) / none) + _KINDS.get(self.chances.kind, 0.0)
        points += self._answered(lines)
        for first, end in runs(lines):
            points[first:end] += self._headed(lines[first])
        pairs = zip(points.tolist(), np.log(above / below).tolist(), strict=True)
        return dict(zip(lines, map(Beat._make, pairs), strict=True))

    def _answered(self, lines: Sequence[int]) -> NDArray[np.floating]:
        """For each time the points of a button to answer between the times around it."""
        buttons = np.array(sorted(self.support.replies), np.int64)
        places = np.array(lines)
        first = np.concatenate([places[:1] - HEAD, places[:-1] + 1])
        last = np.concatenate([places[1:] - 1, places[-1:] + HEAD])
        found = np.searchsorted(buttons, last, "right") > np.searchsorted(buttons, first)
        return _ANSWERED * found

    def _headed(self, first: int) -> float:
        """The points of the heading above a run of times."""
        above = range(max(0, first - 2 * HEAD), first + 1)
        is_headed = any(line in self.support.headings for line in above)
        is_elsewhere = any(line in self.support.recents for line in above)
        return _HEADED * is_headed + _ELSEWHERE * is_elsewhere

    def speak_against(self, run: Sequence[int]) -> bool:
        """Whether these times are hardly those of comments: of teasers with their dates."""
        points = [self.found[line].points for line in run if line in self.found]
        return bool(points) and fmean(points) < _AGAINST

    def are_under(self, run: Sequence[int]) -> bool:
        """Whether these times of a thread stand under its texts."""
        above = [self.found[line].above for line in run if line in self.found]
        return bool(above) and _FIRST * above[0] + _LAST * above[-1] + _MEAN * fmean(above) > _MORE


def runs(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where runs of lines at no great distance begin and end, as places among all."""
    first = 0
    for place in range(1, len(lines) + 1):
        if place == len(lines) or lines[place] - lines[place - 1] > WIDEST_GAP:
            yield first, place
            first = place
