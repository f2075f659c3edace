"""Comments as the rhythm of flattened lines shows them: a time, again and again, and what is near.

Given the lines with times, this says where each comment begins, what stands around its text,
and who wrote it; `repeated` says which times make a thread.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np

from cleaner.document import ROLE_NUMBERS, Chances, CommentPart, Document, Mark, Role
from cleaner.stages.comments.heads import Head, Writer, writers
from cleaner.stages.comments.items import PREVIEW, Fields, opening_role
from cleaner.stages.comments.noise import label_of, noise_less
from cleaner.stages.comments.support import is_answered, is_button, is_reply_button
from cleaner.stages.comments.times import has_hour, without_time
from cleaner.stages.rules import RuleBook, load_rules

ENOUGH = 3
"""Times that make a thread; two do where the model is all but sure of the lines between."""

LEAST, SURE = 0.35, 0.7
"""Mean chance of a thread's lines to be a thread's: at least, and beyond doubt."""

HEAD = 8
"""Lines above and below a time that may belong to the same head."""

FEW_WORDS = 30
"""Words of likely paragraphs that are no piece yet."""

TEXT_WORDS = 5
"""Words of a line that is text whatever it says, where no model tells."""

_BEYOND_DOUBT = 1.6  # share of the weights where the page tells: the model may be sure, and err
_PARAGRAPH, _LIKELY = 12, 0.5  # words, and chance, of a paragraph of the piece
_OPINION = 0.15  # chance to be a thread's or body from which on the model tells these apart
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "।", ")")
_INITIAL = re.compile(r"(^|\s)[^\W\d]\.$")  # of a name
_ALIKE = 0.6  # share of the heads of a thread
_COMMENT, _META = ROLE_NUMBERS[Role.COMMENT], ROLE_NUMBERS[Role.COMMENT_META]
_BODY = ROLE_NUMBERS[Role.BODY]


@dataclass(frozen=True, slots=True)
class RepeatedItem:
    """One comment: its lines, and those around its text with what they say."""

    start: int
    end: int
    around: dict[int, Fields]


@dataclass(frozen=True, eq=False)
class RepeatedThread:
    """A thread told by its rhythm; ``chance`` is the mean of its lines to be a thread's.

    ``is_told`` says that the page tells it, by a count or by buttons to answer: then it is
    one whatever the model thinks of its lines, as of words of a language that it knows little.
    ``is_counted`` says that a heading right above counts these comments, no more and no fewer,
    ``is_under`` that times stand under texts, ``is_sure`` that it is a discussion beyond doubt.
    """

    items: tuple[RepeatedItem, ...]
    chance: float
    opens: bool
    is_told: bool
    is_counted: bool = False
    is_under: bool = False
    is_sure: bool = False

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
        likely = rules, min(1.0, 0.5 + 0.5 * (self.chance - LEAST) / (SURE - LEAST))
        sure = load_rules("comments"), _BEYOND_DOUBT
        for number, item in enumerate(self.items):
            is_last = number == len(self.items) - 1  # the foot of the page may be in it
            is_sure = self.is_told or (self.is_sure and not is_last)
            book, share = sure if is_sure else likely
            is_opening = self.opens and number == 0
            for line in range(item.start, item.end):
                fields = item.around.get(line)
                rule = book[f"repeated:{_name(fields, is_opening)}"]
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


@dataclass(frozen=True, eq=False)
class Rhythm:
    """Lines with times in them, and the comments that they begin.

    ``is_told`` says that the page tells of the thread: then the model is not asked what is
    text in it, for it may not know the language.
    """

    document: Document
    chances: Chances
    times: Mapping[int, str]
    is_told: bool = False

    def one_to_a_head(self) -> Rhythm:
        """The same without further times of a head: 'Joined May 2019', and the post's own.

        Of times without a text between them the first counts that has an hour.
        """
        kept: dict[int, str] = {}
        last = -1
        for line, time in self.times.items():
            is_same = last >= 0 and not any(map(self.is_text, range(last + 1, line)))
            if is_same and has_hour(time) != has_hour(kept[last]):
                if not has_hour(time):
                    continue
                del kept[last]
            kept[line], last = time, line
        return replace(self, times=kept)

    def text_of(self, line: int) -> str:
        """A line with plain spaces, as times are read from it."""
        return self.document.blocks[line].text.replace("\xa0", " ")

    def thread(
        self,
        run: Sequence[int],
        starts: Sequence[int],
        end: int,
        chance: float,
        *,
        is_headed: bool = False,
        is_under: bool = False,
    ) -> RepeatedThread:
        """The thread whose comments have their times in these lines, and begin at ``starts``.

        ``is_headed`` says that a heading for comments stands over them, so that none is the
        opening post; ``is_under`` that times stand under the texts.
        """
        edges = list(zip(starts, [*starts[1:], end], run, strict=True))
        items = tuple(self._items_over(edges) if is_under else self._items(edges))
        is_alone = self.words_of_piece(0, starts[0], items[0]) < FEW_WORDS
        is_discussion = self._is_discussion(items) or (
            is_alone
            and len(items) >= ENOUGH
            and self.words_of_piece(end, len(self.document.blocks)) < FEW_WORDS
        )
        opens = is_discussion and is_alone and not is_headed
        return RepeatedThread(
            items,
            chance,
            opens,
            self.is_told,
            is_under=is_under,
            is_sure=is_discussion and chance >= SURE,
        )

    def is_text(self, line: int) -> bool:
        """Whether a line is text of a comment and not what stands around it.

        Where the model takes it for neither, or is not asked, the words tell.
        """
        if line in self.times or is_reply_button(self.document, line):
            return False
        row = self.chances.roles[line]
        if not self.is_told and row[_COMMENT] + row[_META] + row[_BODY] >= _OPINION:
            return not self.chances.is_around_comment(line)
        if is_button(self.document, line):
            return False
        words, next_line = self.chances.words[line], line + 1
        if words >= TEXT_WORDS:
            return True
        is_over_name = next_line in self.times and not self.is_named(next_line)
        return not is_over_name and self.is_said(line)

    def is_named(self, line: int) -> bool:
        """Whether a time stands beside what may be a name."""
        rest = without_time(self.text_of(line), self.times[line])
        return any(map(str.isalpha, noise_less(rest)))

    def is_said(self, line: int) -> bool:
        """Whether a line of two words or more ends as sentences do, and not as initials."""
        text = self.text_of(line).rstrip()
        ends = text.endswith(_SENTENCE_ENDS) and not _INITIAL.search(text)
        return bool(self.chances.words[line] > 1) and ends

    def starts(self, run: Sequence[int], floor: int) -> list[int]:
        """The first line of each comment: above its time, under the buttons of the one before.

        What stands over the first, from the line ``floor`` on, belongs to it as far as heads of
        the others reach.
        """
        starts: list[int] = []
        for time in run:
            start = time
            while start > max(floor, time - HEAD) and not self.is_text(start - 1):
                start -= 1
            start = self._under_buttons(start, time)
            if starts and start == floor:  # all since the time before
                start = self._under_said(start, time)
            starts.append(max(start, floor))
            floor = time + 1
        heights = [time - start for time, start in zip(run[1:], starts[1:], strict=True)]
        first = max(starts[0], run[0] - max(heights, default=HEAD))
        return [first, *self._as_high(run[1:], starts[1:], run[:-1])]

    def _as_high(
        self, run: Sequence[int], starts: Sequence[int], before: Sequence[int]
    ) -> Iterator[int]:
        """The starts, where most heads are as high, raised to that over short lines.

        The model may take a name for the end of the post above, and all of a short post for
        the head of the next.
        """
        heights = Counter(time - start for time, start in zip(run, starts, strict=True))
        height, count = max(heights.items(), key=lambda pair: pair[1], default=(0, 0))
        is_common = count >= _ALIKE * len(run)
        for time, start, last in zip(run, starts, before, strict=True):
            lines = range(max(time - height, last + 1), start)
            is_raised = is_common and len(lines) and all(map(self._is_short, lines))
            takes_all = is_common and start == last + 1 and time - start > height
            yield time - height if takes_all else lines[0] if is_raised else start

    def _as_deep(self, edges: Sequence[tuple[int, int, int]], ends: Sequence[int]) -> list[int]:
        """The ends of heads, where most have a line under their time, lowered to that if short.

        The model may take a name for the beginning of the post below.
        """
        under = sum(end > time + 1 for (_, _, time), end in zip(edges, ends, strict=True))
        if under < _ALIKE * len(ends):
            return list(ends)
        return [
            head_end + (head_end == time + 1 and self._is_over_text(time + 1, end))
            for (_, end, time), head_end in zip(edges, ends, strict=True)
        ]

    def _is_over_text(self, line: int, end: int) -> bool:
        """Whether a line may be a name over the text that stands in the next."""
        return line + 1 < end and self._is_short(line) and self.is_text(line + 1)

    def _is_short(self, line: int) -> bool:
        """Whether a line may be a name or a place, and is no button."""
        ends = self.text_of(line).rstrip().endswith(_SENTENCE_ENDS)
        is_short = self.chances.words[line] < TEXT_WORDS and not ends
        return bool(is_short) and not is_button(self.document, line)

    def starts_over(self, run: Sequence[int], floor: int) -> tuple[list[int], int]:
        """The first line of each comment whose time stands under it, and the end of the last.

        The first is no longer than the others are, whatever stands under the heading; and
        where these begin with a name, so does it.
        """
        starts = [floor, *map(min, map(self._below, run[:-1]), run[1:]), self._below(run[-1])]
        heights = [time - start for time, start in zip(run[1:], starts[1:], strict=False)]
        starts[0] = max(floor, run[0] - max(heights))
        names = [at for at in range(starts[0], run[0] - 1) if self._leads(at)]
        if names and sum(map(self._leads, starts[1:-1])) > len(starts[1:-1]) / 2:
            starts[0] = names[-1]
        return starts[:-1], starts[-1]

    def _leads(self, line: int) -> bool:
        """Whether a line is no text, and the next one is."""
        return not self.is_text(line) and self.is_text(line + 1)

    def _below(self, line: int) -> int:
        """The line under one, and under the buttons there."""
        line += 1
        while line < len(self.document.blocks) and is_button(self.document, line):
            line += 1
        return line

    def _items_over(self, edges: Sequence[tuple[int, int, int]]) -> Iterator[RepeatedItem]:
        """The comments whose times stand under their texts."""
        texts = [set(self._text_over(start, time)) for start, _, time in edges]
        heads = [
            self._head(start, end, time, text)
            for (start, end, time), text in zip(edges, texts, strict=True)
        ]
        for (start, end, time), text, writer in zip(edges, texts, writers(heads), strict=True):
            around: dict[int, Fields] = {line: () for line in range(start, end) if line not in text}
            yield RepeatedItem(start, end, self._signed(around, time, writer))

    def _text_over(self, start: int, time: int) -> Iterable[int]:
        """The lines of text over a time; where none looks like one, the last but for buttons."""
        first = next(filter(self.is_text, range(start, time)), None)
        if first is not None:
            return range(first, time)
        lines = [line for line in range(start, time) if not is_button(self.document, line)]
        return lines[-1:]

    def _under_said(self, start: int, time: int) -> int:
        """The line under the last sentence over a time, if there is one and lines are left."""
        said = [line for line in range(start, time - 1) if self.is_said(line)]
        return said[-1] + 1 if said else start

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
        text = self.text_of(line)
        if label_of(text):
            return False
        if line in self.times:
            text = without_time(text, self.times[line])
        name = noise_less(text)
        return any(map(str.isalpha, name)) and not any(map(str.isdigit, name))

    def _items(self, edges: Sequence[tuple[int, int, int]]) -> Iterator[RepeatedItem]:
        ends = self._as_deep(edges, [self._head_end(time, end) for _, end, time in edges])
        short = [self._short_text(*edge) for edge in edges]
        heads = [
            self._head(start, head_end, time, text)
            for (start, _, time), head_end, text in zip(edges, ends, short, strict=True)
        ]
        for (start, end, time), head_end, text, writer in zip(
            edges, ends, short, writers(heads), strict=True
        ):
            around: dict[int, Fields] = dict.fromkeys(range(start, head_end), ())
            for line in range(end - 1, head_end - 1, -1):
                if self.is_text(line):
                    break
                around[line] = ()
            around = {line: fields for line, fields in around.items() if line not in text}
            yield RepeatedItem(start, end, self._signed(around, time, writer))

    def _short_text(self, start: int, end: int, time: int) -> Set[int]:
        """The text of a comment of a word or two: the last line under its time but for buttons.

        Nothing where another line is text, or where that may be the name.
        """
        below = range(time + 1, end)
        if any(map(self.is_text, below)):
            return frozenset()
        lines = [line for line in below if not is_button(self.document, line)]
        has_name = start < time or self._may_name(time)
        return frozenset(lines[-1:]) if has_name or len(lines) > 1 else frozenset()

    def _signed(
        self, around: dict[int, Fields], time: int, writer: Writer | None
    ) -> dict[int, Fields]:
        """What stands around a comment's text, with its time and who wrote it.

        Of several times the one with an hour counts: another is when its writer joined.
        """
        timed = [line for line in around if line in self.times and has_hour(self.times[line])]
        if timed and not has_hour(self.times[time]):
            time = timed[0]
        signed = around | {time: (("date_text", self.times[time]),)}
        if writer is not None:
            block, name = writer
            signed[block] = (("author", name), *signed.get(block, ()))
        return signed

    def _head_end(self, time: int, end: int) -> int:
        """The line after the last of those under a time that are not yet the comment's text."""
        line = time + 1
        while line < min(end, time + HEAD) and self._is_head(line):
            line += 1
        return line

    def _head(self, start: int, end: int, time: int, text: Set[int] = frozenset()) -> Head:
        own = without_time(self.text_of(time), self.times[time])
        if text and is_answered(self.document, time):  # the buttons come last
            own = self.text_of(time).partition(self.times[time])[0]
        lines = {
            line: own if line == time else self.document.blocks[line].text
            for line in range(start, end)
            if line == time
            or not (line in self.times or line in text or self._is_below(line, time))
        }
        return Head(lines, time)

    def _is_below(self, line: int, time: int) -> bool:
        """Whether a line is the text under a time; all over it is head, however it reads."""
        return line > time and self.is_text(line)

    def _is_head(self, line: int) -> bool:
        return not self.is_text(line) and bool(
            self.chances.roles[line, _META] > self.chances.roles[line, _COMMENT]
        )

    def _is_discussion(self, items: Sequence[RepeatedItem]) -> bool:
        """Whether the model takes the page for a discussion, or the replies for content."""
        if self.chances.kind == "thread":
            return True
        return self.chances.are_mostly_main(
            [line for item in items[1:] for line in range(item.start, item.end)]
        )

    def words_of_piece(self, first: int, end: int, post: RepeatedItem | None = None) -> float:
        """The words of paragraphs that the model takes for content, in some lines.

        What a post begins with as well is a preview of that, and does not count.
        """
        words, main = self.chances.words[first:end], self.chances.main[first:end]
        likely = np.flatnonzero((words >= _PARAGRAPH) & (self.is_told | (main > _LIKELY))).tolist()
        begins = {self._start_of(line) for line in range(post.start, post.end)} if post else set()
        own = (place for place in likely if self._start_of(first + place) not in begins)
        return float(sum(words[place] for place in own))

    def _start_of(self, line: int) -> str:
        return self.document.blocks[line].text[:PREVIEW]
