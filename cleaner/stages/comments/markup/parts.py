"""What the blocks and texts of a thread's comments are: text, name, time, votes.

Comments of one thread are made alike. So what a place in a comment holds is
decided once for all comments of the thread, from its names, its words and its
variety (after the idea of wrapper induction: N. Kushmerick et al. 1997): a name
differs from comment to comment, a button does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from math import log

from cleaner.document import Role
from cleaner.parsing.tags import TAG_NUMBERS
from cleaner.stages.comments.markup.items import Found
from cleaner.stages.comments.markup.names import (
    AROUND,
    AUTHOR,
    DATE,
    FORM,
    QUOTE,
    SIGNATURE,
    TEXT,
    TITLE,
    VOTES,
    families_in,
)
from cleaner.stages.comments.markup.outline import Outline
from cleaner.stages.comments.noise import LONGEST_NAME, NAME_WORDS, noise_less
from cleaner.stages.comments.times import find_time, is_time

Fields = tuple[tuple[str, str], ...]

Place = tuple[tuple[str, ...], ...]
"""Where in a comment something stands: the signatures of the elements around it."""

_CONTENT_TAGS = frozenset(
    TAG_NUMBERS[name]
    for name in ("p", "li", "ul", "ol", "blockquote", "pre", "tr", "tbody", "table", "dl", "dd")
)
_BOLD_TAGS = frozenset(
    TAG_NUMBERS[name] for name in ("cite", "b", "strong", "h2", "h3", "h4", "h5", "h6")
)
_TIME_TAG, _LINK_TAG, _QUOTE_TAG, _FORM_TAG, _FIELD_TAG, _BUTTON_TAG = (
    TAG_NUMBERS[name] for name in ("time", "a", "blockquote", "form", "textarea", "button")
)
_NUMBER = re.compile(r"^[#+\-−]?[\d.,]+[kKmM]?$")
_VOTES = re.compile(r"^([+\-−]?\d[\d.,]*)( ?(points?|votes?|likes?|people|thumbs up))?$", re.I)
_BUTTON_WORDS = 3
_BUTTON_DEPTH = 2  # elements around a text, of which one may be the button
_PARAGRAPH, _BOX = ("paragraph",), ("box",)
_QUOTED = 5  # elements around a block that are asked whether they are a quotation
_MOST_AROUND = 30  # blocks around one comment, and texts in one of them, that may hold a name
_MANY = 12  # comments from which two different texts at a place are no names
_SAME = 0.34  # share of different texts at which a place is taken for a button or a label
_ROLES = tuple(Role)
_TEXT_ROLES = [_ROLES.index(role) for role in (Role.COMMENT, Role.BODY, Role.HEADING)]
_AROUND_ROLES = [
    _ROLES.index(role) for role in (Role.COMMENT_META, Role.FORM, Role.NAVIGATION, Role.BYLINE)
]


@dataclass(frozen=True, slots=True)
class Parts:
    """One comment: its blocks of text, all others with what they say, and who is answered."""

    element: int
    text: tuple[int, ...]
    around: dict[int, Fields]


@dataclass
class _Seen:
    """What the comments of a thread have at one place, and what speaks for it."""

    comments: set[int] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    points: float = 0.0

    @property
    def variety(self) -> float:
        """Different texts among all; 1 where there are too few to tell."""
        return len(set(self.texts)) / len(self.texts) if len(self.texts) >= 3 else 1.0


@dataclass
class _Forms:
    """The forms of one kind in a thread's comments, with the texts inside and outside them."""

    elements: set[int] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)

    @property
    def is_reply(self) -> bool:
        """Whether readers' words stand outside rather than inside."""
        return _prose(self.inside) < _prose(self.outside)


