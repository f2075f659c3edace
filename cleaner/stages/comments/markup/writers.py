"""Who wrote each comment of a thread: the text at the place where the names stand.

Names stand at one place in all comments, in a box that is named so, or set in bold, or
a link; and they differ from comment to comment, as ranks and buttons do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from cleaner.parsing.tags import TAG_NUMBERS
from cleaner.stages.comments.markup.items import Found
from cleaner.stages.comments.markup.names import AUTHOR, DATE, RANK, TITLE, VOTES, families_in
from cleaner.stages.comments.markup.outline import Outline
from cleaner.stages.comments.markup.texts import NUMBER, Texts
from cleaner.stages.comments.noise import LONGEST_NAME, NAME_WORDS, noise_less
from cleaner.stages.comments.times import find_time, is_time

Place = tuple[tuple[str, ...], ...]
"""What the two elements around a text are called, as far as many comments have it; else tags."""

_BOLD_TAGS = frozenset(
    TAG_NUMBERS[name] for name in ("cite", "b", "strong", "h2", "h3", "h4", "h5", "h6")
)
_LINK_TAG = TAG_NUMBERS["a"]
_MOST_AROUND = 30  # blocks around one comment, and texts in one of them, that may hold a name
_COMMON = 0.3  # share of the comments that have a class in common; fewer, it is a rank or a hash
_LATE = 6  # texts before a name, from which on more of them do not matter
_MANY = 12  # comments from which two different texts at a place are no names
_WEIGHTS = (1.0, 0.6)  # of the nearer and the farther box


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A text that may be a name: its comment, its block, and the elements around it."""

    comment: int
    block: int
    name: str
    boxes: tuple[int, ...]
    rank: int


@dataclass
class _Known:
    """The candidates of one place."""

    candidates: list[_Candidate] = field(default_factory=list)

    @property
    def comments(self) -> set[int]:
        """The comments that have one."""
        return {each.comment for each in self.candidates}


@dataclass(frozen=True, eq=False)
class Writers:
    """Who wrote the comments of one thread."""

    outline: Outline
    found: Found
    texts: Texts

    def find(self, number: int) -> tuple[int, str] | None:
        """The block and the name of who wrote a comment; None where nothing looks like one."""
        rated = ((self._points[self._place(each)], each) for each in self._candidates[number])
        likely = [(points, each) for points, each in rated if points > 0]
        if not likely:
            return None
        best = max(likely, key=lambda pair: pair[0])[1]
        return best.block, best.name

    @cached_property
    def _candidates(self) -> list[list[_Candidate]]:
        """The texts around each comment that may be a name."""
        return [list(self._candidates_of(number)) for number in range(len(self.texts.own))]

    def _candidates_of(self, number: int) -> Iterator[_Candidate]:
        held, rank = set(self.texts.blocks(number)), 0
        around = (block for block in self.texts.own[number] if block not in held)
        for block in islice(around, _MOST_AROUND):
            for piece in islice(self.outline.pieces(block), _MOST_AROUND):
                name = _without_time(self.outline.piece_text(piece))
                if name and len(name) <= LONGEST_NAME and name.count(" ") < NAME_WORDS:
                    parent = int(self.outline.tree.piece_parent[piece])
                    path = self.outline.up(parent, self.found.elements[number])
                    boxes = tuple(islice(path, len(_WEIGHTS)))
                    yield _Candidate(number, block, name, boxes, rank)
                    rank += 1

    @cached_property
    def _common(self) -> frozenset[str]:
        """The names of boxes that many comments have."""
        comments: dict[str, set[int]] = defaultdict(set)
        for candidates in self._candidates:
            for each in candidates:
                for box in each.boxes:
                    for token in self.outline.signature(box)[1:]:
                        comments[token].add(each.comment)
        least = _COMMON * len(self.found.elements)
        return frozenset(token for token, known in comments.items() if len(known) >= least)

    def _place(self, candidate: _Candidate) -> Place:
        signatures = map(self.outline.signature, candidate.boxes)
        return tuple(
            tuple(token for token in names if token in self._common) or (tag,)
            for tag, *names in signatures
        )

    @cached_property
    def _points(self) -> dict[Place, float]:
        """For each place what speaks for names there."""
        places: dict[Place, _Known] = defaultdict(_Known)
        for candidates in self._candidates:
            for each in candidates:
                places[self._place(each)].candidates.append(each)
        named: dict[str, set[int]] = defaultdict(set)
        for place, known in places.items():
            for token in _author_tokens(place):
                named[token] |= known.comments
        return {place: self._points_of(place, known, named) for place, known in places.items()}

    def _points_of(self, place: Place, known: _Known, named: dict[str, set[int]]) -> float:
        count, held = len(self.found.elements), len(known.candidates)
        covered = max(map(len, (known.comments, *(named[t] for t in _author_tokens(place)))))
        rank = sum(min(each.rank, _LATE) for each in known.candidates) / held
        points = 2.0 * covered / count - 0.15 * rank - 0.8
        points += sum(map(_name_points, _WEIGHTS, place))
        points += sum(self._tag_points(each) for each in known.candidates) / held
        names = {each.name for each in known.candidates}
        points -= 1.5 * (sum(len(each.name) for each in known.candidates) < 2 * held)
        points -= 0.5 * (held > 1.5 * len(known.comments))
        few = 2 if count >= _MANY else 1
        return points - 3.0 * (len(names) <= few < len(known.comments) and count >= 4)

    def _tag_points(self, candidate: _Candidate) -> float:
        tags = [int(self.outline.tree.tag[box]) for box in candidate.boxes]
        return sum(
            weight * (0.6 * (tag in _BOLD_TAGS) + 0.4 * (tag == _LINK_TAG))
            for weight, tag in zip(_WEIGHTS, tags, strict=False)
        )


def _name_points(weight: float, names: tuple[str, ...]) -> float:
    """What the names of a box say of a text in it."""
    families = families_in(names)
    if families & (TITLE | RANK):
        return -2.5 * weight  # beside the name, and named after the poster as well
    points = 2.0 * bool(families & AUTHOR)
    return weight * (points - 1.5 * bool(families & (DATE | VOTES)))


def _author_tokens(place: Place) -> Iterator[str]:
    return (token for names in place for token in names if families_in((token,)) & AUTHOR)


def _without_time(text: str) -> str:
    """A text as a name, without the time in it; empty where there is no name left."""
    if time := find_time(text):
        if is_time(text) and noise_less(text.replace(time, " ")) == "":
            return ""
        text = text.replace(time, " ")
    name = noise_less(text)
    return "" if NUMBER.match(name) or not any(map(str.isalnum, name)) else name
