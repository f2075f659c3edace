"""What the places of a thread's comments hold: what was written, or what stands around it.

It is decided once for all comments of the thread, from a place's names, its words and its
variety (after the idea of wrapper induction: N. Kushmerick et al. 1997): a button says
the same in every comment.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

import numpy as np

from cleaner.document import ROLE_NUMBERS, Role
from cleaner.parsing.tags import TAGS
from cleaner.stages.comments.markup.names import AROUND, AUTHOR, TEXT, families_in
from cleaner.stages.comments.markup.outline import Outline, Signature
from cleaner.stages.comments.markup.paths import Paths

Place = tuple[bool, bool, tuple[int, ...], int]
"""Whether it is a paragraph, whether a name, and the signatures of the two boxes around it; and
where boxes without names hold all of a comment, whether it is its `_FIRST` or its `_LAST`."""

_FIRST, _LAST = 1, 2

_CONTENT_TAGS = frozenset(
    ("p", "li", "ul", "ol", "blockquote", "pre", "tr", "tbody", "table", "dl", "dd")
)
_IS_CONTENT = [tag in _CONTENT_TAGS for tag in TAGS]
_MOST = 0.6  # share of the comments
_SAME = 0.34  # share of different texts at which a place is taken for a button or a label
_MOST_POINTS = 1.5
_SEEN = 0.25  # mean chance of a thread's blocks to be one's from which on the model sees it
_TEXT_ROLES = [ROLE_NUMBERS[role] for role in (Role.COMMENT, Role.BODY, Role.HEADING)]
_AROUND_ROLES = [
    ROLE_NUMBERS[role] for role in (Role.COMMENT_META, Role.FORM, Role.NAVIGATION, Role.BYLINE)
]


@dataclass
class _Seen:
    """What the comments of a thread have at one place, and what speaks for it."""

    texts: list[str] = field(default_factory=list)
    points: float = 0.0

    @property
    def variety(self) -> float:
        """Different texts among all; 1 where there are too few to tell."""
        return len(set(self.texts)) / len(self.texts) if len(self.texts) >= 3 else 1.0


@dataclass(frozen=True, eq=False)
class Places:
    """The places in one thread's comments, whose blocks are ``own``."""

    outline: Outline
    paths: Paths
    own: Sequence[Sequence[int]]

    def points(self, block: int) -> float:
        """What speaks for text at a block's place, against what speaks for meta."""
        return self._points[self._places[block]]

    @cached_property
    def _places(self) -> Mapping[int, Place]:
        places = {block: self._place_of(block) for own in self.own for block in own}
        mixed = self._mixed(places)
        for own in self.own if mixed else ():
            same = [block for block in own if places[block] in mixed]
            for edge, block in ((_LAST, same[-1]), (_FIRST, same[0])) if same else ():
                places[block] = (*places[block][:3], edge)
        return places

    def _mixed(self, places: Mapping[int, Place]) -> set[Place]:
        """Places that have the times of most comments, and other blocks of these beside them."""
        counts: Counter[Place] = Counter()
        for own in self.own:
            timed = {places[block] for block in own if block in self.outline.times}
            others = Counter(places[block] for block in own if block not in self.outline.times)
            counts.update(place for place in timed if others[place] > 1)
        return {place for place, count in counts.items() if count >= _MOST * len(self.own)}

    def _place_of(self, block: int) -> Place:
        """Where in a comment a block stands: the two boxes around it, paragraphs aside."""
        outer = int(self.outline.tree.element[block])
        path = zip(self.paths.elements[block], self.paths.signatures[block], strict=True)
        boxes = (number for element, number in path if element <= outer and self.is_box(number))
        is_paragraph = _IS_CONTENT[self.outline.tree.tag[outer]]
        return is_paragraph, self.is_name(block), tuple(islice(boxes, 2)), 0

    def is_box(self, number: int) -> bool:
        """Whether a signature may be a box's: a paragraph or a list without a name is none."""
        signature = self.outline.signatures[1][number]
        return len(signature) > 1 or signature[0] not in _CONTENT_TAGS

    @cached_property
    def _points(self) -> dict[Place, float]:
        """Names count, the model's chances, the words of a block, and its variety.

        A model that finds no text in any comment is not asked.
        """
        points = self._rated(is_asked=True)
        return points if max(points.values(), default=1.0) > 0 else self._rated(is_asked=False)

    def _rated(self, *, is_asked: bool) -> dict[Place, float]:
        places: dict[Place, _Seen] = defaultdict(_Seen)
        blocks, times = self.outline.document.blocks, self.outline.times
        for block, points in self._block_points(is_asked=is_asked):
            place = places[self._places[block]]
            place.texts.append(blocks[block].text)
            place.points += points - 3.0 * (block in times)
        return {
            key: place.points / len(place.texts)
            - 2.5 * (place.variety <= _SAME)
            + self._name_points(key)
            for key, place in places.items()
        }

    def _block_points(self, *, is_asked: bool) -> Iterator[tuple[int, float]]:
        """The points of each block by its words and the model's chances.

        A model that does not see the thread, as of a language that it knows little, is not asked.
        """
        numbers = [block for own in self.own for block in own]
        chances = self.outline.document.chances
        points = np.clip((self.outline.spaces[numbers] - 4) / 6, -1.0, 2.0)
        if chances is not None and is_asked:
            rows = chances.roles[numbers]
            text, around = (rows[:, of].sum(axis=1) + 0.02 for of in (_TEXT_ROLES, _AROUND_ROLES))
            said = np.clip(0.6 * np.log(text / around), -_MOST_POINTS, _MOST_POINTS)
            points += said if numbers and chances.in_thread(numbers) >= _SEEN else 0.0
        return zip(numbers, points.tolist(), strict=True)

    def is_name(self, block: int) -> bool:
        """Whether all of a block stands in a link or the like that is named after its writer."""
        outer, families = int(self.outline.tree.element[block]), self.outline.families
        inner = (each for each in self.paths.elements[block] if each > outer)
        return any(families[each] & AUTHOR for each in inner)

    def _name_points(self, key: Place) -> float:
        """What class names say of a place: the nearest box that says something."""
        is_paragraph, is_name, boxes, _ = key
        points = 0.5 * is_paragraph - 2.0 * is_name
        signatures: list[Signature] = [self.outline.signatures[1][box] for box in boxes]
        for weight, (_, *words) in zip((1.0, 0.7), signatures, strict=False):
            families = families_in(words)
            is_text, is_around = bool(families & TEXT), bool(families & AROUND)
            if is_text != is_around:
                return points + weight * (2.0 if is_text else -2.0)
        return points
