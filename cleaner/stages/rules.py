"""Rules: what a stage knows, kept as data beside it in ``rules.toml``.

A rule with ``phrases`` or ``patterns`` is looked up on every line, unless it is
``placed``: then the stage's code chooses the places where it is asked. A rule
without them is structural: the code carries it out, and the file holds its
weight, its reason and its documentation.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import resources
from typing import Any

from cleaner.document import Block, CommentPart, Mark, Role
from cleaner.errors import UsageError

_QUOTES = str.maketrans("’‘“”ʼ", "''\"\"'")
_BULLET = re.compile(r"^[•‣◦·*»›>–—-]+ +")
_LISTS = ("phrases", "patterns", "examples", "look_alikes")
_SHARES = ("beside_model", "beside_text_model")
_KEYS = {"id", "role", "weight", "why", "max_words", "placed", *_SHARES, *_LISTS}
_LONGEST_WORD = 50  # letters; keeps the patterns off a line of megabytes without a space
_ALWAYS = {"id", "role", "weight", "why"}


@lru_cache(maxsize=4096)
def matchable(text: str) -> str:
    """The text as rules see it: single spaces, straight quotes, no bullet in front.

    >>> matchable("  • Don’t  miss ")
    "Don't miss"
    """
    return _BULLET.sub("", " ".join(text.split()).translate(_QUOTES))


@dataclass(frozen=True)
class Rule:
    """One rule of one stage.

    ``phrases`` are whole lines, compared without case and without the
    punctuation at their end; ``patterns`` are regular expressions searched
    without case. ``max_words`` keeps a rule off long lines. ``examples`` are
    lines it must mark, ``look_alikes`` lines it must leave alone. Of its weight
    the share ``beside_model`` counts where a model was asked: none for rules that
    guess from length and place what a model knows better. Beside the model of
    flattened text it is ``beside_text_model``, where that is given.
    """

    stage: str
    id: str
    role: Role
    weight: float
    why: str
    max_words: int = 30
    placed: bool = False
    beside_model: float = 1.0
    beside_text_model: float | None = None
    phrases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The rule's name in settings and output: ``stage/id``."""
        return f"{self.stage}/{self.id}"

    def share_beside(self, model: str) -> float:
        """The share of its weight that counts beside a model, ``text`` or ``html``."""
        own = self.beside_text_model if model == "text" else None
        return self.beside_model if own is None else own

    @property
    def is_structural(self) -> bool:
        """Whether the stage's code carries the rule out, without looking at words."""
        return not self.phrases and not self.patterns

    @cached_property
    def _pattern(self) -> re.Pattern[str] | None:
        return re.compile("|".join(self.patterns), re.IGNORECASE) if self.patterns else None

    @cached_property
    def _phrases(self) -> frozenset[str]:
        return frozenset(map(phrase_key, self.phrases))

    def match(self, text: str) -> dict[str, str] | None:
        """The named groups when the rule speaks for this line (often none), else None."""
        if len(text) > self.max_words * _LONGEST_WORD:
            return None
        line = matchable(text)
        if line.count(" ") >= self.max_words:
            return None
        if self._phrases and phrase_key(line) in self._phrases:
            return {}
        found = self._pattern.search(line) if self._pattern else None
        return {key: value for key, value in found.groupdict().items() if value} if found else None

    def mark(self, block: int, part: CommentPart | None = None, *, why: str = "") -> Mark:
        """The mark that this rule makes on a block."""
        return Mark(block, self.role, self.weight, self.stage, self.id, why or self.why, part)


@lru_cache(maxsize=16384)
def phrase_key(line: str) -> str:
    """A line as phrases are compared: casefolded, without punctuation and arrows at its ends.

    >>> phrase_key("Read more »")
    'read more'
    """
    return matchable(line).casefold().strip(" .:!?…»«›‹>→←↓↑▸▾×+|-–—*()[]\"'")


