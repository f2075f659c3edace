"""Threads in flattened text that are told by their shape, in whatever language they are.

A model that knows no words (`beats`) says of each time how like that of a comment what stands
around it is. A thread is the stretch of times that speaks most for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from cleaner.document import Chances, Document
from cleaner.stages.comments.beats import Beat, Beats, runs
from cleaner.stages.comments.rhythm import ENOUGH, HEAD, SURE, TEXT_WORDS, RepeatedThread, Rhythm
from cleaner.stages.comments.support import Support

_TOGETHER = 3.0  # log-odds that the times of a thread have together, more than
_BESIDE = -1.0  # log-odds from which on a time beside those of a thread belongs to it
_LEARNED, _SEEN = frozenset({"en", "de"}), 0.3
"""Languages of nine in ten of the pages that the model of lines learned from, and the mean chance
that it gives to the lines of threads there, at the least."""


@dataclass(frozen=True, eq=False)
class Alike:
    """Threads whose times stand among lines as those of comments do."""

    document: Document
    chances: Chances
    support: Support
    beats: Beats

    def threads(self) -> Iterator[RepeatedThread]:
        """Not where the model of lines knows better, or a heading says that they are elsewhere."""
        for lines in _stretches(self.beats.found):
            own = {line: self.beats.times[line] for line in lines}
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

    def _thread(self, rhythm: Rhythm, run: Sequence[int]) -> RepeatedThread:
        heading = self.support.heading(run[0], 2 * HEAD)
        gaps = [after - before for before, after in pairwise(run)]
        is_under = self.beats.are_under(run)
        if is_under:
            floor = max(heading + 1, run[0] - round(median(gaps)), 0)
            starts, end = rhythm.starts_over(run, floor)
        else:
            starts = rhythm.starts(run, self.support.heading(run[0]) + 1)
            end = self._end(run[-1], max(gaps))
        return rhythm.thread(run, starts, end, SURE, is_headed=heading >= 0, is_under=is_under)

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
        return shape.is_sentence or shape.words >= TEXT_WORDS


def _stretches(beats: Mapping[int, Beat]) -> Iterator[list[int]]:
    """Of the times that stand near each other those that speak most for a thread."""
    lines = list(beats)
    for first, end in runs(lines):
        best = best_stretch([beats[line].points for line in lines[first:end]], _BESIDE)
        if best.stop - best.start >= ENOUGH:
            yield lines[first + best.start : first + best.stop]


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
