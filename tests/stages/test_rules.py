"""Every rule marks its examples and leaves its look-alikes alone."""

from __future__ import annotations

import re
import time

import pytest

from cleaner.document import Role
from cleaner.errors import UsageError
from cleaner.pipeline import STAGES
from cleaner.settings import Settings
from cleaner.stages.matching import Matcher
from cleaner.stages.rules import Rule, check_patterns, parse_rules

RULES = [rule for stage in STAGES for rule in stage.rules(Settings())]
EXAMPLES = [(rule, text) for rule in RULES for text in rule.examples]
MATCHER = Matcher(RULES)
LOOK_ALIKES = [(rule, text) for rule in RULES for text in rule.look_alikes]


def name(value: object) -> str:
    return value.name if isinstance(value, Rule) else str(value)[:40]


@pytest.mark.parametrize(("rule", "text"), EXAMPLES, ids=name)
def test_rule_marks_its_example(rule: Rule, text: str) -> None:
    assert rule.match(text) is not None


@pytest.mark.parametrize(("rule", "text"), LOOK_ALIKES, ids=name)
def test_rule_leaves_its_look_alike(rule: Rule, text: str) -> None:
    assert rule.match(text) is None


def test_rules_have_unique_names() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("rule", [rule for rule in RULES if not rule.is_structural], ids=name)
def test_line_rule_has_examples_and_look_alikes(rule: Rule) -> None:
    assert rule.examples
    assert rule.look_alikes or not rule.patterns


@pytest.mark.parametrize("rule", RULES, ids=name)
def test_rule_says_why_and_weighs_something(rule: Rule) -> None:
    assert rule.why
    assert 0 < rule.weight <= 8


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[rule]\n", "sites.toml"),
        ("[[rule]]\nid = 'a'\nrole = 'form'\nweight = 1\n", "lacks ['why']"),
        (
            "[[rule]]\nid = 'a'\nrole = 'foo'\nweight = 1\nwhy = 'b'\n",
            "no role 'foo'; the 17 are headline,",
        ),
        (
            "[[rule]]\nid = 'a'\nrole = 'form'\nweight = 1\nwhy = 'b'\nwords = 3\n",
            "unknown keys ['words']",
        ),
        (
            "[[rule]]\nid = 'a'\nrole = 'form'\nweight = 'heavy'\nwhy = 'b'\n",
            "'weight' must be a number, not 'heavy'",
        ),
        *(
            (
                f"[[rule]]\nid = 'a'\nrole = 'form'\nweight = 1\nwhy = 'b'\n{key} = []\n",
                f"rule 'a': '{key}' must be a number, not []",
            )
            for key in ("max_words", "beside_model", "beside_text_model")
        ),
        ("[[rule]]\nid = 'a'\nrole = 'form'\nweight = 1\nwhy = 'b'\nphrases = 'one'\n", "phrases"),
        ("rule = 3\n", "[[rule]] tables"),
    ],
)
def test_broken_rule_is_named(text: str, complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_rules(text, "adverts", "sites.toml")
    assert complaint in str(caught.value)
    assert "sites.toml" in str(caught.value)


def test_broken_pattern_is_named() -> None:
    rule = Rule("adverts", "a", Role.FORM, 1.0, "b", patterns=("(",))
    with pytest.raises(UsageError, match=r"sites\.toml: rule 'a': missing"):
        check_patterns([rule], "sites.toml")


def test_patterns_of_the_package_are_sound() -> None:
    check_patterns(RULES, "the package")


def test_named_words_all_have_words() -> None:
    left = [text for rule in RULES for text in (*rule.phrases, *rule.patterns) if "%" in text]
    assert not [text for text in left if re.search(r"%\w+%", text)]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.patterns], ids=name)
def test_patterns_take_no_time_on_hostile_lines(rule: Rule) -> None:
    lines = [start + run * 25 + " !" for start in ("", "Articles, ", "by ", "1 ") for run in RUNS]
    begin = time.process_time()
    for line in lines:
        rule.match(line)
    assert time.process_time() - begin < 0.5


RUNS = ("a", "a ", "1", "1,", ", a", "é", "- ", "a-", "\u4e00", "A.", "(", "'s ")


@pytest.mark.parametrize(("rule", "text"), EXAMPLES, ids=name)
def test_matcher_asks_the_rule_of_its_example(rule: Rule, text: str) -> None:
    if not rule.is_placed:  # placed rules are asked by the stage's code
        assert rule.name in MATCHER.find([text])[0]


@pytest.mark.parametrize(("rule", "text"), LOOK_ALIKES, ids=name)
def test_matcher_does_not_find_a_look_alike(rule: Rule, text: str) -> None:
    assert rule.name not in MATCHER.find([text]).get(0, {})