@dataclass(frozen=True, eq=False)
class Thread:
    """The comments of one thread, read place by place."""

    outline: Outline
    found: Found

    def parts(self) -> Iterator[Parts]:
        """Each comment with its parts, in page order."""
        for number, element in enumerate(self.found.elements):
            yield Parts(element, self.text_blocks(number), self._fields(number))

    @cached_property
    def own(self) -> tuple[tuple[int, ...], ...]:
        """The blocks of each comment, without those of a form to answer it."""
        return tuple(
            tuple(block for block in own if self._forms[block] not in self._reply_forms)
            for own in self.found.own
        )

    @cached_property
    def _forms(self) -> dict[int, int]:
        """For each block the form in its comment that it stands in; 0 where in none."""
        return {
            block: self._form(block, element)
            for element, own in zip(self.found.elements, self.found.own, strict=True)
            for block in own
        }

    def _form(self, block: int, element: int) -> int:
        tree, families = self.outline.tree, self.outline.families
        path = self.outline.up(int(tree.inner[block]), element)
        return next((e for e in path if tree.tag[e] == _FORM_TAG or families[e] & FORM), 0)

    @cached_property
    def _reply_forms(self) -> frozenset[int]:
        """The forms that are there to write a comment.

        Old Reddit sets each comment in a form: one without a field for text, of a kind that
        has more to say than what is around it. The same words again and again count once,
        names and times not at all.
        """
        kinds: dict[tuple[str, ...], _Forms] = {}
        blocks, times = self.outline.document.blocks, self.outline.times
        for own in self.found.own:
            texts = [(self._forms[i], blocks[i].text) for i in own if i not in times]
            for form in {form for form, _ in texts} - {0}:
                kind = kinds.setdefault(self.outline.signature(form), _Forms())
                kind.elements.add(form)
                for where, text in texts:
                    (kind.inside if where == form else kind.outside).add(text)
        return frozenset(
            form
            for kind in kinds.values()
            for form in kind.elements
            if kind.is_reply or self._has_tag(form, _FIELD_TAG)
        )

    def _has_tag(self, element: int, tag: int) -> bool:
        """Whether an element has one of this tag inside."""
        tree = self.outline.tree
        return bool((tree.tag[element : tree.end[element]] == tag).any())

    def text_blocks(self, number: int) -> tuple[int, ...]:
        """The blocks of a comment's text, in page order; none of an empty or deleted one."""
        if number not in self._texts:
            own = self.own[number]
            self._texts[number] = tuple(block for block in own if self._is_text(block, number))
        return self._texts[number]

    @cached_property
    def _texts(self) -> dict[int, tuple[int, ...]]:
        """Those that were asked for: of most threads that is no more than the first."""
        return {}

    def _is_text(self, block: int, number: int) -> bool:
        element = self.found.elements[number]
        if self._is_button(block, element) or self._is_signature(block, number):
            return False
        if self.is_quoted(block, element):
            return True
        return not self._is_label(block) and self._text_points[self._places[block]] > 0

    def _is_button(self, block: int, element: int) -> bool:
        """Whether the markup says that a block is a button, also one inside a quotation."""
        if len(self.outline.document.blocks[block].text) > LONGEST_NAME:
            return False
        tree = self.outline.tree
        path = islice(self.outline.up(int(tree.inner[block]), element), _BUTTON_DEPTH)
        return any(tree.tag[e] == _BUTTON_TAG or tree.roles.get(e) == "button" for e in path)

    def _is_label(self, block: int) -> bool:
        """Whether a block is a time, a number or a button, wherever it stands."""
        text = self.outline.document.blocks[block].text
        if len(text) > LONGEST_NAME:
            return False
        if _NUMBER.match(text) or noise_less(text) == "":
            return True
        time = self.outline.times.get(block, "")
        if time and len(text) - len(time) <= 3:
            return True
        matches = self.outline.document.matches.get(block, {})
        return any(name == "comments/reply-button" for name in matches)

    def is_quoted(self, block: int, element: int) -> bool:
        """Whether a block stands in a quotation inside a comment, or says whose it is."""
        path = islice(self.outline.up(int(self.outline.tree.inner[block]), element), _QUOTED)
        return any(self._is_quotation(element) for element in path)

    def _is_quotation(self, element: int) -> bool:
        """Whether an element is a ``blockquote``, or a box named as a quotation around one."""
        tree = self.outline.tree
        if tree.tag[element] == _QUOTE_TAG:
            return True
        is_named = bool(self.outline.families[element] & QUOTE)
        return is_named and self._has_tag(element, _QUOTE_TAG)

    @cached_property
    def _places(self) -> dict[int, Place]:
        """Where in its comment each block stands."""
        return {
            block: self._place_of(block, number)
            for number, own in enumerate(self.own)
            for block in own
        }

    def _place_of(self, block: int, number: int) -> Place:
        """Where in a comment a block stands: the two boxes around it, paragraphs aside."""
        tree, signature = self.outline.tree, self.outline.signature
        boxes = [
            signature(element)
            for element in self.outline.up(int(tree.element[block]), self.found.elements[number])
            if tree.tag[element] not in _CONTENT_TAGS or len(signature(element)) > 1
        ]
        is_paragraph = tree.tag[tree.element[block]] in _CONTENT_TAGS
        return (_PARAGRAPH if is_paragraph else _BOX, *boxes[:2])

    def _is_signature(self, block: int, number: int) -> bool:
        path = self.outline.up(int(self.outline.tree.inner[block]), self.found.elements[number])
        return any(self.outline.families[element] & SIGNATURE for element in path)

    @cached_property
    def _text_points(self) -> dict[Place, float]:
        """For each place in the comments what speaks for text there, against what speaks for meta.

        Names count, the model's chances, the words of a block, and whether all
        comments have the same there.
        """
        places: dict[Place, _Seen] = {}
        blocks, times = self.outline.document.blocks, self.outline.times
        for number, own in enumerate(self.own):
            for block in own:
                place = places.setdefault(self._places[block], _Seen())
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

    def _fields(self, number: int) -> dict[int, Fields]:
        """The other blocks of a comment, each with the fields read from it."""
        around = self._around(number)
        fields: dict[int, list[tuple[str, str]]] = {block: [] for block in around}
        if (time := self._time(around)) is not None:
            fields[time[0]].append(("date_text", time[1]))
        if (name := self._name(number)) is not None:
            fields[name[0]].append(("author", name[1]))
        for block in around:
            fields[block].extend(self._read(block))
        return {block: tuple(values) for block, values in fields.items()}

    def _around(self, number: int) -> list[int]:
        held = set(self.text_blocks(number))
        return [block for block in self.own[number] if block not in held]

    def _read(self, block: int) -> Iterator[tuple[str, str]]:
        """What the rules of known systems read from a line, and votes by their name."""
        for groups in self.outline.document.matches.get(block, {}).values():
            yield from ((name, groups[name]) for name in ("votes", "up", "down") if name in groups)
        text = self.outline.document.blocks[block].text
        if found := _VOTES.match(text):
            path = islice(self.outline.up(int(self.outline.tree.inner[block]), 0), 3)
            if any(self.outline.families[element] & VOTES for element in path):
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

    def _name(self, number: int) -> tuple[int, str] | None:
        """Who wrote a comment: the text at the place that looks most like names in the thread."""
        best: tuple[float, int, str] | None = None
        for block, name, place in self._candidates[number]:
            points = self._name_places[place]
            if points > 0 and (best is None or points > best[0]):
                best = (points, block, name)
        return (best[1], best[2]) if best else None

    @cached_property
    def _candidates(self) -> list[list[tuple[int, str, Place]]]:
        """For each comment the texts around it that may be a name, each with its place."""
        return [list(self._candidates_in(number)) for number in range(len(self.own))]

    def _candidates_in(self, number: int) -> Iterator[tuple[int, str, Place]]:
        tree, signature = self.outline.tree, self.outline.signature
        for block in self._around(number)[:_MOST_AROUND]:
            for piece in islice(self.outline.pieces(block), _MOST_AROUND):
                name = self._without_time(self.outline.piece_text(piece))
                if name and len(name) <= LONGEST_NAME and name.count(" ") < NAME_WORDS:
                    parent = int(tree.piece_parent[piece])
                    around_it = islice(self.outline.up(parent, self.found.elements[number]), 2)
                    yield block, name, tuple(map(signature, around_it))

    def _without_time(self, text: str) -> str:
        if time := find_time(text):
            if is_time(text) and noise_less(text.replace(time, " ")) == "":
                return ""
            text = text.replace(time, " ")
        name = noise_less(text)
        return "" if _NUMBER.match(name) or not any(map(str.isalnum, name)) else name

    @cached_property
    def _name_places(self) -> dict[Place, float]:
        places: dict[Place, _Seen] = {}
        order: dict[Place, float] = {}
        for number, candidates in enumerate(self._candidates):
            for rank, (_, name, place) in enumerate(candidates):
                known = places.setdefault(place, _Seen())
                known.comments.add(number)
                known.texts.append(name)
                order[place] = order.get(place, 0.0) + min(rank, 6)
        return {
            place: self._place_points(place, known, order[place] / len(known.texts))
            for place, known in places.items()
        }

    def _place_points(self, place: Place, known: _Seen, rank: float) -> float:
        """What speaks for names at a place of the comments."""
        points = 2.0 * len(known.comments) / len(self.found.elements) - 0.15 * rank - 0.8
        for weight, box in zip((1.0, 0.6), place, strict=False):
            tag, *tokens = box
            families = families_in(tokens)
            points += weight * 2.0 * bool(families & AUTHOR)
            points -= weight * 1.5 * bool(families & (DATE | VOTES))
            points -= weight * 2.5 * bool(families & TITLE)
            points += weight * 0.6 * (int(tag) in _BOLD_TAGS)
            points += weight * 0.4 * (int(tag) == _LINK_TAG)
        letters = sum(map(len, known.texts)) / len(known.texts)
        points -= 1.5 * (letters < 2)
        if len(known.texts) > 1.5 * len(known.comments):
            points -= 0.5
        few = 2 if len(self.found.elements) >= _MANY else 1
        return points - 3.0 * (len(set(known.texts)) <= few and len(self.found.elements) >= 4)


def _prose(texts: Iterable[str]) -> int:
    """The words of those texts that are longer than buttons."""
    counts = (text.count(" ") for text in texts)
    return sum(count for count in counts if count >= _BUTTON_WORDS)
