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
from cleaner.stages.comments.noise import LONGEST_NAME, NAME_WORDS, noise_less
from cleaner.stages.comments.threads import PREVIEW, Fields, opening_role
from cleaner.stages.comments.times import find_times
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
_HEAD = 5  # lines above and below a time that may belong to the same head
_COMMENT, _META = ROLE_NUMBERS[Role.COMMENT], ROLE_NUMBERS[Role.COMMENT_META]
_BODY = ROLE_NUMBERS[Role.BODY]
_PLACES = (0, -1, -2, 1)  # where a name stands, in lines from the time, in the order tried


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
                name = "around" if fields is not None else "opening" if is_opening else "text"
                rule = rules[f"repeated:{name}"]
                part = (
                    None
                    if is_opening
                    else CommentPart(first_item + number - self.opens, fields or ())
                )
                mark = rule.mark(line, part)
                if is_opening and fields:
                    mark = replace(mark, role=opening_role(fields, mark.role))
                yield replace(mark, weight=rule.weight * share)


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
        likely = np.flatnonzero(self._chance >= _EDGE / 2).tolist()
        texts = [(line, self.document.blocks[line].text) for line in likely]
        short = [(line, text) for line, text in texts if text.count(" ") < _TIMED_WORDS]
        times = find_times([text for _, text in short])
        return {line: time for (line, _), time in zip(short, times, strict=True) if time}

    def threads(self) -> Iterator[RepeatedThread]:
        """Runs of times at no great distance, where the model takes the lines for a thread's."""
        for run in self._runs():
            starts = self._starts(run)
            end = self._end(run, starts)
            chance = float(self._chance[starts[0] : end].mean())
            if chance < self._least(len(run), run[0]):
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
        row = self.roles[line]
        return line not in self._times and row[_COMMENT] + row[_BODY] > row[_META]

    def _starts(self, run: Sequence[int]) -> list[int]:
        """The first line of each comment: above its time, under the buttons of the one before."""
        starts, floor = [], self._heading(run[0]) + 1
        for time in run:
            start = time
            while start > max(floor, time - _HEAD) and not self._is_text(start - 1):
                start -= 1
            while start < time and self._is_button(start):
                start += 1
            starts.append(max(start, floor))
            floor = time + 1
        return starts

    def _is_button(self, line: int) -> bool:
        text = self.document.blocks[line].text
        matches = self.document.matches.get(line, {})
        return "comments/reply-button" in matches or not noise_less(text) or text.isdigit()

    def _end(self, run: Sequence[int], starts: Sequence[int]) -> int:
        """The line after the last comment: where the model no longer sees a thread."""
        longest = max((b - a for a, b in pairwise(starts)), default=_HEAD)
        top = min(len(self.document.blocks), run[-1] + 1 + max(longest, _HEAD))
        for line in range(run[-1] + 1, top):
            if self._chance[line] < _EDGE or self._own[line] < _EDGE / 3:
                return line
        return top

    def _items(self, edges: Sequence[tuple[int, int, int]]) -> Iterator[RepeatedItem]:
        place = self._name_place([time for _, _, time in edges])
        for start, end, time in edges:
            head_end = time + 1
            while head_end < min(end, time + _HEAD) and self._is_head(head_end):
                head_end += 1
            around: dict[int, Fields] = dict.fromkeys(range(start, head_end), ())
            for line in range(end - 1, head_end - 1, -1):
                if self._is_text(line):
                    break
                around[line] = ()
            around[time] = (("date_text", self._times[time]),)
            named = self._name(time, place, start, head_end)
            if named is not None:
                around[named[0]] = (("author", named[1]), *around.get(named[0], ()))
            yield RepeatedItem(start, end, around)

    def _is_head(self, line: int) -> bool:
        return not self._is_text(line) and self.roles[line, _META] > self.roles[line, _COMMENT]

    def _name_place(self, times: Sequence[int]) -> int:
        """Where names stand most often, and are most different, in lines from the time."""
        names = {
            place: [name for time in times if (name := self._name_at(time + place, time))]
            for place in _PLACES
        }
        return max(_PLACES, key=lambda place: len(set(names[place])) + len(names[place]) / 2)

    def _name(self, time: int, place: int, start: int, end: int) -> tuple[int, str] | None:
        for offset in dict.fromkeys((place, *_PLACES)):
            line = time + offset
            if start <= line < end and (name := self._name_at(line, time)):
                return line, name
        return None

    def _name_at(self, line: int, time: int) -> str:
        """What may be a name in a line; empty when nothing is."""
        if not 0 <= line < len(self.document.blocks):
            return ""
        text = self.document.blocks[line].text
        if line == time:
            text = text.replace(self._times[time], " ")
        elif self._is_text(line) or line in self._times:
            return ""
        name = noise_less(text)
        is_short = len(name) <= LONGEST_NAME and name.count(" ") < NAME_WORDS
        return name if is_short and any(map(str.isalpha, name)) else ""

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
