"""Threads of systems that nobody listed, in flattened text.

What is left of a thread's markup there is its rhythm: a line with a time, again and
again, a name in it or beside it, and text between. A byline has a time as well, so
the model must take the lines for a thread's, smoothed over the thread, and a time
alone makes none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cleaner.document import ROLE_NUMBERS, Chances, CommentPart, Document, Mark, Role
from cleaner.stages.comments.answers import introduces_quotation
from cleaner.stages.comments.heads import Head, is_button, writers
from cleaner.stages.comments.items import PREVIEW, Fields, opening_role
from cleaner.stages.comments.noise import is_edit_note, noise_less
from cleaner.stages.comments.times import find_times, without_time
from cleaner.stages.rules import RuleBook

Floats = NDArray[np.float64]

ENOUGH = 3
"""Times that make a thread; two do where the model is all but sure of the lines between."""

_WIDEST_GAP = 40  # lines from one time to the next
_TIMED_WORDS = 14
_LEAST, _FEW, _SURE = 0.35, 0.55, 0.7  # mean chance of a thread's lines to be a thread's
_HEADED = 0.3  # the same under a heading for comments
_HEADING = 6  # lines above a thread in which its heading stands
_HEADINGS = frozenset({"comments/comment-count", "comments/thread-heading"})
_WINDOW = 2  # lines on both sides over which chances are smoothed
_EDGE = 0.3  # smoothed chance at which the last comment ends
_PARAGRAPH, _LIKELY, _FEW_WORDS = 12, 0.5, 30  # words, and chance, of a paragraph of the piece
_HEAD = 8  # lines above and below a time that may belong to the same head
_COMMENT, _META = ROLE_NUMBERS[Role.COMMENT], ROLE_NUMBERS[Role.COMMENT_META]


@dataclass(frozen=True, slots=True)
class RepeatedItem:
    """One comment: its lines, and those around its text with what they say."""

    start: int
    end: int
    around: dict[int, Fields]


@dataclass(frozen=True, eq=False)
class RepeatedThread:
    """A thread told by its rhythm; ``chance`` is the mean of its lines to be a thread's."""

    items: tuple[RepeatedItem, ...]
    chance: float
    opens: bool
    is_discussion: bool

    @property
    def start(self) -> int:
        """The first line."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """The line after the last."""
        return self.items[-1].end

    @property
    def comment_count(self) -> int:
        """How many comments it has, the opening post not counted."""
        return len(self.items) - self.opens

    def marks(self, rules: RuleBook, first_item: int) -> Iterator[Mark]:
        """The marks of all lines of the thread; its comments are numbered from ``first_item``."""
        share = min(1.0, 0.5 + 0.5 * (self.chance - _LEAST) / (_SURE - _LEAST))
        for number, item in enumerate(self.items):
            is_opening = self.opens and number == 0
            for line in range(item.start, item.end):
                fields = item.around.get(line)
                rule = rules[f"repeated:{_name(fields, is_opening)}"]
                part = (
                    None
                    if is_opening
                    else CommentPart(first_item + number - self.opens, fields or ())
                )
                mark = rule.mark(line, part)
                if is_opening and fields:
                    mark = replace(mark, role=opening_role(fields, mark.role))
                yield replace(mark, weight=rule.weight * share)


def _name(fields: Fields | None, is_opening: bool) -> str:
    """The rule of a line, by what it says; None is text."""
    if fields is None:
        return "opening" if is_opening else "text"
    return "writer" if "author" in dict(fields) else "around"


def repeated_threads(document: Document) -> list[RepeatedThread]:
    """The threads that names, times and the model's chances show in lines; mostly none."""
    if document.chances is None or not document.blocks:
        return []
    return list(_Finder(document, document.chances).threads())


