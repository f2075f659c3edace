"""Which rules speak for which lines: asked once for a whole page, of all stages' rules together.

Asking every rule of every line took two thirds of a page's time. Now RE2 runs
all patterns at once as an automaton (Cox, "Regular Expression Matching in the
Wild", 2010) and names the few rules that may match a line; those are then asked
as they are written. Phrases are looked up. What a line says is remembered, for
menus are the same on all pages of a site.

Some rules mean something only on a page where another speaks; they wait for that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from cleaner.stages.line_filter import LineFilter
from cleaner.stages.phrases import (
    BULLET,
    BULLETS,
    matchable,
    phrase_key,
    phrase_keys,
    plain_lines,
)
from cleaner.stages.rules import LONGEST_WORD, Rule

Matches = dict[str, Mapping[str, str]]
"""For each rule that speaks for a line, by name, what its named groups read."""

Waiting = tuple[frozenset[str], tuple[Rule, ...]]
"""Names of rules, and the rules that wait for one of these to speak."""

_REMEMBERED = 1 << 14  # lines
_REMEMBERED_LENGTH = 200  # characters; longer lines seldom come again
_UNKNOWN: Matches = {"": {}}
_NO_MATCHES: Matches = {}
_NONE: Mapping[int, Sequence[str]] = {}


class Matcher:
    """Asks some rules of lines. Structural and placed rules are not asked.

    ``waiting`` are rules that are asked only of pages where one of the rules of the
    names before them speaks for some line.
    """

    def __init__(self, rules: Iterable[Rule], waiting: Iterable[Waiting] = ()) -> None:
        self._rules = tuple(r for r in rules if not r.is_structural and not r.is_placed)
        self._waiting = tuple(waiting)
        self._most_words = max((rule.max_words for rule in self._rules), default=0)
        numbered = list(enumerate(self._rules))
        long = [(at, rule) for at, rule in numbered if rule.max_words > Rule.max_words]
        self._short = _Patterns(numbered)
        self._long = _Patterns(long)
        self._by_phrase: dict[str, list[int]] = {}
        for at, rule in enumerate(self._rules):
            for phrase in rule.phrases:
                self._by_phrase.setdefault(phrase_key(phrase), []).append(at)
        self._known: dict[str, Matches] = {}

    def find(self, texts: Sequence[str]) -> dict[int, Matches]:
        """For each line that some rule speaks for, by its place, what was found.

        >>> from cleaner.document import Role
        >>> rule = Rule("s", "r", Role.FORM, 1.0, "", patterns=(r"^log (?P<way>in|out)$",))
        >>> Matcher([rule]).find(["A line", "Log in"])
        {1: {'s/r': {'way': 'in'}}}
        """
        lines = plain_lines(texts)
        said = self._asked(lines)
        found = {place: matches for place, line in enumerate(lines) if (matches := said[line])}
        spoken = set(chain.from_iterable(found.values()))
        for names, rules in self._waiting:
            if not names.isdisjoint(spoken):
                found = _united(found, _matcher_of(rules).find(texts))
        return found

    def _asked(self, lines: Sequence[str]) -> Mapping[str, Matches]:
        """For each different line what was found in it, now or before."""
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        said = {line: self._known.get(line, _UNKNOWN) for line in lines}
        unknown = [line for line, found in said.items() if found is _UNKNOWN]
        for line, key in zip(unknown, phrase_keys(unknown), strict=True):
            said[line] = self._ask(line, key)
        menus = [line for line in unknown if len(line) <= _REMEMBERED_LENGTH]
        self._known.update((line, said[line]) for line in menus[:_REMEMBERED])
        return said

    def _ask(self, line: str, key: str) -> Matches:
        if line[:1] in BULLETS:
            line = BULLET.sub("", line)
        spaces = line.count(" ")
        patterns = self._filtered(line, spaces)
        said = self._by_phrase.get(key)
        if patterns or said:
            return self._found(line, spaces, said or (), patterns)
        return _NO_MATCHES

    def _found(
        self, line: str, spaces: int, said: Sequence[int], patterns: Mapping[int, Sequence[str]]
    ) -> Matches:
        """What the rules find whose phrase a line is, and those whose patterns may match it."""
        line = matchable(line) if line[:1] in BULLETS else line
        found: Matches = {}
        for at in sorted({*said, *patterns}):
            rule = self._rules[at]
            if spaces < rule.max_words and len(line) <= rule.max_words * LONGEST_WORD:
                groups = {} if at in said else rule.search(line, patterns[at])
                if groups is not None:
                    found[rule.name] = groups
        return found

    def _filtered(self, line: str, spaces: int) -> Mapping[int, Sequence[str]]:
        """By rule the patterns that may match a line; mostly none."""
        if spaces < Rule.max_words:
            return self._short.find(line)
        if len(line) > self._most_words * LONGEST_WORD:
            return {}
        return self._long.find(line)


@lru_cache(maxsize=64)
def _matcher_of(rules: tuple[Rule, ...]) -> Matcher:
    return Matcher(rules)


def _united(one: dict[int, Matches], other: dict[int, Matches]) -> dict[int, Matches]:
    """What both found, in the order of the lines."""
    return {place: one.get(place, {}) | other.get(place, {}) for place in sorted({*one, *other})}


class _Patterns:
    """The patterns of some rules, each given with its place."""

    def __init__(self, rules: Iterable[tuple[int, Rule]]) -> None:
        self._owned = [(at, pattern) for at, rule in rules for pattern in rule.patterns]
        self._filter = LineFilter([pattern for _, pattern in self._owned])

    def find(self, line: str) -> Mapping[int, Sequence[str]]:
        """The patterns that may match a line, in their order, by the place of their rule."""
        numbers = self._filter.find(line)
        if not numbers:
            return _NONE
        found: dict[int, list[str]] = {}
        for number in sorted(numbers):
            at, pattern = self._owned[number]
            found.setdefault(at, []).append(pattern)
        return found
