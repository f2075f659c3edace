"""Which blocks of a thread's comments are what the reader wrote.

Comments of one thread are made alike: mostly one box in each holds its text and
nothing else. Where none does, each place in the comments is text or is not, see `places`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from cleaner.parsing.tags import TAG_NUMBERS
from cleaner.stages.comments.markup.forms import Forms, has_tag
from cleaner.stages.comments.markup.items import Found
from cleaner.stages.comments.markup.names import QUOTE, SIGNATURE
from cleaner.stages.comments.markup.outline import Outline
from cleaner.stages.comments.markup.paths import Paths
from cleaner.stages.comments.markup.places import Places
from cleaner.stages.comments.noise import LONGEST_NAME, is_edit_note, noise_less
from cleaner.stages.comments.support import is_reply_button

NUMBER = re.compile(r"^[#+\-−]?[\d.,]+[kKmM]?$")
"""A text that is a number and no more."""

_TEMPLATE = re.compile(r"^\{\{.*\}\}$", re.DOTALL)
_QUOTE_TAG, _BUTTON_TAG = (TAG_NUMBERS[name] for name in ("blockquote", "button"))
_QUOTE_DEPTH = 5  # elements around a text, of which one may be a quotation
_BUTTON_DEPTH = 2  # elements around a text, of which one may be the button
_IN_BOX = 0.9  # share of the words of all texts that a box of texts holds
_BOXED = 0.8  # share of the comments with a text that have it
_LONG = 10  # words from which on a block outside the box may be text, a remark in an answer
_OTHERS = 0.1  # share of the boxes with a time or a name in it, at most
_NO_BOX = -1


@dataclass
class _Boxes:
    """The boxes of one signature in a thread: whose they are, and what they hold."""

    comments: set[int] = field(default_factory=set)
    headed: set[int] = field(default_factory=set)  # those with their time or name in it
    words: int = 0
    blocks: int = 0

    def is_of(self, comments: Set[int]) -> bool:
        """Whether nearly all of these comments have one, without their heads in it."""
        is_common = len(self.comments) >= _BOXED * len(comments)
        return is_common and len(self.headed) <= _OTHERS * len(self.comments)


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
        return Paths(self.outline, self.found)

    @cached_property
    def _places(self) -> Places:
        return Places(self.outline, self._paths, self.own)

    def blocks(self, number: int) -> tuple[int, ...]:
        """The blocks of a comment's text, in page order; none of an empty or deleted one."""
        if number not in self._blocks:
            found = self._trimmed(self._texts_of(number))
            self._blocks[number] = found or self._beside_time(number)
        return self._blocks[number]

    def _texts_of(self, number: int) -> tuple[int, ...]:
        own = self.own[number]
        is_boxed = any(self._box in self._paths.signatures[block] for block in own)
        return tuple(block for block in own if self._is_text(block, is_boxed=is_boxed))

    def _trimmed(self, text: tuple[int, ...]) -> tuple[int, ...]:
        """A text without the buttons under it."""
        end = len(text)
        while end > 1 and is_reply_button(self.outline.document, text[end - 1]):
            end -= 1
        return text[:end]

    def _beside_time(self, number: int) -> tuple[int, ...]:
        """What stands after the time in a comment without a text, where the texts stand so.

        A word or two at a place where others have paragraphs are told by nothing else. Where
        no comment has a text, and nothing stands after the time, it is what stands before
        that, but for the name.
        """
        own, times = self.own[number], self.outline.times
        time = _first(own, times)
        if time < 0 or not (self._is_time_first or self._is_wordless):
            return ()
        after = tuple(filter(self._may_be_text, own[time + 1 :]))
        if after or not self._is_wordless:
            return after
        return tuple(filter(self._may_be_text, own[:time]))[1:]

    def _may_be_text(self, block: int) -> bool:
        return not (self._is_label(block) or self._is_button(block))

    @cached_property
    def _is_wordless(self) -> bool:
        """Whether all comments are so short that none looks like a text."""
        return not any(self._all_texts)

    @cached_property
    def _all_texts(self) -> tuple[tuple[int, ...], ...]:
        """The blocks of each comment that look like text; needed where one has none."""
        return tuple(map(self._texts_of, range(len(self.own))))

    @cached_property
    def _is_time_first(self) -> bool:
        """Whether comments have their texts after their times, and nothing else there."""
        texts = list(zip(map(set, self._all_texts), self.own, strict=True))
        times = self.outline.times
        after = [
            all(block in text or self._is_label(block) for block in own[_first(own, times) + 1 :])
            for text, own in texts
            if text and not times.keys().isdisjoint(own)
        ]
        return sum(after) >= max(2, _BOXED * len(after))

    @cached_property
    def _blocks(self) -> dict[int, tuple[int, ...]]:
        """Those that were asked for: of most threads that is no more than the first."""
        return {}

    def _is_text(self, block: int, *, is_boxed: bool) -> bool:
        """Whether a block is text, in a comment that has the box of texts or has not."""
        if self._is_button(block) or not self._signed.isdisjoint(self._paths.elements[block]):
            return False
        if is_boxed:
            if self._box in self._paths.signatures[block]:
                return True
            if self._words(block) < _LONG:
                return False
        return self.is_quoted(block) or block in self._likely

    @cached_property
    def _signed(self) -> frozenset[int]:
        """The signatures that posters have under all their posts."""
        return frozenset(np.flatnonzero((self.outline.families & SIGNATURE) != 0).tolist())

    @cached_property
    def _likely(self) -> frozenset[int]:
        """The blocks that are text by what is known of them and of their places."""
        return frozenset(
            block
            for own in self.own
            for block in own
            if self._places.points(block) > 0 and not self._is_label(block)
        )

    @cached_property
    def _box(self) -> int:
        """The smallest box that holds the texts of nearly all comments, as its signature's number.

        What else stands in it is text as well: the preview of a link, a line of one word.
        """
        boxes, holders = self._boxes()
        words = sum(map(self._words, self._likely))
        fit = (
            (box.blocks, self.outline.signatures[1][number], number)
            for number, box in boxes.items()
            if box.words >= _IN_BOX * words > 0
            and box.is_of(holders)
            and self._places.is_box(number)
        )
        return min(fit, default=(0, (), _NO_BOX))[2]

    def _boxes(self) -> tuple[dict[int, _Boxes], set[int]]:
        """All that may be the box of texts, and the comments with a text."""
        boxes: dict[int, _Boxes] = defaultdict(_Boxes)
        holders, likely, times = set[int](), self._likely, self.outline.times
        for number, own in enumerate(self.own):
            for block in own:
                words = self._words(block) if block in likely else 0
                if words:
                    holders.add(number)
                for signature in set(self._paths.signatures[block]):
                    box = boxes[signature]
                    box.comments.add(number)
                    box.words += words
                    box.blocks += 1
                    if not words and (block in times or self._places.is_name(block)):
                        box.headed.add(number)
        return boxes, holders

    def _words(self, block: int) -> int:
        return int(self.outline.spaces[block]) + 1

    def _is_button(self, block: int) -> bool:
        """Whether the markup says that a block is a button, also one inside a quotation."""
        near = self._paths.elements[block][:_BUTTON_DEPTH]
        is_button = not self._buttons.isdisjoint(near)
        return is_button and len(self.outline.document.blocks[block].text) <= LONGEST_NAME

    @cached_property
    def _buttons(self) -> frozenset[int]:
        tree = self.outline.tree
        said = (element for element, role in tree.roles.items() if role == "button")
        return frozenset((*np.flatnonzero(tree.tag == _BUTTON_TAG).tolist(), *said))

    def _is_label(self, block: int) -> bool:
        """Whether a block is a time, a number, a button, an edit note or debris, wherever it is."""
        text = self.outline.document.blocks[block].text
        if _TEMPLATE.match(text):
            return True
        if len(text) > LONGEST_NAME:
            return False
        if NUMBER.match(text) or noise_less(text) == "":
            return True
        time = self.outline.times.get(block)
        if time and (noise_less(text.replace(time, " ")) == "" or is_edit_note(text)):
            return True
        return is_reply_button(self.outline.document, block)

    def is_quoted(self, block: int) -> bool:
        """Whether a block stands in a quotation inside a comment, or says whose it is."""
        return not self._quotations.isdisjoint(self._paths.elements[block][:_QUOTE_DEPTH])

    @cached_property
    def _quotations(self) -> frozenset[int]:
        """Each ``blockquote``, and boxes named as a quotation around one."""
        tree, families = self.outline.tree, self.outline.families
        quotes = np.flatnonzero(tree.tag == _QUOTE_TAG).tolist()
        named = np.flatnonzero((families & QUOTE) != 0).tolist() if quotes else ()
        boxes = (element for element in named if has_tag(self.outline, element, _QUOTE_TAG))
        return frozenset((*quotes, *boxes))


def _first(own: Sequence[int], times: Container[int]) -> int:
    """The place of the first block with a time; -1 without one."""
    return next((place for place, block in enumerate(own) if block in times), -1)
