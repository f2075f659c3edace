"""Which blocks of a thread's comments are what the reader wrote.

Comments of one thread are made alike: mostly one box in each holds its text and
nothing else. Where none does, what a place in a comment holds is decided once for all
comments of the thread, from its names, its words and its variety (after the idea of
wrapper induction: N. Kushmerick et al. 1997): a button says the same in every comment.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from math import log

from cleaner.document import Role
from cleaner.parsing.tags import TAG_NUMBERS
from cleaner.stages.comments.markup.forms import Forms, has_tag
from cleaner.stages.comments.markup.items import Found
from cleaner.stages.comments.markup.names import AROUND, QUOTE, SIGNATURE, TEXT, families_in
from cleaner.stages.comments.markup.outline import Outline
from cleaner.stages.comments.markup.paths import Paths, paths_of
from cleaner.stages.comments.noise import LONGEST_NAME, noise_less

Signature = tuple[str, ...]
"""An element's tag and the words of its names, see `Outline.signature`."""

Place = tuple[Signature, ...]
"""Where in a comment something stands: the signatures of the elements around it."""

NUMBER = re.compile(r"^[#+\-−]?[\d.,]+[kKmM]?$")
"""A text that is a number and no more."""

_TEMPLATE = re.compile(r"^\{\{.*\}\}$", re.DOTALL)
_CONTENT_TAGS = frozenset(
    TAG_NUMBERS[name]
    for name in ("p", "li", "ul", "ol", "blockquote", "pre", "tr", "tbody", "table", "dl", "dd")
)
_QUOTE_TAG, _BUTTON_TAG = (TAG_NUMBERS[name] for name in ("blockquote", "button"))
_QUOTE_DEPTH = 5  # elements around a text, of which one may be a quotation
_BUTTON_DEPTH = 2  # elements around a text, of which one may be the button
_PARAGRAPH, _BOX = ("paragraph",), ("box",)
_SAME = 0.34  # share of different texts at which a place is taken for a button or a label
_IN_BOX = 0.9  # share of the words of all texts that a box of texts holds
_BOXED = 0.8  # share of the comments with a text that have it
_LONG = 10  # words from which on a block outside the box may be text, a remark in an answer
_OTHERS = 0.1  # share of the boxes with a time in it, at most
_ROLES = tuple(Role)
_TEXT_ROLES = [_ROLES.index(role) for role in (Role.COMMENT, Role.BODY, Role.HEADING)]
_AROUND_ROLES = [
    _ROLES.index(role) for role in (Role.COMMENT_META, Role.FORM, Role.NAVIGATION, Role.BYLINE)
]


@dataclass
class Seen:
    """What the comments of a thread have at one place, and what speaks for it."""

    comments: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    points: float = 0.0

    @property
    def variety(self) -> float:
        """Different texts among all; 1 where there are too few to tell."""
        return len(set(self.texts)) / len(self.texts) if len(self.texts) >= 3 else 1.0


@dataclass
class _Boxes:
    """The boxes of one signature in a thread: whose they are, and what they hold."""

    comments: set[int] = field(default_factory=set)
    timed: set[int] = field(default_factory=set)
    words: int = 0
    blocks: int = 0

    def add(self, number: int, words: int, *, is_time: bool) -> None:
        """Take a block of a comment, with its words if it is text."""
        self.comments.add(number)
        self.words += words
        self.blocks += 1
        if is_time:
            self.timed.add(number)

    def is_of(self, comments: Set[int]) -> bool:
        """Whether nearly all of these comments have one, without their times in it."""
        is_common = len(self.comments) >= _BOXED * len(comments)
        return is_common and len(self.timed) <= _OTHERS * len(self.comments)


