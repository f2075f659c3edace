"""What the blocks of a thread's comments are: text, name, time, votes.

What a place in a comment holds is decided once for all comments of the thread, as
in `texts`: a name differs from comment to comment, a button does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from cleaner.parsing.tags import TAG_NUMBERS
from cleaner.stages.comments.markup.items import Found
from cleaner.stages.comments.markup.names import families_in
from cleaner.stages.comments.markup.noise import noise_less
from cleaner.stages.comments.markup.outline import Outline
from cleaner.stages.comments.markup.texts import (
    LONGEST_NAME,
    NAME_WORDS,
    NUMBER,
    Place,
    Seen,
    Texts,
)
from cleaner.stages.comments.times import find_time, is_time

Fields = tuple[tuple[str, str], ...]

_BOLD_TAGS = frozenset(
    TAG_NUMBERS[name] for name in ("cite", "b", "strong", "h2", "h3", "h4", "h5", "h6")
)
_TIME_TAG, _LINK_TAG = (TAG_NUMBERS[name] for name in ("time", "a"))
_VOTES = re.compile(r"^([+\-−]?\d[\d.,]*)( ?(points?|votes?|likes?|people|thumbs up))?$", re.I)
_MANY = 12  # comments from which two different texts at a place are no names
_MOST_AROUND = 30  # blocks around one comment, and texts in one of them, that may hold a name


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

    def _fields(self, number: int, text: Sequence[int]) -> dict[int, Fields]:
        """The other blocks of a comment, each with the fields read from it."""
        held = set(text)
        around = [block for block in self.texts.own[number] if block not in held]
        fields: dict[int, list[tuple[str, str]]] = {block: [] for block in around}
        if (time := self._time(around)) is not None:
            fields[time[0]].append(("date_text", time[1]))
        if (name := self._name(number, around)) is not None:
            fields[name[0]].append(("author", name[1]))
        for block in around:
            fields[block].extend(self._read(block))
        return {block: tuple(values) for block, values in fields.items()}

    def _read(self, block: int) -> Iterator[tuple[str, str]]:
        """What the rules of known systems read from a line, and votes by their name."""
        for groups in self.outline.document.matches.get(block, {}).values():
            yield from ((name, groups[name]) for name in ("votes", "up", "down") if name in groups)
        text = self.outline.document.blocks[block].text
        if found := _VOTES.match(text):
            path = islice(self.outline.up(int(self.outline.tree.inner[block]), 0), 3)
            if any("votes" in self.outline.families[element] for element in path):
                yield "votes", found[1]

    def _time(self, around: Sequence[int]) -> tuple[int, str] | None:
        """The first time around a comment's text, as its element writes it."""
        times = self.outline.times
        block = next((block for block in around if block in times), None)
        if block is None:
            return None
        for piece in self.outline.pieces(block):
            parent = int(self.outline.tree.piece_parent[piece])
            text = self.outline.piece_text(piece)
            if self.outline.tree.tag[parent] == _TIME_TAG and find_time(text):
                return block, text
        return block, times[block]

    def _name(self, number: int, around: Sequence[int]) -> tuple[int, str] | None:
        """Who wrote a comment: the text at the place that looks most like names in the thread."""
        best: tuple[float, int, str] | None = None
        for block, name, place in self._candidates(number, around):
            points = self._name_places[place]
            if points > 0 and (best is None or points > best[0]):
                best = (points, block, name)
        return (best[1], best[2]) if best else None

    def _candidates(self, number: int, around: Sequence[int]) -> Iterator[tuple[int, str, Place]]:
        """The texts around a comment that may be a name, each with its place."""
        tree, signatures = self.outline.tree, self.outline.signatures
        for block in around[:_MOST_AROUND]:
            for piece in islice(self.outline.pieces(block), _MOST_AROUND):
                name = self._without_time(self.outline.piece_text(piece))
                if name and len(name) <= LONGEST_NAME and name.count(" ") < NAME_WORDS:
                    parent = int(tree.piece_parent[piece])
                    around_it = islice(self.outline.up(parent, self.found.elements[number]), 2)
                    yield block, name, tuple(signatures[element] for element in around_it)

    def _without_time(self, text: str) -> str:
        if time := find_time(text):
            if is_time(text) and noise_less(text.replace(time, " ")) == "":
                return ""
            text = text.replace(time, " ")
        name = noise_less(text)
        return "" if NUMBER.match(name) or not any(map(str.isalnum, name)) else name

    @cached_property
    def _name_places(self) -> dict[Place, float]:
        places: dict[Place, Seen] = {}
        order: dict[Place, float] = {}
        for number, own in enumerate(self.texts.own):
            held = set(self.texts.blocks(number))
            around = [block for block in own if block not in held]
            for rank, (_, name, place) in enumerate(self._candidates(number, around)):
                known = places.setdefault(place, Seen())
                known.comments.add(number)
                known.texts.append(name)
                order[place] = order.get(place, 0.0) + min(rank, 6)
        return {
            place: self._place_points(place, known, order[place] / len(known.texts))
            for place, known in places.items()
        }

    def _place_points(self, place: Place, known: Seen, rank: float) -> float:
        """What speaks for names at a place of the comments."""
        points = 2.0 * len(known.comments) / len(self.found.elements) - 0.15 * rank - 0.8
        for weight, box in zip((1.0, 0.6), place, strict=False):
            tag, *tokens = box
            families = families_in(tokens)
            points += weight * 2.0 * ("author" in families)
            points -= weight * 1.5 * ("date" in families or "votes" in families)
            points -= weight * 2.5 * ("title" in families)
            points += weight * 0.6 * (int(tag) in _BOLD_TAGS)
            points += weight * 0.4 * (int(tag) == _LINK_TAG)
        letters = sum(map(len, known.texts)) / len(known.texts)
        points -= 1.5 * (letters < 2)
        if len(known.texts) > 1.5 * len(known.comments):
            points -= 0.5
        few = 2 if len(self.found.elements) >= _MANY else 1
        return points - 3.0 * (len(set(known.texts)) <= few and len(self.found.elements) >= 4)
