"""The filter in front of the rules never hides a line that a rule speaks for."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.document import Role
from cleaner.pipeline import STAGES
from cleaner.re2_patterns import loosened
from cleaner.settings import Settings
from cleaner.stages.line_filter import LineFilter
from cleaner.stages.matching import Matcher
from cleaner.stages.phrases import matchable
from cleaner.stages.rules import Rule

RULES = [rule for stage in STAGES for rule in stage.rules(Settings()) if not rule.is_placed]
MATCHER = Matcher(RULES)
WORDS = sorted({word for rule in RULES for text in rule.examples for word in text.split()})
LINES = st.lists(st.sampled_from(WORDS) | st.text(max_size=6), min_size=1, max_size=12)


def a_rule(*patterns: str, max_words: int = 30) -> Rule:
    return Rule("s", "r", Role.FORM, 1.0, "", max_words=max_words, patterns=patterns)


@given(LINES)
def test_matcher_finds_what_the_rules_find(words: list[str]) -> None:
    line = " ".join(words)
    asked = {rule.name: rule.match(line) for rule in RULES if not rule.is_structural}
    expected = {name: groups for name, groups in asked.items() if groups is not None}
    assert MATCHER.find([line]).get(0, {}) == expected


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (r"^\w+ \d+$", "Übung ٣"),
        (r"[\w-]+@", "jürgen@"),
        (r"^[^\w]+$", "§§"),
        (r"\bby (?!the)\w", "by Ada"),
        (r"(?<=\d) years?\b", "3 years"),
        (r"^a{,3}b$", "aab"),
        (r"^a{2,3}b{0,60}?$", "aab"),
        (r"^(\w)\1$", "oo"),
        (r"^\S+\s\D\W$", "é ü»"),
        (r"^[]x]+$", "]x"),
        (r"(?P<year>\d{4})", "in 1911"),
        (r"straße", "STRAßE"),
        (r"^(?:a|b(?=[)]))\)", "b)"),
        (r"[^]]\w", "xé"),
        (r"^\d [^\W\d]{3,}$", "5 février"),
        (r"^[^\D1]+$", "٣"),
        (r"^a[^\S\n]b$", "a b"),
        (r"\u00e9t\xe9", "été"),
    ],
)
def test_what_a_pattern_matches_passes_the_filter(pattern: str, line: str) -> None:
    assert re.search(pattern, line, re.IGNORECASE)
    assert LineFilter(["nothing", pattern]).find(line) == [1]


def test_a_long_count_passes_lines_of_any_length():
    counted = LineFilter([r"^by .{0,80}$", r"^on \w{2,3}$"])
    assert counted.find("by " + "a" * 200) == [0]
    assert counted.find("on abcd") == []


def test_a_pattern_that_re2_cannot_read_is_asked_of_every_line() -> None:
    both = LineFilter([r"^(\w)\1$", "word"])
    assert both.find("anything") == [0]
    assert sorted(both.find("word")) == [0, 1]


@pytest.mark.parametrize("pattern", ["[", "(", "a)", "(?=", "[^"])
def test_loosening_ends_on_broken_patterns(pattern: str) -> None:
    assert isinstance(loosened(pattern), str)


PLACED = [rule for stage in STAGES for rule in stage.rules(Settings()) if rule.is_placed]


@given(LINES | st.sampled_from([text for rule in PLACED for text in rule.examples]).map(str.split))
def test_a_placed_rule_matches_as_its_patterns_do(words: list[str]) -> None:
    line = matchable(" ".join(words))
    for rule in (rule for rule in PLACED if not rule.phrases and line.count(" ") < rule.max_words):
        assert rule.match(line) == Rule.search(line, rule.patterns)


def test_a_long_line_is_asked_only_by_rules_for_long_lines() -> None:
    line = "log in " + "word " * 40
    assert Matcher([a_rule("log in")]).find([line]) == {}
    assert Matcher([a_rule("log in", max_words=80)]).find([line]) == {0: {"s/r": {}}}


def test_lines_with_nul_or_half_a_surrogate_pair_are_asked_too() -> None:
    rule = a_rule("^log in")
    assert Matcher([rule]).find(["a\x00b", "log in \ud800", "log in"]) == {
        1: {"s/r": {}},
        2: {"s/r": {}},
    }
