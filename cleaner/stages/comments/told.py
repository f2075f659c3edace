"""The thread that a page tells itself: by buttons to answer, a count, numbers of posts."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, pairwise

from cleaner.document import Chances, Document
from cleaner.stages.comments.beat_features import WIDEST_GAP
from cleaner.stages.comments.beats import Beats
from cleaner.stages.comments.readings import Readings, counting_lines
from cleaner.stages.comments.rhythm import ENOUGH, HEAD, SURE, RepeatedThread, Rhythm
from cleaner.stages.comments.support import KNOWN, Support

_COUNTED = 0.75  # share of the comments that a heading counts which tells them: some are deleted
_BUTTONS = 0.9  # share of the times of a thread that are buttons to answer, which stand under texts
_NAMED = 0.6  # share of the comments told by the page that have a name and a text
_YEAR = re.compile(r"\d{4}")
_GUESSES = 4  # lines of a page that are tried as headings that count


@dataclass(frozen=True, eq=False)
class Told:
    """The thread that the page itself tells, whatever the model thinks of its lines.

    So it is in languages that it has hardly seen: what it does not know reads like the
    teasers that stand in the same place.
    """

    document: Document
    chances: Chances
    support: Support
    readings: Readings
    beats: Beats

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
        for line, stated in islice(counting_lines(self.document), _GUESSES):
            headings = {**self.support.headings, line: stated}
            told = replace(self, support=replace(self.support, headings=headings))
            run, end = told._counted()
            if not told._counts_all(run) or self.chances.sureness(slice(run[0], end)) >= KNOWN:
                continue
            thread = told._thread(run, end)
            if told._are_comments(thread):
                return thread
        return None

    def _thread(self, run: Sequence[int], end: int) -> RepeatedThread:
        """The thread with these times, which stand over its texts or, as buttons do, under them."""
        heading = self.support.heading(run[0], 2 * HEAD)
        is_over = self.support.headings.get(heading, 0) is None or self.support.is_counted(
            run[0], len(run), 2 * HEAD
        )
        with_button = sum(time in self.support.replies for time in run)
        if with_button >= _BUTTONS * len(run) or (heading >= 0 and self.beats.are_under(run)):
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
            *(max(0, line - WIDEST_GAP) for line in replies[:1]),
        ]
        begins += [max(0, line - 1) for line in list(self.readings.numbers)[:1]]
        lines = range(min(begins), len(self.document.blocks)) if begins else ()
        times = self.readings.times(lines)
        rhythm = Rhythm(self.document, self.chances, times, is_told=True)
        return rhythm.one_to_a_head()

    def _answered(self) -> tuple[list[int], int]:
        """The times over buttons to answer, and the line after the last of these."""
        run: list[int] = []
        end = -1
        if len(self.support.replies) < ENOUGH:
            return run, end
        times = list(self._rhythm.times)
        for button in sorted(self.support.replies):
            first = bisect_left(times, max(end, button - WIDEST_GAP))
            above = times[first : bisect_right(times, button)]
            if above and (not run or above[0] - run[-1] <= WIDEST_GAP):
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
            reach = 2 * HEAD if run and self.beats.are_under(run) else HEAD
            is_near = len(run) >= ENOUGH and run[0] - heading <= reach
            if not is_near or self.beats.speak_against(run):
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
        before, numbers = 0, self.readings.numbers
        for time in self._rhythm.times if len(numbers) >= ENOUGH else ():
            number = next((numbers[at] for at in _beside(time) if at in numbers), 0)
            if not number or (number == before and run):
                continue
            if not run or number != before + 1 or time - run[-1] > WIDEST_GAP:
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
            if time - near[-1] > WIDEST_GAP:
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


def _beside(line: int) -> tuple[int, ...]:
    """A line and those near it, the nearer first."""
    return (line, line - 1, line + 1, line + 2)