@dataclass(frozen=True, eq=False)
class Texts:
    """The texts of one thread's comments."""

    outline: Outline
    found: Found

    @cached_property
    def own(self) -> tuple[tuple[int, ...], ...]:
        """The blocks of each comment, without those of a form to answer it."""
        forms = Forms(self.outline, self.found, self._paths)
        return tuple(
            tuple(block for block in own if not forms.is_form(block)) for own in self.found.own
        )

    @cached_property
    def _paths(self) -> Paths:
        return paths_of(self.outline, self.found)

    def blocks(self, number: int) -> tuple[int, ...]:
        """The blocks of a comment's text, in page order; none of an empty or deleted one."""
        return self._blocks[number]

    @cached_property
    def _blocks(self) -> list[tuple[int, ...]]:
        return [
            tuple(block for block in own if self._is_text(block, number))
            for number, own in enumerate(self.own)
        ]

    def _is_text(self, block: int, number: int) -> bool:
        if self._is_button(block) or self._is_signature(block):
            return False
        if number in self._boxed:
            if self._box in self._signatures(block):
                return True
            if self._words(block) < _LONG:
                return False
        return self.is_quoted(block) or self._is_likely(block)

    def _is_likely(self, block: int) -> bool:
        """Whether a block is text by what is known of it and its place."""
        return not self._is_label(block) and self._text_points[self._place_of(block)] > 0

    def _signatures(self, block: int) -> Iterator[Signature]:
        """The signatures of the elements around a block inside a comment, the inner first."""
        return map(self.outline.signature, self._paths[block])

    @cached_property
    def _box(self) -> Signature:
        """The smallest box that holds the texts of nearly all comments; empty if there is none.

        What else stands in it is text as well: the preview of a link, a line of one word.
        """
        words, holders = 0, set[int]()
        boxes: dict[Signature, _Boxes] = defaultdict(_Boxes)
        for number, own in enumerate(self.own):
            for block in own:
                count = self._words(block) if self._is_likely(block) else 0
                is_time = not count and block in self.outline.times
                words += count
                holders |= {number} if count else set()
                for signature in set(self._signatures(block)):
                    boxes[signature].add(number, count, is_time=is_time)
        fit = (
            (box.blocks, signature)
            for signature, box in boxes.items()
            if _is_box(signature) and box.words >= _IN_BOX * words > 0 and box.is_of(holders)
        )
        return min(fit, default=(0, ()))[1]

    @cached_property
    def _boxed(self) -> frozenset[int]:
        """The comments that have the box of texts."""
        return frozenset(
            number
            for number, own in enumerate(self.own)
            if self._box and any(self._box in self._signatures(block) for block in own)
        )

    def _words(self, block: int) -> int:
        return self.outline.document.blocks[block].text.count(" ") + 1

    def _is_button(self, block: int) -> bool:
        """Whether the markup says that a block is a button, also one inside a quotation."""
        if len(self.outline.document.blocks[block].text) > LONGEST_NAME:
            return False
        tree = self.outline.tree
        path = self._paths[block][:_BUTTON_DEPTH]
        return any(tree.tag[e] == _BUTTON_TAG or tree.roles.get(e) == "button" for e in path)

    def _is_label(self, block: int) -> bool:
        """Whether a block is a time, a number, a button or debris, wherever it stands."""
        text = self.outline.document.blocks[block].text
        if _TEMPLATE.match(text):
            return True
        if len(text) > LONGEST_NAME:
            return False
        if NUMBER.match(text) or noise_less(text) == "":
            return True
        time = self.outline.times.get(block, "")
        if time and len(text) - len(time) <= 3:
            return True
        matches = self.outline.document.matches.get(block, {})
        return any(name == "comments/reply-button" for name in matches)

    def is_quoted(self, block: int) -> bool:
        """Whether a block stands in a quotation inside a comment, or says whose it is."""
        return any(map(self._is_quotation, self._paths[block][:_QUOTE_DEPTH]))

    def _is_quotation(self, element: int) -> bool:
        """Whether an element is a ``blockquote``, or a box named as a quotation around one."""
        tree = self.outline.tree
        if tree.tag[element] == _QUOTE_TAG:
            return True
        is_named = bool(self.outline.families[element] & QUOTE)
        return is_named and has_tag(self.outline, element, _QUOTE_TAG)

    def _place_of(self, block: int) -> Place:
        """Where in a comment a block stands: the two boxes around it, paragraphs aside."""
        tree, signature = self.outline.tree, self.outline.signature
        outer = int(tree.element[block])
        around = (signature(each) for each in self._paths[block] if each <= outer)
        boxes = islice(filter(_is_box, around), 2)
        is_paragraph = tree.tag[outer] in _CONTENT_TAGS
        return (_PARAGRAPH if is_paragraph else _BOX, *boxes)

    def _is_signature(self, block: int) -> bool:
        return any(self.outline.families[each] & SIGNATURE for each in self._paths[block])

    @cached_property
    def _text_points(self) -> dict[Place, float]:
        """For each place in the comments what speaks for text there, against what speaks for meta.

        Names count, the model's chances, the words of a block, and whether all
        comments have the same there.
        """
        places: dict[Place, Seen] = {}
        blocks, times = self.outline.document.blocks, self.outline.times
        for number, own in enumerate(self.own):
            for block in own:
                place = places.setdefault(self._place_of(block), Seen())
                place.comments.add(number)
                place.texts.append(blocks[block].text)
                place.points += self._block_points(block) - 3.0 * (block in times)
        points = {}
        for key, place in places.items():
            first = place.points / len(place.texts)
            points[key] = first - 2.5 * (place.variety <= _SAME) + self._name_points(key)
        return points

    def _block_points(self, block: int) -> float:
        text, chances = self.outline.document.blocks[block].text, self.outline.document.chances
        words = min(2.0, max(-1.0, (text.count(" ") - 4) / 6))
        if chances is None:
            return words
        row = chances.roles[block]
        text_chance, around = float(row[_TEXT_ROLES].sum()), float(row[_AROUND_ROLES].sum())
        return words + max(-1.5, min(1.5, 0.6 * log((text_chance + 0.02) / (around + 0.02))))

    def _name_points(self, key: Place) -> float:
        """What class names say of a place: the nearest box that says something."""
        points = 0.5 * (key[0] == _PARAGRAPH)
        for weight, box in zip((1.0, 0.7), key[1:], strict=False):
            families = families_in(box[1:])
            is_text, is_around = bool(families & TEXT), bool(families & AROUND)
            if is_text != is_around:
                return points + weight * (2.0 if is_text else -2.0)
        return points


def _is_box(signature: Signature) -> bool:
    """Whether an element may be a box: a paragraph or a list without a name is none."""
    return int(signature[0]) not in _CONTENT_TAGS or len(signature) > 1
