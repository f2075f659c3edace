"""Who wrote each comment of a thread: told by comparing what stands above and below their texts.

In flattened text a name is a short line among others as short: a rank, a place, counts, the
letter of an avatar. One head alone does not tell which is which; all heads of a thread do. Names
differ from head to head, where ranks are one of a few and counts the same but for their numbers;
and they stand in one place, counted from the top of a head or from its time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from cleaner.stages.comments.answers import is_answer
from cleaner.stages.comments.noise import (
    is_guest,
    is_said,
    is_short_name,
    label_of,
    noise_less,
)

Place = tuple[str, int]
"""A line of a head, counted from its ``top`` or its ``time``, or among what may be names:
as the first of them, or as the last above the time."""

Writer = tuple[int, str]
"""The block that names who wrote a comment, and the name."""

_FARTHEST = 8
"""Lines from the edge of a head where names stand, at most."""

_COMMON, _FEWEST = 0.8, 4
"""Share of the heads that have a word, or a line, which is no name; of as many heads at least."""

_STANDS, _VARIED, _ECHO, _SAID, _TIMED, _FIRST, _UNLIKE = 0.2, 1.0, 0.6, 0.4, 0.15, 0.3, 0.3
"""What counts for a place: that something stands there, that it varies, that it stands in the
head twice or under its own first letter, that words like 'by' say so, that it is the line of the
time; and against it, what names seldom have."""

_UNLIKELY = re.compile(r"\d|[,:/]|\w\w[.!?…]+$|\w\.\w{2,3}\b")
"""Figures; the comma of a place; marks of a sentence's end; addresses."""

_NEARLY = 0.99
"""Of the best place, what one must reach that is told more surely."""

_KINDS = ("time", "last", "first", "top")
"""Ways to count, the surest first: with the end of the comment before, heads have other tops."""

_INITIALS = 2
"""Letters of an avatar without a picture, at most."""

_NUMBERS = re.compile(r"\d+([.,:]\d+)*k?")


@dataclass(frozen=True, slots=True)
class Head:
    """Lines around the text of a comment, by block: that of the time, ``time``, without it."""

    lines: Mapping[int, str]
    time: int


def writers(heads: Sequence[Head], *, is_first: bool = False) -> list[Writer | None]:
    """For each head the block that names the writer, with the name; None where none seems to.

    ``is_first`` says that heads begin with what belongs to them, where names stand first.

    >>> def head(at, *lines):
    ...     return Head(dict(enumerate(lines, at)), time=at + len(lines) - 1)
    >>> writers([
    ...     head(10, "otter", "Member", "41 posts", "#2"),
    ...     head(20, "Ada Example", "Old hand", "9 posts", "#3"),
    ...     head(30, "otter", "Member", "41 posts", "#4"),
    ... ])
    [(10, 'otter'), (20, 'Ada Example'), (30, 'otter')]
    >>> writers([head(1, "AAda Example"), head(5, "Ootter"), head(9, "B Bo")])
    [(1, 'Ada Example'), (5, 'otter'), (9, 'Bo')]
    """
    return _without_avatars(_Comparison(heads, _names(heads), is_first).writers())


def _without_avatars(found: list[Writer | None]) -> list[Writer | None]:
    """The same without the letters before each name that an avatar without a picture shows.

    'AAda', 'Ootter', 'AEAda Example': a name may begin so, but not nearly all of a thread.
    """
    names = [writer[1] for writer in found if writer]
    glued = sum(_avatar_letters(name) > 0 for name in names)
    if len(set(names)) < _FEWEST - 1 or glued < _COMMON * len(names):
        return found
    return [
        writer and (writer[0], writer[1][_avatar_letters(writer[1]) :].lstrip()) for writer in found
    ]


def _avatar_letters(name: str) -> int:
    """How many letters before a name are those it begins with: of its first word, or of two.

    >>> _avatar_letters("AAda"), _avatar_letters("AEAda Example"), _avatar_letters("Ada Example")
    (1, 2, 0)
    """
    folded = name.casefold()
    for letters in range(_INITIALS, 0, -1):
        rest = folded[letters:].strip()
        initials = "".join(word[0] for word in rest.split()[:letters])
        if len(rest) > 1 and initials.isalpha() and folded[:letters] == initials:
            return letters
    return 0


def _names(heads: Sequence[Head]) -> list[dict[int, str]]:
    """For each head what may be names, without the words that nearly all heads have."""
    candidates = [_candidates(head.lines) for head in heads]
    if len(heads) >= _FEWEST:
        common = _in_most(candidates, lambda name: _form(name).split())
        candidates = [
            {block: _stripped(name, common) for block, name in each.items()} for each in candidates
        ]
    return [{block: name for block, name in each.items() if _may_be(name)} for each in candidates]


def _candidates(lines: Mapping[int, str]) -> dict[int, str]:
    """The lines that may name somebody, without what stands beside names."""
    named, before = {}, ""
    for block, line in lines.items():
        text, label = " ".join(line.split()), label_of(line)
        if not label and before != "alone" and not is_answer(text):
            named[block] = noise_less(text)
        before = label
    return {block: name for block, name in named.items() if _has_letters(name)}


def _in_most(heads: Sequence[Mapping[int, str]], parts: Callable[[str], Iterable[str]]) -> set[str]:
    """What stands in nearly all heads."""
    counts: Counter[str] = Counter()
    for names in heads:
        counts.update({part for name in names.values() for part in parts(name)})
    return {part for part, count in counts.items() if count >= len(heads) * _COMMON}


