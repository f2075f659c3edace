"""Threads in flattened text that are told by their shape, in whatever language they are.

A model that knows no words (`beats`) says of each time how like that of a comment what stands
around it is. A thread is the stretch of times that speaks most for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Chances, Document
from cleaner.evidence.learned.loading import load_columns, load_graph
from cleaner.stages.comments.beats import WIDEST_GAP, beat_features
from cleaner.stages.comments.readings import Readings
from cleaner.stages.comments.rhythm import ENOUGH, HEAD, SURE, RepeatedThread, Rhythm
from cleaner.stages.comments.support import Support

_TOGETHER = 3.0  # log-odds that the times of a thread have together, more than
_BESIDE = -1.0  # log-odds from which on a time beside those of a thread belongs to it
_LEARNED, _SEEN = frozenset({"en", "de"}), 0.3
"""Languages of nine in ten of the pages that the model of lines learned from, and the mean chance
that it gives to the lines of threads there, at the least."""

_LEAST = 1e-6  # chance that a time has at least
_HEADED, _ANSWERED, _ELSEWHERE = 1.3, 2.8, -1.5
"""Log-odds, as they came out on labelled pages beside those of the model: for times under a
heading for comments, beside a button to answer, and under one for comments on other pieces."""

_KINDS = {"thread": 1.5, "product": 1.5, "listing": -2.0, "other": -1.0}
"""The same for the kind of page; the times of a product's page are mostly those of its reviews."""

_SENTENCE_WORDS = 5  # of a line that is text however it ends
_EDGE = 2  # lines over the first time, or under the last, that tell where the texts stand


@dataclass(frozen=True, eq=False)
class Alike:
    """Threads whose times stand among lines as those of comments do."""

    document: Document
    chances: Chances
    support: Support
    readings: Readings
    models: Path | None = None

    def threads(self) -> Iterator[RepeatedThread]:
        """Not where the model of lines knows better, or a heading says that they are elsewhere."""
        times = self.readings.times(range(len(self.document.blocks)))
        if len(times) < ENOUGH:
            return
        points = self._points(times)
        for lines in self._stretches(points):
            own = {line: times[line] for line in lines}
            rhythm = Rhythm(self.document, self.chances, own, is_told=True).one_to_a_head()
            run = list(rhythm.times)
            if len(run) < ENOUGH or self.support.is_elsewhere(run[0]):
                continue
            thread = self._thread(rhythm, run)
            if self._is_allowed(thread):
                yield thread

    def _is_allowed(self, thread: RepeatedThread) -> bool:
        """Whether the model of lines leaves it open, where it knows the language well."""
        lines = slice(thread.start, thread.end)
        return self.chances.language not in _LEARNED or self.chances.in_thread(lines) >= _SEEN

    def _stretches(self, points: dict[int, float]) -> Iterator[list[int]]:
        """Of the times that stand near each other those that speak most for a thread."""
        lines = list(points)
        for first, end in _near(lines):
            best = best_stretch([points[line] for line in lines[first:end]], _BESIDE)
            if best.stop - best.start >= ENOUGH:
                yield lines[first + best.start : first + best.stop]

    def _points(self, times: dict[int, str]) -> dict[int, float]:
        """What speaks for each time to be a comment's, as log-odds."""
        texts = [block.text for block in self.document.blocks]
        features = beat_features(texts, self.document.shapes, times)
        load_columns("beats", self.models).check(features)
        none = load_graph("beats", "trees", self.models).run(features)["kind"][:, 0]
        chances = np.clip(1.0 - none, _LEAST, 1 - _LEAST)
        lines = list(times)
        points = np.log(chances / (1 - chances)) + _KINDS.get(self.chances.kind, 0.0)
        points += self._answered(lines)
        for first, end in _near(lines):
            points[first:end] += self._headed(lines[first])
        return dict(zip(lines, points.tolist(), strict=True))

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

    def _thread(self, rhythm: Rhythm, run: Sequence[int]) -> RepeatedThread:
        heading = self.support.heading(run[0], 2 * HEAD)
        gaps = [after - before for before, after in pairwise(run)]
        is_under = self._is_under(rhythm, run, heading)
        if is_under:
            floor = max(heading + 1, run[0] - round(median(gaps)), 0)
            starts, end = rhythm.starts_over(run, floor)
        else:
            starts = rhythm.starts(run, self.support.heading(run[0]) + 1)
            end = self._end(run[-1], max(gaps))
        return rhythm.thread(run, starts, end, SURE, is_headed=heading >= 0, is_under=is_under)

    def _is_under(self, rhythm: Rhythm, run: Sequence[int], heading: int) -> bool:
        """Whether times stand under texts: one over the first, under a heading, and none below."""
        if sum(time in self.support.replies for time in run) > len(run) / 2:
            return True
        if heading >= 0:
            return rhythm.is_under(run, heading)
        below = range(run[-1] + 1, min(run[-1] + 1 + _EDGE, len(self.document.blocks)))
        return not any(map(self._is_text, below)) and self._is_text(run[0] - 1)

    def _end(self, last: int, longest: int) -> int:
        """The line after the last comment: under its first text, where no other follows."""
        line, top = last + 1, min(last + longest, len(self.document.blocks))
        while line < top and not self._is_text(line):
            line += 1
        while line < top and self._is_text(line):
            line += 1
        return line

    def _is_text(self, line: int) -> bool:
        shape = self.document.shapes[line]
        return shape.is_sentence or shape.words >= _SENTENCE_WORDS


def _near(lines: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where runs of lines at no great distance begin and end, as places among all."""
    first = 0
    for place in range(1, len(lines) + 1):
        if place == len(lines) or lines[place] - lines[place - 1] > WIDEST_GAP:
            yield first, place
            first = place


def best_stretch(points: Sequence[float], beside: float) -> slice:
    """The places in a row with the highest sum, empty where none is above `_TOGETHER`.

    Those beside them that have more than ``beside`` belong to them as well.

    >>> points = [-3.0, -0.5, 1.0, -2.0, 2.0, -1.0, 3.0, -1.0]
    >>> best_stretch(points, 0.0), best_stretch(points, -2.5)
    (slice(4, 7, None), slice(1, 8, None))
    """
    first = end = 0
    best, total = _TOGETHER, 0.0
    start = 0
    for place, point in enumerate(points):
        if total <= 0:
            start, total = place, 0.0
        total += point
        if total > best:
            best, first, end = total, start, place + 1
    while 0 < first < end and points[first - 1] > beside:
        first -= 1
    while 0 < end < len(points) and points[end] > beside:
        end += 1
    return slice(first, end)
