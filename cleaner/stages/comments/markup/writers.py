"""Who wrote each comment of a thread: the text at the place where the names stand.

Names stand at one place in all comments, in a box that is named so, or set in bold, or
a link; and they differ from comment to comment, as ranks and buttons do not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from cleaner.stages.comments.markup.items import Found
from cleaner.stages.comments.markup.names import (
    AUTHOR,
    DATE,
    PANEL,
    RANK,
    TITLE,
    VOTES,
    families_in,
)
from cleaner.stages.comments.markup.outline import Outline
from cleaner.stages.comments.markup.texts import NUMBER, Texts
from cleaner.stages.comments.noise import (
    is_guest,
    is_short_name,
    label_of,
    noise_less,
)
from cleaner.stages.comments.times import LONGEST, find_times

Boxes = tuple[int, ...]
"""The numbers of the signatures of the two elements around a text."""

Place = tuple[tuple[str, ...], ...]
"""What the two elements around a text are called, as far as many comments have it; else tags."""

_BOLD_TAGS = frozenset(("cite", "b", "strong", "h2", "h3", "h4", "h5", "h6"))
_MOST_AROUND = 30  # blocks around one comment, and texts in one of them, that may hold a name
_COMMON = 0.3  # share of the comments that have a class in common; fewer, it is a rank or a hash
_LATE = 6  # texts before a name, from which on more of them do not matter
_MANY = 12  # comments from which two different texts at a place are no names
_COUNTED = re.compile(r"\(\d+\)?$")  # 'Helpful (4)' is a button
_PARTS = re.compile(r" ?[·|•] ?")
_WEIGHTS = (1.0, 0.6)  # of the nearer and the farther box


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A text that may be a name: its comment, its block, where it stands, its rank there."""

    comment: int
    block: int
    name: str
    boxes: Boxes
    rank: int