@dataclass(frozen=True)
class RuleBook:
    """The rules of one stage, in the order of its file."""

    stage: str
    rules: tuple[Rule, ...] = field(default=())

    def __getitem__(self, rule_id: str) -> Rule:
        return self._by_id[rule_id]

    @cached_property
    def _by_id(self) -> dict[str, Rule]:
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def _line_rules(self) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rules if not rule.is_structural and not rule.placed)

    def line_marks(self, blocks: Iterable[Block]) -> Iterator[Mark]:
        """The marks of all phrase and pattern rules, block by block."""
        found: dict[str, list[tuple[Rule, CommentPart | None]]] = {}
        for block in blocks:
            if block.text not in found:
                found[block.text] = list(self._matches(block.text))
            for rule, part in found[block.text]:
                yield rule.mark(block.index, part)

    def _matches(self, text: str) -> Iterator[tuple[Rule, CommentPart | None]]:
        if not self._may_match(text):
            return
        for rule in self._line_rules:
            fields = rule.match(text)
            if fields is not None:
                yield rule, CommentPart(None, tuple(fields.items())) if fields else None

    def _may_match(self, text: str) -> bool:
        """Whether some rule may speak for a line: most lines are done after two looks.

        Asking every rule of every line took two thirds of the time of a page.
        """
        line = matchable(text) if len(text) <= self._short[0] * _LONGEST_WORD else ""
        is_short = line.count(" ") < Rule.max_words
        _, anchored, floating = self._short if is_short else self._long
        return (
            (is_short and phrase_key(line) in self._all_phrases)
            or anchored.match(line) is not None
            or floating.search(line) is not None
        )

    @cached_property
    def _all_phrases(self) -> frozenset[str]:
        return frozenset(map(phrase_key, (p for rule in self._line_rules for p in rule.phrases)))

    @cached_property
    def _short(self) -> tuple[int, re.Pattern[str], re.Pattern[str]]:
        return _looks(self._line_rules)

    @cached_property
    def _long(self) -> tuple[int, re.Pattern[str], re.Pattern[str]]:
        return _looks([rule for rule in self._line_rules if rule.max_words > Rule.max_words])


def _looks(rules: Sequence[Rule]) -> tuple[int, re.Pattern[str], re.Pattern[str]]:
    """The most words of the rules, what finds all their patterns at a line's start, and inside."""
    patterns = [pattern for rule in rules for pattern in rule.patterns]
    anchored = _any_of(pattern for pattern in patterns if pattern.startswith("^"))
    floating = _any_of(pattern for pattern in patterns if not pattern.startswith("^"))
    return max((rule.max_words for rule in rules), default=0), anchored, floating


_GROUP_NAME = re.compile(r"\(\?P<\w+>")


def _any_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that finds what any of these finds; without patterns it finds nothing."""
    unnamed = [_GROUP_NAME.sub("(?:", pattern) for pattern in patterns]
    return re.compile("|".join(f"(?:{p})" for p in unnamed) or r"(?!)", re.IGNORECASE)


@cache
def load_rules(stage: str) -> RuleBook:
    """The rules in ``cleaner/stages/STAGE/rules.toml``."""
    path = resources.files(f"cleaner.stages.{stage}") / "rules.toml"
    return RuleBook(stage, parse_rules(path.read_text("utf-8"), stage, str(path)))


def parse_rules(text: str, stage: str, where: str) -> tuple[Rule, ...]:
    """The ``[[rule]]`` tables of a TOML text. Raises `UsageError` naming what is wrong."""
    try:
        tables = tomllib.loads(text).get("rule", [])
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{where}: {error}") from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{where}: rules are written as [[rule]] tables")
    return tuple(parse_rule(table, stage, where) for table in tables)


def parse_rule(table: dict[str, Any], stage: str, where: str) -> Rule:
    """One ``[[rule]]`` table. Raises `UsageError` naming the rule and what is wrong."""
    where = f"{where}: rule {table.get('id', '(without id)')!r}"
    if missing := _ALWAYS - set(table):
        raise UsageError(f"{where} lacks {sorted(missing)}")
    if unknown := set(table) - _KEYS:
        raise UsageError(f"{where} has unknown keys {sorted(unknown)}; there are {sorted(_KEYS)}")
    for key in _LISTS:
        if not isinstance(table.get(key, []), list):
            raise UsageError(f"{where}: {key!r} must be a list")
    try:
        rule = _rule(table, stage)
        re.compile("|".join(rule.patterns))
    except (ValueError, TypeError, re.error) as error:
        raise UsageError(f"{where}: {error}") from error
    return rule


def _rule(table: dict[str, Any], stage: str) -> Rule:
    phrases, patterns, examples, look_alikes = (
        tuple(map(str, table.get(key, []))) for key in _LISTS
    )
    return Rule(
        stage=stage,
        id=str(table["id"]),
        role=Role(table["role"]),
        weight=float(table["weight"]),
        why=str(table["why"]),
        max_words=int(table.get("max_words", Rule.max_words)),
        placed=bool(table.get("placed", False)),
        beside_model=float(table.get("beside_model", Rule.beside_model)),
        beside_text_model=float(table[_SHARES[1]]) if _SHARES[1] in table else None,
        phrases=phrases,
        patterns=patterns,
        examples=examples,
        look_alikes=look_alikes,
    )