@dataclass(frozen=True, eq=False)
class _Comparison:
    heads: Sequence[Head]
    names: Sequence[Mapping[int, str]]
    is_first: bool

    def writers(self) -> list[Writer | None]:
        """The names in the place that is most like one of names."""
        scores = {place: self._score(place) for place in self._places}
        best = max(scores.values(), default=0.0)
        if best <= 0:
            return [None] * len(self.heads)
        best_places = [place for place, score in scores.items() if score >= best * _NEARLY]
        first = min(best_places, key=lambda place: (_KINDS.index(place[0]), self._depth(place)))
        others = [place for place, score in scores.items() if score >= best / 2]
        others.sort(key=lambda place: -scores[place])
        known = {_form(self.names[number][block]) for number, block in self._places[first].items()}
        return [self._writer(number, first, others, known) for number in range(len(self.heads))]

    def _writer(
        self, number: int, first: Place, others: Iterable[Place], known: set[str]
    ) -> Writer | None:
        """The name in its place; else one known from other heads, or what is in another place.

        Where there is none, a word for a guest.
        """
        names = self.names[number]
        if (block := self._places[first].get(number)) is not None:
            return block, names[block]
        for block, name in names.items():
            if _form(name) in known:
                return block, name
        for place in others:
            if (block := self._places[place].get(number)) is not None:
                return block, names[block]
        lines = self.heads[number].lines.items()
        return next(((block, line.strip()) for block, line in lines if is_guest(line)), None)

    @cached_property
    def _places(self) -> dict[Place, dict[int, int]]:
        """Where candidates stand: for each place the number of the head and the block."""
        shared = self._shared()
        places: dict[Place, dict[int, int]] = {}
        for number, (head, names) in enumerate(zip(self.heads, self.names, strict=True)):
            initials = _initials(head.lines)
            own = [
                b for b, name in names.items() if _form(name) not in shared and b not in initials
            ]
            above = sum(block <= head.time for block in own)
            top = min(head.lines)
            for at, block in enumerate(own):
                for place in (
                    ("top", block - top),
                    ("time", block - head.time),
                    ("first", at),
                    ("last", at - above),
                ):
                    if abs(place[1]) <= _FARTHEST:
                        places.setdefault(place, {})[number] = block
        return places

    def _shared(self) -> set[str]:
        if len(self.heads) < _FEWEST:
            return set()
        shared = _in_most(self.names, lambda name: [_form(name)])
        others = any(_form(name) not in shared for each in self.names for name in each.values())
        return shared if others else set()

    def _depth(self, place: Place) -> float:
        """How far down in the heads a place is, in the mean."""
        blocks = self._places[place].items()
        tops = (block - min(self.heads[number].lines) for number, block in blocks)
        return sum(tops) / len(blocks)

    def _score(self, place: Place) -> float:
        """How much what stands in a place looks like names."""
        blocks = self._places[place]
        forms = Counter(_form(self.names[number][block]) for number, block in blocks.items())
        varied = (len(forms) - 1) / (len(blocks) - 1) if len(blocks) > 1 else len(self.heads) == 1
        varied = min(1.0, 2 * varied)
        score = _FIRST * len(blocks) if self.is_first and place == ("first", 0) else 0.0
        for number, block in blocks.items():
            name = self.names[number][block]
            score += _STANDS + _VARIED * varied
            score += _ECHO * (block in self._echoes[number])
            score += _SAID * is_said(self.heads[number].lines[block])
            score += _TIMED * (block == self.heads[number].time)
            score -= _UNLIKE * (_UNLIKELY.search(name) is not None)
        return score / len(self.heads)

    @cached_property
    def _echoes(self) -> list[set[int]]:
        """The blocks of what stands twice in a head, or under its own first letter."""
        echoes = []
        for head, names in zip(self.heads, self.names, strict=True):
            counts = Counter(map(_form, names.values()))
            under = {block + 1 for block in _initials(head.lines)}
            echoes.append({b for b, name in names.items() if b in under or counts[_form(name)] > 1})
        return echoes


def _initials(lines: Mapping[int, str]) -> set[int]:
    """The letters that stand where an avatar has no picture: the name comes next."""
    return {
        block
        for block, text in lines.items()
        if len(text.strip()) <= _INITIALS
        and (letter := text.strip()[:1]).isalpha()
        and lines.get(block + 1, "").strip()[:1].casefold() == letter.casefold()
    }


def _form(name: str) -> str:
    """A name as compared: counts are the same whatever their numbers."""
    return _NUMBERS.sub("0", name.casefold())


def _stripped(name: str, common: set[str]) -> str:
    """A name without the common words at its ends; whole where it has no other.

    A number at its end is part of it: 'otter 66'.
    """
    words = name.split()
    first, end = 0, len(words)
    while first < end and _form(words[first]) in common:
        first += 1
    while end > first and _form(words[end - 1]) in common and not words[end - 1].isdigit():
        end -= 1
    return noise_less(" ".join(words[first:end])) if first < end else name


def _may_be(name: str) -> bool:
    return is_short_name(name) and _has_letters(name)


def _has_letters(name: str) -> bool:
    letters = sum(map(str.isalpha, name))
    return letters > 1 or (letters == 1 and not name.isascii())
