"""Which rules speak for which lines: asked once for a whole page, of all stages' rules together.

Asking every rule of every line took two thirds of a page's time. Now RE2 runs
all patterns at once as an automaton (Cox, "Regular Expression Matching in the
Wild", 2010) and names the few rules that may match a line; those are then asked
as they are written. Phrases are looked up. What a line says is remembered, for
menus are the same on all pages of a site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cleaner.stages.line_filter import LineFilter
from cleaner.stages.phrases import (
    BULLET,
    BULLETS,
    phrase_key,
    phrase_keys,
    plain_lines,
)
from cleaner.stages.rules import LONGEST_WORD, Rule

Matches = dict[str, Mapping[str, str]]
"""For each rule that speaks for a line, by name, what its named groups read."""

_REMEMBERED = 1 << 14  # lines
_REMEMBERED_LENGTH = 200  # characters; longer lines seldom come again


class Matcher:
    """Asks some rules of lines. Structural and placed rules are not asked."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(r for r in rules if not r.is_structural and not r.is_placed)
        long = [at for at, rule in enumerate(self._rules) if rule.max_words > Rule.max_words]
        self._most_words = max((rule.max_words for rule in self._rules), default=0)
        self._short_filter = _filter(self._rules)
        self._long_filter = _filter([self._rules[at] for at in long])
        self._long = long
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
        found = {}
        lines = plain_lines(texts)
        for place, (line, key) in enumerate(zip(lines, phrase_keys(lines), strict=True)):
            matches = self._known.get(line)
            if matches is None:
                matches = self._ask(line, key)
                self._remember(line, matches)
            if matches:
                found[place] = matches
        return found

    def _ask(self, line: str, key: str) -> Matches:
        if line[:1] in BULLETS:
            line = BULLET.sub("", line)
        chosen = {*self._by_phrase.get(key, ()), *self._filtered(line)}
        if not chosen:
            return {}
        asked = ((self._rules[at], self._rules[at].match(line)) for at in sorted(chosen))
        return {rule.name: groups for rule, groups in asked if groups is not None}

    def _filtered(self, line: str) -> Sequence[int]:
        """The rules of which a pattern may match a line; mostly none."""
        if line.count(" ") < Rule.max_words:
            return self._short_filter.find(line)
        if len(line) > self._most_words * LONGEST_WORD:
            return ()
        return [self._long[at] for at in self._long_filter.find(line)]

    def _remember(self, line: str, matches: Matches) -> None:
        if len(line) <= _REMEMBERED_LENGTH:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[line] = matches


def _filter(rules: Sequence[Rule]) -> LineFilter:
    return LineFilter([rule.patterns for rule in rules])
