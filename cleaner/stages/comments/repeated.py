"""Threads of systems that nobody listed, in flattened text.

What is left of a thread's markup there is its rhythm: a line with a time, again and
again, a name in it or beside it, and text between. A byline has a time as well, so
the model must take the lines for a thread's, smoothed over the thread, and a time
alone makes none. Or the page tells it: by a heading that counts as many comments, by a
button to answer under each, or by numbers of posts.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise

import numpy as np
from numpy.typing import NDArray

from cleaner.document import OF_THREADS, Chances, Document
from cleaner.stages.comments.answers import introduces_quotation
from cleaner.stages.comments.noise import is_edit_note
from cleaner.stages.comments.rhythm import (
    ENOUGH,
    FEW_WORDS,
    HEAD,
    LEAST,
    SURE,
    RepeatedThread,
    Rhythm,
)
from cleaner.stages.comments.support import KNOWN, Support, support_of
from cleaner.stages.comments.times import find_times, has_hour

Floats = NDArray[np.float64]

_WIDEST_GAP = 40  # lines from one time to the next
_TIMED_WORDS = 14
_FEW = 0.55  # mean chance of the lines of a thread with two times
_HEADED = 0.3  # the same under a heading for comments
_WINDOW = 2  # lines on both sides over which chances are smoothed
_EDGE = 0.3  # smoothed chance at which the last comment ends
_COUNTED = 0.75  # share of the comments that a heading counts which tells them: some are deleted
_MOST = 0.9  # share of the comments told by the page that the model must see to be right about them
_NAMED = 0.6  # share of the comments told by the page that have a name and a text
_POST_NUMBER = re.compile(r"#[ \xa0]?(\d{1,5})(?!\d)|^(\d{1,5})[ \xa0]?[楼樓層层층]")
_LONGEST_COUNTING = 40  # characters of a heading that counts
_COUNT_DIGITS = 3
_YEAR = re.compile(r"\d{4}")
_LONGEST_UNDATED = 28  # characters of a line without a digit that may tell a time
_GUESSES = 4  # such lines of a page that are tried
_DIGITS = re.compile(r"\d+")
_NUMBER_MARKS = "#楼樓層层층"  # one of which stands in it
_LONGEST_NUMBERED = 80  # characters of a line with the number of a post


def repeated_threads(document: Document) -> list[RepeatedThread]:
    """The threads that names and times show in lines; mostly none.

    Where the page tells of a thread of which the model sees little, the page is right.
    """
    if document.chances is None or not document.blocks:
        return []
    support, lines = support_of(document), _Lines(document)
    likely = [
        thread
        for thread in _Likely(document, document.chances, support, lines).threads()
        if not support.is_elsewhere(thread.start)
    ]
    told = _Told(document, document.chances, support, lines).thread()
    if told is None:
        return likely
    same = [thread for thread in likely if thread.start < told.end and told.start < thread.end]
    if sum(len(thread.items) for thread in same) >= _MOST * len(told.items):
        return likely
    return [*(thread for thread in likely if thread not in same), told]


def told_thread(document: Document) -> RepeatedThread | None:
    """The thread that the page itself tells, line by line; mostly none."""
    if document.chances is None or not document.blocks:
        return None
    return _Told(document, document.chances, support_of(document), _Lines(document)).thread()


def _count_in(text: str) -> int:
    """The number in a short line that has one and some letters, as headings that count do; else 0.

    >>> _count_in("Conversa (10)"), _count_in("みんなの声9件"), _count_in("3 May 2019")
    (10, 9, 0)
    """
    if len(text) > _LONGEST_COUNTING:
        return 0
    numbers = _DIGITS.findall(text)
    is_count = len(numbers) == 1 and len(numbers[0]) <= _COUNT_DIGITS
    return int(numbers[0]) if is_count and sum(map(str.isalpha, text)) > 1 else 0


def _form(text: str) -> str:
    return _DIGITS.sub("0", text)


def _beside(line: int) -> tuple[int, ...]:
    """A line and those near it, the nearer first."""
    return (line, line - 1, line + 1, line + 2)


class _Lines:
    """What is read from the lines of a page, from each once, whoever asks."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._times: dict[int, str] = {}

    def times(self, lines: Iterable[int]) -> dict[int, str]:
        """The times in some lines, in their order; that of a later change is none."""
        asked = list(lines)
        new = [line for line in asked if line not in self._times]
        self._times |= dict.fromkeys(new, "") | self._times_in(new)
        return {line: time for line in asked if (time := self._times[line])}

    def _times_in(self, lines: Sequence[int]) -> dict[int, str]:
        blocks = self._document.blocks
        texts = ((line, blocks[line].text.replace("\xa0", " ")) for line in lines)
        short = [
            (line, text)
            for line, text in texts
            if text.count(" ") < _TIMED_WORDS and not is_edit_note(text)
        ]
        found = zip(short, find_times([text for _, text in short]), strict=True)
        return {line: time for (line, _), time in found}

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The lines with the number of a post."""
        found: dict[int, int] = {}
        marks = [mark for mark in _NUMBER_MARKS if mark in self._document.text]
        for line, block in enumerate(self._document.blocks) if marks else ():
            text = block.text
            if len(text) > _LONGEST_NUMBERED or not any(mark in text for mark in marks):
                continue
            if match := _POST_NUMBER.search(text):
                found[line] = int(match[1] or match[2])
        return found


def _one_to_a_head(rhythm: Rhythm) -> dict[int, str]:
    """The times of a rhythm but for those of the same head: 'Joined May 2019', and the post's.

    Of times without a text between them the first counts that has an hour.
    """
    kept: dict[int, str] = {}
    last = -1
    for line, time in rhythm.times.items():
        is_same = last >= 0 and not any(map(rhythm.is_text, range(last + 1, line)))
        if is_same and has_hour(time) != has_hour(kept[last]):
            if not has_hour(time):
                continue
            del kept[last]
        kept[line], last = time, line
    return kept


@dataclass(frozen=True, eq=False)
class _Likely:
    """Threads where the model takes the lines for a thread's."""

    document: Document
    chances: Chances
    support: Support
    lines: _Lines

    @cached_property
    def _own(self) -> Floats:
        """For each line its chance to belong to a thread, as its roles have it."""
        own: Floats = self.chances.roles[:, OF_THREADS].sum(axis=1).astype(np.float64)
        return own

    @cached_property
    def chance(self) -> Floats:
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
    def _rhythm(self) -> Rhythm:
        """The likely lines with a time; those of quotations begin no comment."""
        times = self.lines.times(np.flatnonzero(self.chance >= _EDGE / 2).tolist())
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
            starts = self._rhythm.starts(run, self.support.heading(run[0]) + 1)
            end = self._end(run, starts)
            chance = float(self.chance[starts[0] : end].mean())
            is_likely = chance >= self._least(len(run), run[0])
            if is_likely and not self._is_inside_piece(starts[0], end, chance):
                is_headed = self.support.headings.get(self.support.heading(run[0]), 0) is None
                yield self._rhythm.thread(run, starts, end, chance, is_headed=is_headed)

    def _least(self, times: int, first: int) -> float:
        """The chance that makes a thread: less under a heading, more where times are few."""
        if self.support.heading(first) >= 0:
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
            if run and line - run[-1] > _WIDEST_GAP:
                yield run
                run = []
            if not run or not self._is_one_head(run[-1], line):
                run.append(line)
        if run:
            yield run

    def _is_one_head(self, first: int, second: int) -> bool:
        """Whether no text stands between two times: 'posted ..., edited ...'."""
        return not any(self._rhythm.is_text(line) for line in range(first + 1, second))

    def _end(self, run: Sequence[int], starts: Sequence[int]) -> int:
        """The line after the last comment: where the model no longer sees a thread."""
        longest = max((b - a for a, b in pairwise(starts)), default=HEAD)
        top = min(len(self.document.blocks), run[-1] + 1 + max(longest, HEAD))
        for line in range(run[-1] + 1, top):
            if self.chance[line] < _EDGE or self._own[line] < _EDGE / 3:
                return line
        return top


