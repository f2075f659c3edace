"""Threads in flattened text where the model takes the lines for a thread's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cleaner.document import OF_THREADS, Chances, Document
from cleaner.stages.comments.answers import introduces_quotation
from cleaner.stages.comments.beat_features import WIDEST_GAP
from cleaner.stages.comments.beats import Beats
from cleaner.stages.comments.readings import Readings
from cleaner.stages.comments.rhythm import (
    ENOUGH,
    FEW_WORDS,
    HEAD,
    LEAST,
    SURE,
    RepeatedThread,
    Rhythm,
)
from cleaner.stages.comments.support import Support, is_button

Floats = NDArray[np.float64]

_FEW = 0.55  # mean chance of the lines of a thread with two times
_HEADED = 0.3  # the same under a heading for comments
_WINDOW = 2  # lines on both sides over which chances are smoothed
_EDGE = 0.3  # smoothed chance at which the last comment ends


@dataclass(frozen=True, eq=False)
class Likely:
    """Threads where the model takes the lines for a thread's."""

    document: Document
    chances: Chances
    support: Support
    readings: Readings
    beats: Beats

    @cached_property
    def _own(self) -> Floats:
        """For each line its chance to belong to a thread, as its roles have it."""
        own: Floats = self.chances.roles[:, OF_THREADS].sum(axis=1).astype(np.float64)
        return own

    @cached_property
    def chance(self) -> Floats:
        """The same, smoothed.

        Where a page is no discussion, what is likely its content is no reader's, but for the
        reviews of a product.
        """
        own = self._own
        if self.chances.kind not in ("thread", "product"):
            own = own * (1 - self.chances.main)
        padded = np.concatenate([own[:1].repeat(_WINDOW), own, own[-1:].repeat(_WINDOW)])
        sums = np.convolve(padded, np.ones(2 * _WINDOW + 1), mode="valid")
        smoothed: Floats = sums / (2 * _WINDOW + 1)
        return smoothed

    @cached_property
    def _rhythm(self) -> Rhythm:
        """The likely lines with a time; those of quotations begin no comment."""
        times = self.readings.times(np.flatnonzero(self.chance >= _EDGE / 2).tolist())
        blocks = self.document.blocks
        own = {
            line: time
            for line, time in times.items()
            if not introduces_quotation(blocks[line].text.replace("\xa0", " "))
        }
        return Rhythm(self.document, self.chances, own if len(own) >= ENOUGH else times)

    def threads(self) -> Iterator[RepeatedThread]:
        """Runs of times at no great distance, where the model takes the lines for a thread's."""
        for run in self._runs():
            heading, above = self.support.heading(run[0]), self.support.heading(run[0], 2 * HEAD)
            is_under = above >= 0 and self.beats.are_under(run)
            if is_under:
                starts, end = self._rhythm.starts_over(run, above + 1)
            else:
                starts = self._rhythm.starts(run, heading + 1)
                end = self._end(run, starts)
            chance = float(self.chance[starts[0] : end].mean())
            is_likely = chance >= self._least(len(run), heading)
            if is_likely and not self._is_inside_piece(starts[0], end, chance):
                is_headed = is_under or self.support.headings.get(heading, 0) in (None, len(run))
                yield self._rhythm.thread(
                    run, starts, end, chance, is_headed=is_headed, is_under=is_under
                )

    def _least(self, times: int, heading: int) -> float:
        """The chance that makes a thread: less under a heading, more where times are few."""
        if heading >= 0:
            return _HEADED
        return LEAST if times >= ENOUGH else _FEW if times > 1 else 1.0

    def _is_inside_piece(self, start: int, end: int, chance: float) -> bool:
        """Whether the piece of what is no discussion goes on below what is no sure thread."""
        if self.chances.kind == "thread" or chance >= SURE:
            return False
        above = self._rhythm.words_of_piece(0, start)
        below = self._rhythm.words_of_piece(end, len(self.document.blocks))
        return min(above, below) >= FEW_WORDS

    def _runs(self) -> Iterator[list[int]]:
        run: list[int] = []
        for line in self._rhythm.times:
            if run and line - run[-1] > WIDEST_GAP:
                yield run
                run = []
            if not run or not self._is_one_head(run[-1], line):
                run.append(line)
        if run:
            yield run

    def _is_one_head(self, first: int, second: int) -> bool:
        """Whether no text stands between two times: 'joined ..., posted ...'.

        Where each stands beside a name, what is between them is a text, unless buttons; and
        so is a sentence of two words or more.
        """
        between = range(first + 1, second)
        if any(map(self._rhythm.is_text, between)):
            return False
        if all(is_button(self.document, line) for line in between):
            return True
        if any(map(self._rhythm.is_said, between)):
            return False
        return not (self._rhythm.is_named(first) and self._rhythm.is_named(second))

    def _end(self, run: Sequence[int], starts: Sequence[int]) -> int:
        """The line after the last comment: where the model no longer sees a thread."""
        longest = max((b - a for a, b in pairwise(starts)), default=HEAD)
        top = min(len(self.document.blocks), run[-1] + 1 + max(longest, HEAD))
        for line in range(run[-1] + 1, top):
            if self.chance[line] < _EDGE or self._own[line] < _EDGE / 3:
                return line
        return top
