"""Which elements of a page are comments.

Elements that share a class, an ``itemtype`` or a parent are a group. A group's
members are comments when they hold a text and a time each, when their names say so
or the model thinks so of their blocks, and when they stand where a thread stands.
Of the groups that describe one thread (the list item, the box in it, the text in
the box) the one wins whose members are best made.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, islice

import numpy as np

from cleaner.document import Role
from cleaner.parsing.tags import TAG_NUMBERS
from cleaner.stages.comments.markup.outline import Outline

_FAR, _NEAR = 8, 3  # elements above a group that are asked for their names
_MADE = 0.5  # texts and times that the members of a group must have, each counting one
_EMPTY = 0.4  # what a time without a text counts: a comment may be deleted
_MOST = 0.6  # share of a group's members
_ENOUGH = 3  # members of a group that no name speaks for
_UNLIKELY_CHANCE = 0.3  # of the model's, for any block of a group
_OF_THREADS = frozenset(("comment", "reply", "review"))
_SURE, _LEAST = 4.0, 2.0  # evidence; from the least on a group is a thread
_SCHEMA = ("Comment", "UserComments", "Answer", "Review")
_ROLES = tuple(Role)
_COMMENT_ROLES = [_ROLES.index(Role.COMMENT), _ROLES.index(Role.COMMENT_META)]
_AROUND_ROLES = [_ROLES.index(role) for role in (Role.COMMENT_META, Role.FORM, Role.NAVIGATION)]
_LIKELY = 0.5
_ASKED = 20  # members that are asked for the names inside them
_HEADINGS = frozenset(TAG_NUMBERS[name] for name in ("h1", "h2", "h3", "h4"))
_UNLIKELY = frozenset(
    TAG_NUMBERS[name]
    for name in ("html", "body", "main", "form", "option", "select", "nav", "a", "button", "label")
) | frozenset(TAG_NUMBERS[name] for name in ("p", "h1", "h2", "h3", "h4", "h5", "h6"))
_TEXT_WORDS = 4
_BODY_WORDS = 80  # words of main content above a thread that make it one of comments
_NAME_WORDS = 5
_LETTERS = re.compile(r"[^\W\d_]{2,}")


Items = Sequence[tuple[int, tuple[int, ...]]]
"""The members of a group, each with its own blocks."""


@dataclass(frozen=True, slots=True)
class Found:
    """The elements that are the comments of one thread, outer ones before those inside them.

    ``own`` are each one's blocks, less those of the comments inside it.
    ``evidence`` says how sure it is, ``why`` what says so. ``is_discussion`` is
    whether the thread is what the page is for, ``is_named`` whether names say that these
    are comments.
    """

    elements: tuple[int, ...]
    own: tuple[tuple[int, ...], ...]
    evidence: float
    why: str
    is_discussion: bool
    is_named: bool

    @property
    def certainty(self) -> float:
        """From just enough, a half, to sure, 1."""
        if self.is_discussion:
            return 1.0  # its text is the page's text whatever is a post in it
        return min(1.0, 0.5 + 0.5 * (self.evidence - _LEAST) / (_SURE - _LEAST))


def find_items(outline: Outline) -> list[Found]:
    """The threads of a page in page order; none where nothing speaks for one."""
    finder = _Finder(outline)
    rated = sorted(finder.rated(), key=lambda pair: -pair[0])
    kept: list[Found] = []
    taken: set[int] = set()
    for _, found in rated:
        blocks = {block for own in found.own for block in own}
        if taken.isdisjoint(blocks):
            kept.append(found)
            taken |= blocks
    return sorted(kept, key=lambda found: found.own[0][0])


@dataclass(frozen=True, eq=False)
class _Finder:
    outline: Outline

    @cached_property
    def _comment_chance(self) -> list[float]:
        """For each block the chance that a reader wrote it, or that it belongs to that."""
        return self._chances_of(_COMMENT_ROLES)

    @cached_property
    def _around_chance(self) -> list[float]:
        """For each block the chance that it is a line around a comment, a button or a menu."""
        return self._chances_of(_AROUND_ROLES)

    def _chances_of(self, roles: Sequence[int]) -> list[float]:
        """For each block the chance that it has one of these roles; 0 where no model was asked."""
        document = self.outline.document
        if document.chances is None:
            return [0.0] * len(document.blocks)
        found: list[float] = document.chances.roles[:, roles].sum(axis=1).tolist()
        return found

    @cached_property
    def _main_words(self) -> list[float]:
        """Words of main content before each block."""
        document = self.outline.document
        if document.chances is None:
            words = [float(block.text.count(" ") + 1) for block in document.blocks]
            words = [count if count >= 12 else 0.0 for count in words]
        else:
            likely = document.chances.main * (document.chances.main > 0.4)
            words = (likely * document.chances.words).tolist()
        return [0.0, *np.cumsum(words).tolist()]

    @cached_property
    def _kind(self) -> str:
        chances = self.outline.document.chances
        return chances.kind if chances else ""

    def rated(self) -> Iterator[tuple[float, Found]]:
        """The groups that may be a thread, each with how well its members are made."""
        for elements in dict.fromkeys(self._groups()):
            items = self._with_own(elements)
            if not items:
                continue
            quality = self._quality(items)
            if quality < _MADE * len(items) or self._is_hopeless(items):
                continue
            evidence, reasons, is_discussion = self._evidence(items)
            if evidence < _LEAST:
                continue
            blocks = sum(len(own) for _, own in items)
            found = Found(
                tuple(element for element, _ in items),
                tuple(own for _, own in items),
                evidence,
                ", ".join(reasons),
                is_discussion,
                "comment" in frozenset[str]().union(*self._names(items[0][0])),
            )
            outermost = blocks if len(items) > 1 else -blocks
            purity = 0.7 + 0.3 * min(1.0, quality / (2 * len(items)))
            yield purity * quality * (1 + min(evidence, 8) / 8) + 1e-6 * outermost, found

    def _is_hopeless(self, items: Items) -> bool:
        """Whether nothing at all speaks for a thread: no time, no name, not the model.

        So it is with nearly all groups of a page, and to weigh every sign takes long.
        """
        if self._kind == "thread" or any(self._is_timed(own) for _, own in items):
            return False
        if max(self._comment_chance[block] for _, own in items for block in own) > _UNLIKELY_CHANCE:
            return False
        names, around = self._names(items[0][0])
        said = names | around | self._inside(items)
        return _OF_THREADS.isdisjoint(said) and not self._schema(items[0][0])

    def _groups(self) -> Iterator[tuple[int, ...]]:
        """Elements with blocks that share a class or ``itemtype``, or stand side by side.

        The same elements come once for each class that they share.
        """
        outline, tree = self.outline, self.outline.tree
        groups: dict[tuple[str, ...], list[int]] = {}
        tags = tree.tag.tolist()
        parents = tree.parent.tolist()
        for element, count in enumerate(outline.counts):
            if not count or tags[element] in _UNLIKELY:
                continue
            for token in dict.fromkeys(outline.signatures[element][1:]):
                groups.setdefault(("class", token), []).append(element)
            if element in tree.itemtypes:
                groups.setdefault(("type", tree.itemtypes[element]), []).append(element)
            groups.setdefault(("child", str(parents[element]), str(tags[element])), []).append(
                element
            )
        for key, elements in groups.items():
            if key[0] != "child" or len(elements) >= _ENOUGH:
                yield tuple(elements)

    def _with_own(self, elements: Sequence[int]) -> list[tuple[int, tuple[int, ...]]]:
        """The members that have blocks of their own, with these.

        A member that holds others and tells no time where most others do is a box
        around them.
        """
        ends = self.outline.tree.end
        own: dict[int, list[int]] = {}
        open_: list[tuple[int, int]] = []
        queue = [*elements, -1]
        spans = {element: self.outline.blocks(element) for element in elements}
        holds = set()
        at = 0
        for element in queue:
            while open_ and (element < 0 or ends[open_[-1][0]] <= element):
                last, end = open_.pop()
                own[last].extend(range(max(at, spans[last].start), end))
                at = max(at, end)
            if element < 0:
                break
            span = spans[element]
            if open_:
                outer = open_[-1][0]
                own[outer].extend(range(max(at, spans[outer].start), span.start))
                holds.add(outer)
            at = span.start
            own[element] = []
            open_.append((element, span.stop))
        return self._without_boxes([(e, tuple(own[e])) for e in elements if own[e]], holds)

    def _without_boxes(
        self, items: list[tuple[int, tuple[int, ...]]], holds: set[int]
    ) -> list[tuple[int, tuple[int, ...]]]:
        timed = {element for element, own in items if self._is_timed(own)}
        if 2 * len(timed) <= len(items):
            return items
        items = [item for item in items if item[0] in timed or item[0] not in holds]
        items = [item for item in items if item[0] in timed or self._may_be_empty(*item)]
        return self._trimmed(items, timed)

    def _may_be_empty(self, element: int, own: tuple[int, ...]) -> bool:
        """Whether a member without a time is a comment all the same: by its text or its name."""
        return self._has_text(own) or "comment" in self.outline.families[element]

    def _trimmed(
        self, items: list[tuple[int, tuple[int, ...]]], timed: set[int]
    ) -> list[tuple[int, tuple[int, ...]]]:
        """Without what stands before the first member that has time and text, or after the last.

        Classes that only say how a box looks are on other boxes of the page, too.
        """
        places = [
            place
            for place, (element, own) in enumerate(items)
            if (element in timed and self._has_text(own))
            or "comment" in self.outline.families[element]
        ]
        if not places or len(timed) < _MOST * len(items):
            return items
        return items[places[0] : places[-1] + 1]

    def _quality(self, items: Items) -> float:
        """How many members have a text, and one time beside it; several times speak against."""
        times = self.outline.times
        total = 0.0
        for _, own in items:
            timed = sum(block in times for block in own)
            has_text = self._has_text(own)
            total += has_text + (timed > 0) * (1.0 if has_text else _EMPTY)
            total -= 0.5 * max(0, timed - 2)
        return total

    def _has_text(self, own: tuple[int, ...]) -> bool:
        """Whether a line of some words stands in it that is no time and no button."""
        return not self._text_blocks.isdisjoint(own)

    @cached_property
    def _text_blocks(self) -> frozenset[int]:
        """The blocks of some words that are no time and no button."""
        return frozenset(
            block.index
            for block in self.outline.document.blocks
            if block.text.count(" ") >= _TEXT_WORDS - 1
            and self._around_chance[block.index] < _LIKELY
            and block.index not in self.outline.times
        )

    def _evidence(self, items: Items) -> tuple[float, list[str], bool]:
        """What speaks for a thread, in sum, with the reasons; whether it is a discussion."""
        signs = self._signs(items)
        parts = [(points, why) for points, why in signs if points]
        reasons = [why for points, why in parts if points > 0 and why]
        names, around = self._names(items[0][0])
        is_comment = "comment" in names | around
        is_reply = "reply" in names | around | self._inside(items)
        is_open = is_reply and not is_comment and not self._is_after(items)
        is_discussion = self._kind == "thread" or is_open
        return sum(points for points, _ in parts), reasons, is_discussion

    def _signs(self, items: Items) -> Iterator[tuple[float, str]]:
        """Points for and against a thread, each with what gives them."""
        outline, count = self.outline, len(items)
        blocks = [block for _, own in items for block in own]
        names, around = self._names(items[0][0])
        near = self._names(items[0][0], _NEAR)[1]
        inside = self._inside(items)
        schema = self._schema(items[0][0])
        timed = self._share(items, self._is_timed)
        chance = sum(self._comment_chance[block] for block in blocks) / len(blocks)
        yield 4.0 * bool(schema), f"marked up as {schema}"
        yield (
            _best(("comment", names, 3.0), ("comment", around, 2.5), ("comment", inside, 1.5)),
            ("named as comments"),
        )
        yield (
            _best(("reply", names, 1.0), ("reply", around, 1.0), ("reply", inside, 0.5)),
            ("named as posts"),
        )
        yield _best(("review", names, 1.5), ("review", around, 1.5)), "named as reviews"
        yield -3.0 * ("elsewhere" in names | near) - 1.0 * ("elsewhere" in around), ""
        yield -4.0 * ("form" in names) - 1.0 * ("form" in around), ""
        is_signed = count > 1 and (
            "author" in inside or self._share(items, self._is_signed) >= _MOST
        )
        yield (1.0 if timed >= 0.5 else -0.5 if is_signed else -2.0), "each with a time"
        yield 1.0 * is_signed, "each with a name"
        yield max(-0.6, 4 * chance - 1), f"the model takes them for comments ({chance:.2f})"
        yield self._place(items, is_made=is_signed and timed >= _MOST), "in the place of a thread"
        yield -3.0 * self._share(items, self._is_titled), ""
        links = float(outline.tree.link_chars[blocks].sum() / outline.tree.chars[blocks].sum())
        yield -2.0 * (links > 0.5), ""
        is_named = schema or "comment" in names | around
        yield -1.5 * (count == 1 and timed < 1) - 1.5 * (count < _ENOUGH and not is_named), ""
        yield 1.0 * (self._kind == "thread" and not is_named), "on a page that is a discussion"

    def _share(self, items: Items, has: Callable[[tuple[int, ...]], bool]) -> float:
        return sum(has(own) for _, own in items) / len(items)

    def _is_timed(self, own: tuple[int, ...]) -> bool:
        return not self.outline.times.keys().isdisjoint(own)

    def _is_titled(self, own: tuple[int, ...]) -> bool:
        """Whether a heading that names nobody stands in it, as over a teaser or a listed piece."""
        tree, families = self.outline.tree, self.outline.families
        for block in own[:6]:
            path = list(islice(self.outline.up(int(tree.inner[block]), 0), 4))
            if any(tree.tag[e] in _HEADINGS or "title" in families[e] for e in path):
                is_name = any("author" in families[element] for element in path)
                return not is_name and not self.outline.document.blocks[block].text.startswith(
                    "Re:"
                )
        return False

    def _inside(self, items: Items) -> frozenset[str]:
        """The families of names inside most of the first members."""
        some = [self.outline.names_inside(element) for element, _ in items[:_ASKED]]
        counts = Counter(chain.from_iterable(some))
        return frozenset(name for name, count in counts.items() if 2 * count > len(some))

    def _is_signed(self, own: tuple[int, ...]) -> bool:
        """Whether a word or a few stand beside the time, or in the line before it."""
        times, blocks = self.outline.times, self.outline.document.blocks
        for place, block in enumerate(own):
            if block in times:
                rest = blocks[block].text.replace(times[block], "")
                if 1 <= len(_LETTERS.findall(rest)) <= _NAME_WORDS:
                    return True
                return place > 0 and blocks[own[place - 1]].text.count(" ") < _NAME_WORDS
        return False

    def _place(self, items: Items, *, is_made: bool) -> float:
        """After the body is where comments stand; a discussion is all there is.

        ``is_made`` is whether the members have names and times.
        """
        blocks = [block for _, own in items for block in own]
        before, words = self._main_words, self._main_words[-1]
        held = sum(before[block + 1] - before[block] for block in blocks)
        is_all = len(items) >= _ENOUGH and held >= 0.5 * words > 0
        if is_all and is_made:
            return 1.0
        return 0.5 if self._is_after(items) or is_all or self._kind == "thread" else -1.0

    def _is_after(self, items: Items) -> bool:
        """Whether the piece stands above: many words of it, or most there are."""
        above, words = self._main_words[items[0][1][0]], self._main_words[-1]
        return above >= _BODY_WORDS or above >= 0.5 * words > 0

    def _names(self, element: int, far: int = _FAR) -> tuple[frozenset[str], frozenset[str]]:
        """The families of an element's own names, and of those around it."""
        families, tree = self.outline.families, self.outline.tree
        around: set[str] = set()
        above, steps = int(tree.parent[element]), 0
        while above > 1 and steps < far:
            around |= families[above]
            above, steps = int(tree.parent[above]), steps + 1
        return families[element], frozenset(around)

    def _schema(self, element: int) -> str:
        kind = self.outline.tree.itemtypes.get(element, "").rsplit("/", 1)[-1]
        return kind if kind in _SCHEMA else ""


def _best(*choices: tuple[str, frozenset[str], float]) -> float:
    """The points of the first choice whose name is among its families; 0 when none is."""
    return next((points for name, families, points in choices if name in families), 0.0)