@dataclass(frozen=True, eq=False)
class _Told:
    """The thread that the page itself tells, whatever the model thinks of its lines.

    So it is in languages that it has hardly seen: what it does not know reads like the
    teasers that stand in the same place.
    """

    document: Document
    chances: Chances
    support: Support
    lines: _Lines

    def thread(self) -> RepeatedThread | None:
        """That with buttons to answer, as many comments as a heading says, or numbers."""
        for run, end in (self._answered(), self._counted(), self._numbered(), self._headed()):
            if len(run) < ENOUGH:
                continue
            thread = replace(self._thread(run, end), is_counted=self._is_counted(run))
            if self._are_comments(thread):
                return thread
        return self._guessed()

    def _guessed(self) -> RepeatedThread | None:
        """The thread under a heading of unknown words that counts its comments to the number.

        Not on lists, products and the like, nor where the model knows what the lines are: `KNOWN`.
        """
        if self.chances.kind not in ("article", "thread"):
            return None
        for line, stated in islice(self._counting_lines(), _GUESSES):
            headings = {**self.support.headings, line: stated}
            told = replace(self, support=replace(self.support, headings=headings))
            run, end = told._counted()
            if not told._counts_all(run) or self.chances.sureness(slice(run[0], end)) >= KNOWN:
                continue
            thread = told._thread(run, end)
            if told._are_comments(thread):
                return thread
        return None

    def _counting_lines(self) -> Iterator[tuple[int, int]]:
        """Short lines with one number, unlike all others, from below.

        As many lines may tell a time under them.
        """
        texts = [block.text for block in self.document.blocks]
        short = (text for text in texts if len(text) <= _LONGEST_COUNTING)
        forms = Counter(_form(text) for text in short if _DIGITS.search(text))
        may_tell = 0
        for line in range(len(texts) - 1, -1, -1):
            text = texts[line]
            if len(text) > _LONGEST_NUMBERED:
                continue
            count = _count_in(text)
            if ENOUGH <= count <= may_tell and forms[_form(text)] == 1:
                yield line, count
            may_tell += len(text) <= _LONGEST_UNDATED or _DIGITS.search(text) is not None

    def _thread(self, run: Sequence[int], end: int) -> RepeatedThread:
        """The thread with these times, which stand over its texts or, as buttons do, under them."""
        heading = self.support.heading(run[0], 2 * HEAD)
        is_over = self.support.headings.get(heading, 0) is None or self.support.is_counted(
            run[0], len(run), 2 * HEAD
        )
        with_button = sum(time in self.support.replies for time in run)
        if with_button >= _MOST * len(run) or self._rhythm.is_under(run, heading):
            starts, end = self._rhythm.starts_over(run, heading + 1)
            return self._rhythm.thread(run, starts, end, SURE, is_headed=is_over, is_under=True)
        starts = self._rhythm.starts(run, self.support.heading(run[0]) + 1)
        return self._rhythm.thread(run, starts, end, SURE, is_headed=is_over)

    @cached_property
    def _rhythm(self) -> Rhythm:
        """All lines with a time from where the page tells of a thread."""
        replies = sorted(self.support.replies)
        begins = [
            *sorted(self.support.headings)[:1],
            *(max(0, line - _WIDEST_GAP) for line in replies[:1]),
        ]
        begins += [max(0, line - 1) for line in list(self.lines.numbers)[:1]]
        lines = range(min(begins), len(self.document.blocks)) if begins else ()
        times = self.lines.times(lines)
        rhythm = Rhythm(self.document, self.chances, times, is_told=True)
        return replace(rhythm, times=_one_to_a_head(rhythm))

    def _answered(self) -> tuple[list[int], int]:
        """The times over buttons to answer, and the line after the last of these."""
        run: list[int] = []
        end = -1
        if len(self.support.replies) < ENOUGH:
            return run, end
        times = list(self._rhythm.times)
        for button in sorted(self.support.replies):
            first = bisect_left(times, max(end, button - _WIDEST_GAP))
            above = times[first : bisect_right(times, button)]
            if above and (not run or above[0] - run[-1] <= _WIDEST_GAP):
                run.append(above[0] if run else above[-1])  # the first may be over the piece
                end = button + 1
            elif run and above:
                break
            elif run and button == end:
                end += 1
        return run, end

    def _counted(self) -> tuple[list[int], int]:
        """As many times under a heading as it says, and the line after the last comment."""
        times = list(self._rhythm.times)
        for heading, stated in self.support.headings.items():
            if stated is None or stated < ENOUGH:
                continue
            first = bisect_right(times, heading)
            run = self._near(heading, times[first : first + stated])
            if len(run) >= max(ENOUGH, _COUNTED * stated):
                longest = max(b - a for a, b in pairwise(run))
                after = times[first + len(run) : first + len(run) + 1]
                return run, min([run[-1] + longest, len(self.document.blocks), *after])
        return [], -1

    def _headed(self) -> tuple[list[int], int]:
        """The times right under a heading for comments without a count, and their end.

        Not where the model knows what the lines are: `KNOWN`.
        """
        times, passed = list(self._rhythm.times), -1
        for heading, stated in self.support.headings.items():
            if stated is not None or heading < passed:  # each time is looked at once
                continue
            run = self._near(heading, times[bisect_right(times, heading) :])
            passed = run[-1] if run else heading
            reach = 2 * HEAD if run and self._rhythm.is_under(run, heading) else HEAD
            if len(run) < ENOUGH or run[0] - heading > reach:
                continue
            longest = max(b - a for a, b in pairwise(run))
            end = min(run[-1] + longest, len(self.document.blocks))
            if self.chances.sureness(slice(run[0], end)) < KNOWN:
                return run, end
        return [], -1

    def _numbered(self) -> tuple[list[int], int]:
        """The longest run of times with '#2', '#3' and so on beside them, and its end."""
        longest: list[int] = []
        run: list[int] = []
        before, numbers = 0, self.lines.numbers
        for time in self._rhythm.times if len(numbers) >= ENOUGH else ():
            number = next((numbers[at] for at in _beside(time) if at in numbers), 0)
            if not number or (number == before and run):
                continue
            if not run or number != before + 1 or time - run[-1] > _WIDEST_GAP:
                run = []
            run.append(time)
            before = number
            longest = max(longest, run, key=len)
        if len(longest) < ENOUGH:
            return [], -1
        height = max(b - a for a, b in pairwise(longest))
        return longest, min(longest[-1] + height, len(self.document.blocks))

    def _near(self, heading: int, times: Sequence[int]) -> list[int]:
        """The times at no great distance from each other below a heading."""
        near = [heading]
        for time in times:
            if time - near[-1] > _WIDEST_GAP:
                break
            near.append(time)
        return near[1:]

    def _counts_all(self, run: Sequence[int]) -> bool:
        """Whether these are some, and all that the heading above counts.

        Where another time follows it is of another kind: a date, where these are ages.
        """
        if len(run) < ENOUGH or self.support.headings.get(self.support.heading(run[0])) != len(run):
            return False
        times = list(self._rhythm.times)
        after = times[bisect_right(times, run[-1]) :][:1]
        near = self._near(run[-1], after)
        dated = [_YEAR.search(self._rhythm.times[line]) is not None for line in (*run, *near)]
        return not near or (len(set(dated[:-1])) == 1 and dated[-1] != dated[0])

    def _is_counted(self, run: Sequence[int]) -> bool:
        """Whether all the times near a heading are as many as it says, and these are all."""
        heading = self.support.heading(run[0])
        times = list(self._rhythm.times)
        near = self._near(heading, times[bisect_right(times, heading) :])
        return near == list(run) and self.support.headings.get(heading) == len(run)

    def _are_comments(self, thread: RepeatedThread) -> bool:
        """Whether most have a text, and where no heading counts them a name."""
        whole = sum(
            (thread.is_counted or any("author" in dict(fields) for fields in item.around.values()))
            and any(line not in item.around for line in range(item.start, item.end))
            for item in thread.items
        )
        return whole >= _NAMED * len(thread.items)
