"""What the blocks of a thread's comments are: text, name, time, votes.

What a place in a comment holds is decided once for all comments of the thread, as
in `texts`: a name differs from comment to comment, a button does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

from cleaner.parsing.tags import TAG_NUMBERS
from cleaner.stages.comments.counts import count_pattern
from cleaner.stages.comments.grammar import VOTE_FIELDS
from cleaner.stages.comments.markup.items import Found
from cleaner.stages.comments.markup.names import VOTES
from cleaner.stages.comments.markup.outline import Outline
from cleaner.stages.comments.markup.texts import Texts
from cleaner.stages.comments.markup.writers import Writers
from cleaner.stages.comments.times import LONGEST, find_time, has_hour

Fields = tuple[tuple[str, str], ...]

_TIME_TAG = TAG_NUMBERS["time"]


@dataclass(frozen=True, slots=True)
class Parts:
    """One comment: its blocks of text, all others with what they say, and who is answered."""

    element: int
    text: tuple[int, ...]
    around: dict[int, Fields]


@dataclass(frozen=True, eq=False)
class Thread:
    """The comments of one thread, read place by place."""

    outline: Outline
    found: Found

    def parts(self) -> Iterator[Parts]:
        """Each comment with its parts, in page order."""
        for number, element in enumerate(self.found.elements):
            text = self.texts.blocks(number)
            yield Parts(element, text, self._fields(number, text))

    @cached_property
    def texts(self) -> Texts:
        """What of it the readers wrote."""
        return Texts(self.outline, self.found)

    @property
    def signed(self) -> float:
        """The share of the comments whose writers are known."""
        count = len(self.found.elements)
        return sum(self._writers.find(number) is not None for number in range(count)) / count

    @cached_property
    def _writers(self) -> Writers:
        return Writers(self.outline, self.found, self.texts)

    def _fields(self, number: int, text: Sequence[int]) -> dict[int, Fields]:
        """The other blocks of a comment, each with the fields read from it."""
        held = set(text)
        around = [block for block in self.texts.own[number] if block not in held]
        fields: dict[int, list[tuple[str, str]]] = {block: [] for block in around}
        if (time := self._time(around)) is not None:
            fields[time[0]].extend(time[1])
        if (name := self._writers.find(number)) is not None:
            fields[name[0]].append(("author", name[1]))
        for block in around:
            fields[block].extend(self._read(block))
        return {block: tuple(values) for block, values in fields.items()}

    def _read(self, block: int) -> Iterator[tuple[str, str]]:
        """What the rules of known systems read from a line, and votes by their name."""
        for groups in self.outline.document.matches.get(block, {}).values():
            yield from ((name, groups[name]) for name in VOTE_FIELDS if name in groups)
        text = self.outline.document.blocks[block].text
        if found := _votes().match(text):
            path = islice(self.outline.up(int(self.outline.tree.inner[block]), 0), 3)
            if any(self.outline.families[element] & VOTES for element in path):
                yield "votes", found[1]

    def _time(self, around: Sequence[int]) -> tuple[int, Fields] | None:
        """When a comment was written: the block that says so, and what it says.

        A time that the markup states as a date goes before one that is only text, and of these
        the first with an hour before others: they may be when its writer joined.
        """
        for block in around:
            if stated := self._stated_time(block):
                return block, stated
        times = [block for block in around if block in self.outline.times]
        with_hour = (block for block in times if has_hour(self.outline.times[block]))
        first = next(with_hour, times[0] if times else None)
        return None if first is None else (first, (("date_text", self._written(first)),))

    def _stated_time(self, block: int) -> Fields:
        """A time in a block, as its element writes it and as its attributes state it."""
        tree = self.outline.tree
        if len(self.outline.document.blocks[block].text) > LONGEST or not tree.times:
            return ()
        for piece in self.outline.pieces(block):
            text = self.outline.piece_text(piece)
            element = next(tree.times_around(piece), None)
            if text and element is not None:
                return ("date_text", text), ("date_stated", tree.times[element])
        return ()

    def _written(self, block: int) -> str:
        """The time in a block, as a ``time`` element in it writes it, if there is one."""
        for piece in self.outline.pieces(block):
            parent = int(self.outline.tree.piece_parent[piece])
            text = self.outline.piece_text(piece)
            if self.outline.tree.tag[parent] == _TIME_TAG and find_time(text):
                return text
        return self.outline.times[block]


@cache
def _votes() -> re.Pattern[str]:
    """A line that counts votes, and nothing else."""
    words = "points?|votes?|likes?|people|thumbs up"
    return re.compile(rf"^({count_pattern()})( ?({words}))?$", re.IGNORECASE)
