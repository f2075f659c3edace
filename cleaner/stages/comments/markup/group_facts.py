"""The facts of one group of comments, looked at member by member."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import compress

import numpy as np

from cleaner.stages.comments.markup.blocks import Blocks
from cleaner.stages.comments.markup.evidence import ENOUGH, Facts, schema_of, signs
from cleaner.stages.comments.markup.members import MOST, Item, Items
from cleaner.stages.comments.markup.names import AUTHOR, COMMENT, REPLY
from cleaner.stages.comments.markup.outline import ASKED_INSIDE, Outline
from cleaner.stages.comments.support import ANSWERED, KNOWN

_ASKED = 20  # members that are asked for the names inside them
_TOP = 6  # blocks of a member in which a title is looked for
_BODY_WORDS = 80  # words of main content above a thread that make it one of comments
_NAME_WORDS = 5
_SEEN = 0.1  # mean chance of blocks to be a thread's from which on the model sees one
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, eq=False)
class GroupFacts:
    """One group, its members with their own blocks; there is at least one."""

    blocks: Blocks
    items: Items

    @property
    def _outline(self) -> Outline:
        return self.blocks.outline

    @property
    def _first(self) -> int:
        """The first member, whose names stand for all."""
        return self.items[0].element

    @cached_property
    def _blocks(self) -> list[int]:
        return [block for item in self.items for block in item.blocks]

    @cached_property
    def _names(self) -> int:
        """The families of the first member and of what is around it."""
        outline = self._outline
        return int(outline.families[self._first] | outline.families_around[1][self._first])

    def is_named(self) -> bool:
        """Whether names say that these are comments."""
        return bool(self._names & COMMENT)

    def is_told(self) -> bool:
        """Whether the page itself says so: by types, by buttons to answer or by their count."""
        has_schema = bool(schema_of(self._outline, self._first))
        return has_schema or self._is_counted or self._answered > 0 or self._are_placed

    @property
    def _are_placed(self) -> bool:
        """Whether they have a name and a time each where nothing else has.

        That is on a product's page, or under a heading for comments.
        """
        timed, is_signed = self._heads
        if len(self.items) < ENOUGH or timed < MOST or not is_signed:
            return False
        chances = self._outline.document.chances
        return (chances is not None and chances.kind == "product") or self._is_headed()

    @cached_property
    def _heads(self) -> tuple[float, bool]:
        """The share of members with a time, and whether names stand beside."""
        is_signed = len(self.items) > 1 and (
            bool(self._inside & AUTHOR) or self._share(self._is_signed) >= MOST
        )
        return self._share(_is_timed), is_signed

    @cached_property
    def _answered(self) -> float:
        """The share of members with a button to answer, where most have a text or a time.

        A piece above its comments may be made as they are, but for the button; the bars over
        and under a topic have one, and no more.
        """
        support = self._outline.support
        whole = sum(item.has_text or item.times > 0 for item in self.items)
        if whole < max(2, MOST * len(self.items)) or not support.answered([self.items[0].blocks]):
            return 0.0
        share = support.answered(item.blocks for item in self.items)
        return share if share >= ANSWERED else 0.0

    @cached_property
    def _is_counted(self) -> bool:
        return self._outline.support.is_counted(self.items[0].blocks[0], len(self.items))

    def is_discussion(self) -> bool:
        """Whether the thread is what the page is for."""
        is_reply = bool((self._names | self._inside) & REPLY)
        is_open = is_reply and not self.is_named() and not self._is_after()
        return self.blocks.is_discussion or is_open

    @cached_property
    def evidence(self) -> float:
        """What speaks for a thread, in sum."""
        return sum(points for points, _ in self._signs)

    def why(self) -> str:
        """What speaks for it, in words."""
        reasons = ", ".join(why for points, why in self._signs if points > 0 and why)
        return reasons.format(schema=schema_of(self._outline, self._first), chance=self._chance())

    @cached_property
    def _signs(self) -> list[tuple[float, str]]:
        return [(float(points[0]), why) for points, why in signs(self._facts())]

    def _facts(self) -> Facts:
        first, outline = [self._first], self._outline
        names = outline.families[first]
        near, around = (families[first] for families in outline.families_around)
        timed, is_signed = self._heads
        tree = outline.tree
        links = tree.link_chars[self._blocks].sum() / tree.chars[self._blocks].sum()
        return Facts(
            count=np.array([len(self.items)]),
            has_schema=np.array([bool(schema_of(outline, self._first))]),
            names=names,
            around=around,
            inside=np.array([self._inside]),
            names_against=names,
            near_against=near,
            around_against=around,
            is_timed=np.array([timed >= 0.5]),
            is_signed=np.array([is_signed]),
            is_alone=np.array([len(self.items) == 1 and timed < 1]),
            chance=np.array([self._chance()]),
            answered=np.array([self._answered]),
            is_counted=np.array([self._is_counted]),
            is_headed=np.array([self._is_headed()]),
            is_elsewhere=np.array([outline.support.is_elsewhere(self.items[0].blocks[0])]),
            is_nested=np.array([self._is_nested()]),
            place=np.array([self._place(is_made=is_signed and timed >= MOST)]),
            titled=np.array([self._share(self._is_titled)]),
            is_linked=np.array([links > 0.5]),
            is_discussion=self.blocks.is_discussion,
        )

    def _is_headed(self) -> bool:
        """Whether a heading for comments stands right above, and the model does not know better."""
        if not self._outline.support.is_headed(self.items[0].blocks[0]):
            return False
        chances = self._outline.document.chances
        return chances is None or self._chance() >= _SEEN or chances.sureness(self._blocks) < KNOWN

    def _is_nested(self) -> bool:
        """Whether a comment stands inside another, as answers do, and teasers never."""
        ends, last = self._outline.tree.end, 0
        for item in self.items:
            if not (item.times and item.has_text):
                continue
            if item.element < last:
                return True
            last = int(ends[item.element])
        return False

    def _share(self, has: Callable[[Item], bool]) -> float:
        return sum(map(has, self.items)) / len(self.items)

    def _chance(self) -> float:
        chances = self.blocks.comment_chance[self._blocks].tolist()
        return float(sum(chances) / len(chances))

    def _is_titled(self, item: Item) -> bool:
        """Whether a heading that names nobody stands in it, as over a teaser or a listed piece."""
        titles = self.blocks.titles
        return next((titles[block] for block in item.blocks[:_TOP] if block in titles), False)

    @cached_property
    def _inside(self) -> int:
        """The families of names inside most of the first members."""
        some = self._outline.families_inside[[item.element for item in self.items[:_ASKED]]]
        most = (2 * np.count_nonzero(some & family) > len(some) for family in ASKED_INSIDE)
        return sum(compress(ASKED_INSIDE, most))

    def _is_signed(self, item: Item) -> bool:
        """Whether a word or a few stand beside the time, or in the line before it."""
        times, blocks = self._outline.times, self._outline.document.blocks
        own = item.blocks if item.times else ()
        for place, block in enumerate(own):
            if block in times:
                rest = blocks[block].text.replace(times[block], "")
                if 1 <= len(_LETTERS.findall(rest)) <= _NAME_WORDS:
                    return True
                return place > 0 and blocks[own[place - 1]].text.count(" ") < _NAME_WORDS
        return False

    def _place(self, *, is_made: bool) -> float:
        """After the body is where comments stand; a discussion is all there is.

        ``is_made`` is whether the members have names and times.
        """
        before = self.blocks.main_words_before
        held = sum((before[1:] - before[:-1])[self._blocks].tolist())
        is_all = len(self.items) >= ENOUGH and held >= 0.5 * before[-1] > 0
        if is_all and is_made:
            return 1.0
        is_likely = self._is_after() or is_all or self.blocks.is_discussion
        return 0.5 if is_likely else -1.0

    def _is_after(self) -> bool:
        """Whether the piece stands above: many words of it, or most there are."""
        before = self.blocks.main_words_before
        above, words = float(before[self._blocks[0]]), float(before[-1])
        return above >= _BODY_WORDS or above >= 0.5 * words > 0


def _is_timed(item: Item) -> bool:
    return item.times > 0