@dataclass(frozen=True, eq=False)
class _Finder:
    document: Document
    chances: Chances

    @cached_property
    def roles(self) -> Floats:
        """The chances of the roles."""
        return self.chances.roles.astype(np.float64)

    @cached_property
    def _own(self) -> Floats:
        """For each line its chance to belong to a thread, as its roles have it."""
        own: Floats = self.roles[:, [_COMMENT, _META]].sum(axis=1)
        return own

    @cached_property
    def _chance(self) -> Floats:
        """The same, smoothed.

        Where a page is no discussion, what is likely its content is no reader's.
        """
        own = self._own
        if self.chances.kind != "thread":
            own = own * (1 - self.chances.main)
        padded = np.concatenate([own[:1].repeat(_WINDOW), own, own[-1:].repeat(_WINDOW)])
        sums = np.convolve(padded, np.ones(2 * _WINDOW + 1), mode="valid")
        smoothed: Floats = sums / (2 * _WINDOW + 1)
        return smoothed

    @cached_property
    def _times(self) -> dict[int, str]:
        """The lines with a time; those of quotations and of later changes begin no comment."""
        likely = np.flatnonzero(self._chance >= _EDGE / 2).tolist()
        texts = [(line, self._text(line)) for line in likely]
        short = [
            (line, text)
            for line, text in texts
            if text.count(" ") < _TIMED_WORDS and not is_edit_note(text)
        ]
        found = zip(short, find_times([text for _, text in short]), strict=True)
        times = {line: time for (line, _), time in found if time}
        own = {
            line: time for line, time in times.items() if not introduces_quotation(self._text(line))
        }
        return own if len(own) >= ENOUGH else times

    def _text(self, line: int) -> str:
        return self.document.blocks[line].text.replace("\xa0", " ")

    def threads(self) -> Iterator[RepeatedThread]:
        """Runs of times at no great distance, where the model takes the lines for a thread's."""
        for run in self._runs():
            starts = self._starts(run)
            end = self._end(run, starts)
            chance = float(self._chance[starts[0] : end].mean())
            if chance < self._least(len(run), run[0]) or self._is_inside_piece(
                starts[0], end, chance
            ):
                continue
            edges = zip(starts, [*starts[1:], end], run, strict=True)
            items = tuple(self._items(list(edges)))
            is_alone = self._words_of_piece(0, starts[0], items[0]) < _FEW_WORDS
            is_discussion = self._is_discussion(items) or (
                is_alone
                and len(items) >= ENOUGH
                and self._words_of_piece(end, len(self.document.blocks)) < _FEW_WORDS
            )
            opens = is_discussion and is_alone
            yield RepeatedThread(items, chance, opens, is_discussion)

    def _least(self, times: int, first: int) -> float:
        """The chance that makes a thread: less under a heading, more where times are few."""
        if self._heading(first) >= 0:
            return _HEADED
        return _LEAST if times >= ENOUGH else _FEW if times > 1 else 1.0

    def _is_inside_piece(self, start: int, end: int, chance: float) -> bool:
        """Whether the piece of what is no discussion goes on below what is no sure thread."""
        if self.chances.kind == "thread" or chance >= _SURE:
            return False
        above = self._words_of_piece(0, start)
        below = self._words_of_piece(end, len(self.document.blocks))
        return min(above, below) >= _FEW_WORDS

    def _heading(self, first: int) -> int:
        """The line not far above a time that counts comments or is a heading for them, else -1."""
        above = range(first - 1, max(-1, first - 1 - _HEADING), -1)
        matches = self.document.matches
        return next((n for n in above if not _HEADINGS.isdisjoint(matches.get(n, ()))), -1)

    def _runs(self) -> Iterator[list[int]]:
        run: list[int] = []
        for line in self._times:
            if run and line - run[-1] > _WIDEST_GAP:
                yield run
                run = []
            if not run or not self._is_one_head(run[-1], line):
                run.append(line)
        if run:
            yield run

    def _is_one_head(self, first: int, second: int) -> bool:
        """Whether no text stands between two times: 'posted ..., edited ...'."""
        return not any(self._is_text(line) for line in range(first + 1, second))

    def _is_text(self, line: int) -> bool:
        return line not in self._times and not self.chances.is_around_comment(line)

    def _starts(self, run: Sequence[int]) -> list[int]:
        """The first line of each comment: above its time, under the buttons of the one before.

        What stands over the first belongs to it as far as heads of the others reach.
        """
        starts, floor = [], self._heading(run[0]) + 1
        for time in run:
            start = time
            while start > max(floor, time - _HEAD) and not self._is_text(start - 1):
                start -= 1
            start = self._under_buttons(start, time)
            starts.append(max(start, floor))
            floor = time + 1
        heights = [time - start for time, start in zip(run[1:], starts[1:], strict=True)]
        return [max(starts[0], run[0] - max(heights, default=_HEAD)), *starts[1:]]

    def _under_buttons(self, start: int, time: int) -> int:
        """The line under the buttons of the comment before, where a name is left below them."""
        buttons = [line for line in range(start, time) if is_button(self.document, line)]
        while buttons and not any(
            self._may_name(line) for line in range(buttons[-1] + 1, time + 1)
        ):
            buttons.pop()
        start = buttons[-1] + 1 if buttons else start
        while start < time and is_button(self.document, start):
            start += 1
        return start

    def _may_name(self, line: int) -> bool:
        text = self._text(line)
        if line in self._times:
            text = without_time(text, self._times[line])
        name = noise_less(text)
        return any(map(str.isalpha, name)) and not any(map(str.isdigit, name))

    def _end(self, run: Sequence[int], starts: Sequence[int]) -> int:
        """The line after the last comment: where the model no longer sees a thread."""
        longest = max((b - a for a, b in pairwise(starts)), default=_HEAD)
        top = min(len(self.document.blocks), run[-1] + 1 + max(longest, _HEAD))
        for line in range(run[-1] + 1, top):
            if self._chance[line] < _EDGE or self._own[line] < _EDGE / 3:
                return line
        return top

    def _items(self, edges: Sequence[tuple[int, int, int]]) -> Iterator[RepeatedItem]:
        ends = [self._head_end(time, end) for _, end, time in edges]
        heads = [
            self._head(start, head_end, time)
            for (start, _, time), head_end in zip(edges, ends, strict=True)
        ]
        for (start, end, time), head_end, writer in zip(edges, ends, writers(heads), strict=True):
            around: dict[int, Fields] = dict.fromkeys(range(start, head_end), ())
            for line in range(end - 1, head_end - 1, -1):
                if self._is_text(line):
                    break
                around[line] = ()
            around[time] = (("date_text", self._times[time]),)
            if writer is not None:
                block, name = writer
                around[block] = (("author", name), *around[block])
            yield RepeatedItem(start, end, around)

    def _head_end(self, time: int, end: int) -> int:
        """The line after the last of those under a time that are not yet the comment's text."""
        line = time + 1
        while line < min(end, time + _HEAD) and self._is_head(line):
            line += 1
        return line

    def _head(self, start: int, end: int, time: int) -> Head:
        lines = {
            line: self.document.blocks[line].text
            for line in range(start, end)
            if not self._is_text(line) and line not in self._times
        }
        own = without_time(self._text(time), self._times[time])
        return Head(dict(sorted((lines | {time: own}).items())), time)

    def _is_head(self, line: int) -> bool:
        return not self._is_text(line) and self.roles[line, _META] > self.roles[line, _COMMENT]

    def _is_discussion(self, items: Sequence[RepeatedItem]) -> bool:
        """Whether the model takes the page for a discussion, or the replies for content."""
        chances = self.document.chances
        if chances is None or chances.kind == "thread":
            return chances is not None
        return chances.are_mostly_main(
            [line for item in items[1:] for line in range(item.start, item.end)]
        )

    def _words_of_piece(self, first: int, end: int, post: RepeatedItem | None = None) -> float:
        """The words of paragraphs that the model takes for content, in some lines.

        What a post begins with as well is a preview of that, and does not count.
        """
        chances = self.document.chances
        if chances is None:
            return 0.0
        words, main = chances.words[first:end], chances.main[first:end]
        likely = np.flatnonzero((words >= _PARAGRAPH) & (main > _LIKELY)).tolist()
        begins = {self._start_of(line) for line in range(post.start, post.end)} if post else set()
        own = (place for place in likely if self._start_of(first + place) not in begins)
        return float(sum(words[place] for place in own))

    def _start_of(self, line: int) -> str:
        return self.document.blocks[line].text[:PREVIEW]