@dataclass(frozen=True, eq=False)
class Writers:
    """Who wrote the comments of one thread."""

    outline: Outline
    found: Found
    texts: Texts

    def find(self, number: int) -> tuple[int, str] | None:
        """The block and the name of who wrote a comment; None where nothing looks like one.

        Where there is no name in a place of names, a word for a guest is one, or what stands
        in the line of the time, if most names do.
        """
        if (best := self._likeliest(number)) is not None:
            return best.block, best.name
        if number in self._guests:
            return self._guests[number]
        beside = (each for each in self._of(number) if self._is_timed(each))
        first = next(beside, None) if self._are_beside_times else None
        return (first.block, first.name) if first else None

    def _likeliest(self, number: int) -> _Candidate | None:
        """The candidate in the place that is most like one of names."""
        rated = ((self._points[self._places[each.boxes]], each) for each in self._of(number))
        likely = [(points, each) for points, each in rated if points > 0]
        return max(likely, key=lambda pair: pair[0])[1] if likely else None

    def _is_timed(self, candidate: _Candidate) -> bool:
        return candidate.block in self.outline.times

    @cached_property
    def _are_beside_times(self) -> bool:
        """Whether half of the comments or more have their names in the line of the time."""
        found = map(self._likeliest, range(len(self.found.elements)))
        beside = sum(each is not None and self._is_timed(each) for each in found)
        return 2 * beside >= len(self.found.elements)

    def _of(self, number: int) -> list[_Candidate]:
        return self._candidates.get(number, [])

    @cached_property
    def _candidates(self) -> Mapping[int, list[_Candidate]]:
        """The texts around each comment that may be a name."""
        pieces = list(self._pieces())
        names = _names([text for *_, text in pieces])
        found: dict[int, list[_Candidate]] = defaultdict(list)
        for number, block, piece, text in pieces:
            if name := names[text]:
                rank = len(found[number])
                found[number].append(
                    _Candidate(number, block, name, self._boxes(number, piece), rank)
                )
        return found

    @cached_property
    def _guests(self) -> Mapping[int, tuple[int, str]]:
        """The words for guests around comments, with their blocks."""
        pieces = ((number, block, text) for number, block, _, text in self._pieces())
        return {number: (block, text) for number, block, text in pieces if is_guest(text)}

    def _pieces(self) -> Iterator[tuple[int, int, int, str]]:
        """The pieces of text around each comment's text, with its number and their blocks."""
        for number, own in enumerate(self.texts.own):
            held = set(self.texts.blocks(number))
            around = (block for block in own if block not in held)
            for block in islice(around, _MOST_AROUND):
                for piece in islice(self.outline.pieces(block), _MOST_AROUND):
                    yield number, block, piece, self.outline.piece_text(piece)

    def _boxes(self, number: int, piece: int) -> Boxes:
        parent = int(self.outline.tree.piece_parent[piece])
        path = self.outline.up(parent, self.found.elements[number])
        numbers = self.outline.signatures[0]
        return tuple([numbers[element] for element in islice(path, len(_WEIGHTS))])

    @cached_property
    def _at(self) -> Mapping[Boxes, list[_Candidate]]:
        """The candidates by where they stand."""
        found: dict[Boxes, list[_Candidate]] = defaultdict(list)
        for candidates in self._candidates.values():
            for each in candidates:
                found[each.boxes].append(each)
        return found

    @cached_property
    def _common(self) -> frozenset[str]:
        """The names of boxes that many comments have."""
        comments: dict[str, set[int]] = defaultdict(set)
        for boxes, candidates in self._at.items():
            known = {each.comment for each in candidates}
            for box in boxes:
                for token in self.outline.signatures[1][box][1:]:
                    comments[token] |= known
        least = _COMMON * len(self.found.elements)
        return frozenset(token for token, known in comments.items() if len(known) >= least)

    @cached_property
    def _places(self) -> Mapping[Boxes, Place]:
        return {boxes: tuple(map(self._called, boxes)) for boxes in self._at}

    def _called(self, box: int) -> tuple[str, ...]:
        tag, *names = self.outline.signatures[1][box]
        return tuple(token for token in names if token in self._common) or (tag,)

    @cached_property
    def _points(self) -> Mapping[Place, float]:
        """For each place what speaks for names there."""
        places: dict[Place, list[_Candidate]] = defaultdict(list)
        for boxes, candidates in self._at.items():
            places[self._places[boxes]] += candidates
        named: dict[str, set[int]] = defaultdict(set)
        for place, candidates in places.items():
            for token in _author_tokens(place):
                named[token].update(each.comment for each in candidates)
        return {place: self._points_of(place, known, named) for place, known in places.items()}

    def _points_of(
        self, place: Place, known: list[_Candidate], named: Mapping[str, set[int]]
    ) -> float:
        count, held = len(self.found.elements), len(known)
        comments = {each.comment for each in known}
        covered = max(map(len, (comments, *(named[t] for t in _author_tokens(place)))))
        rank = sum(min(each.rank, _LATE) for each in known) / held
        points = 2.0 * covered / count - 0.15 * rank - 0.8
        points += sum(map(_name_points, _WEIGHTS, place))
        points += sum(self._tag_points(each.boxes) for each in known) / held
        points -= 1.5 * (sum(len(each.name) for each in known) < 2 * held)
        points -= 0.5 * (held > 1.5 * len(comments))
        few = 2 if count >= _MANY else 1
        names = {each.name for each in known}
        return points - 3.0 * (len(names) <= few < len(comments) and count >= 4)

    def _tag_points(self, boxes: Boxes) -> float:
        tags = (self.outline.signatures[1][box][0] for box in boxes)
        return sum(
            weight * (0.6 * (tag in _BOLD_TAGS) + 0.4 * (tag == "a"))
            for weight, tag in zip(_WEIGHTS, tags, strict=False)
        )


def _name_points(weight: float, names: tuple[str, ...]) -> float:
    """What the names of a box say of a text in it."""
    families = families_in(names)
    if families & (TITLE | RANK):
        return -2.5 * weight  # beside the name, and named after the poster as well
    points = 2.0 * bool(families & AUTHOR and not families & PANEL)
    return weight * (points - 1.5 * bool(families & (DATE | VOTES)))


def _author_tokens(place: Place) -> Iterator[str]:
    return (token for names in place for token in names if families_in((token,)) & AUTHOR)


def _names(texts: list[str]) -> dict[str, str]:
    """For each text the name that it may be, without the time in it; empty where it is none."""
    different = [text for text in dict.fromkeys(texts) if len(text) <= LONGEST]
    times = zip(different, find_times(different), strict=True)
    return dict.fromkeys(texts, "") | {text: _name(text, time) for text, time in times}


def _name(text: str, time: str) -> str:
    name = noise_less(text.replace(time, " ") if time else text)
    if not is_short_name(name):  # 'Ada, Leeds · bought here · 3 May'
        name = noise_less(_PARTS.split(name)[0])
    if not is_short_name(name) or NUMBER.match(name):
        return ""
    if label_of(text) or _COUNTED.search(name):
        return ""
    return name if any(map(str.isalnum, name)) else ""
