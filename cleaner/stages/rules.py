"""Rules: what a stage knows, kept as data beside it in ``rules.toml``.

A rule with ``phrases`` or ``patterns`` is asked of every line (see `matching`),
unless it is ``placed``: then the stage's code chooses the places where it is asked. A rule
without them is structural: the code carries it out, and the file holds its
weight, its reason and its documentation. Words that several patterns look for stand once, under
``[words]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from cleaner.document import CommentPart, Document, Mark, Role
from cleaner.errors import UsageError
from cleaner.stages.line_filter import LineFilter
from cleaner.stages.phrases import matchable, phrase_key
from cleaner.tables import parse_table

_LISTS = ("phrases", "patterns", "examples", "look_alikes")
_SHARES = ("beside_model", "beside_text_model")
_KEYS = {"id", "role", "weight", "why", "max_words", "placed", *_SHARES, *_LISTS}
LONGEST_WORD = 50
"""Letters of a word, at most; keeps the patterns off a line of megabytes without a space."""

_ALWAYS = {"id", "role", "weight", "why"}

SHORT_PAGE_SHARE = 0.5
"""Share of its weight by which every rule counts at least on a page that `is_short`."""


@dataclass(frozen=True, eq=False)
class Rule:
    """One rule of one stage.

    ``phrases`` are whole lines, compared without case and without the
    punctuation at their end; ``patterns`` are regular expressions searched
    without case. ``max_words`` keeps a rule off long lines. ``examples`` are
    lines it must mark, ``look_alikes`` lines it must leave alone. Of its weight
    the share ``beside_model`` counts where a model was asked: none for rules that
    guess from length and place what a model knows better. Beside the model of
    flattened text it is ``beside_text_model``, where that is given; a rule whose share is 0
    there is silent on short pages too.
    """

    stage: str
    id: str
    role: Role
    weight: float
    why: str
    max_words: int = 30
    is_placed: bool = False
    beside_model: float = 1.0
    beside_text_model: float | None = None
    phrases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    look_alikes: tuple[str, ...] = ()

    @cached_property
    def name(self) -> str:
        """The rule's name in settings and output: ``stage/id``."""
        return f"{self.stage}/{self.id}"

    def share_beside(self, model: str, least: float = 0.0) -> float:
        """The share of its weight that counts beside a model, ``text`` or ``html``.

        It is ``least`` at least, unless the rule is said to be silent beside the text model.
        """
        own = self.beside_text_model if model == "text" else None
        if own == 0:
            return 0.0
        return max(least, self.beside_model if own is None else own)

    @property
    def is_silent(self) -> bool:
        """Whether its marks would say nothing, so that none need be made."""
        return not self.weight

    @property
    def is_structural(self) -> bool:
        """Whether the stage's code carries the rule out, without looking at words."""
        return not self.phrases and not self.patterns

    @cached_property
    def _phrases(self) -> frozenset[str]:
        return frozenset(map(phrase_key, self.phrases))

    def match(self, text: str) -> dict[str, str] | None:
        """The named groups when the rule speaks for this line (often none), else None."""
        if len(text) > self.max_words * LONGEST_WORD:
            return None
        line = matchable(text)
        if line.count(" ") >= self.max_words:
            return None
        if self._phrases and phrase_key(line) in self._phrases:
            return {}
        patterns = self._likely(line) if self.is_placed else self.patterns
        return self.search(line, patterns) if patterns else None

    def _likely(self, line: str) -> Sequence[str]:
        """The patterns that may match; for rules that are not placed `Matcher` looks for them."""
        return [self.patterns[number] for number in sorted(self._filter.find(line))]

    @cached_property
    def _filter(self) -> LineFilter:
        return _filter_of(self.patterns)

    @staticmethod
    def search(line: str, patterns: Iterable[str]) -> dict[str, str] | None:
        """The named groups of the first match in a `matchable` line of any of these patterns.

        Of two that match at the same place the one that stands first counts, as if they
        were alternatives of one pattern.
        """
        first = None
        for pattern in patterns:
            match = _compiled(pattern).search(line)
            if match and (first is None or match.start() < first.start()):
                first = match
        if first is None:
            return None
        return {name: read for name, read in first.groupdict().items() if read}

    def mark(self, block: int, part: CommentPart | None = None, *, why: str = "") -> Mark:
        """The mark that this rule makes on a block."""
        return Mark(block, self.role, self.weight, self.stage, self.id, why or self.why, part)

    def instead_of(self, mark: Mark, part: CommentPart | None) -> Mark:
        """The mark that this rule makes in place of another; it weighs no less."""
        return replace(self.mark(mark.block, part), weight=max(self.weight, mark.weight))


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
    def _by_name(self) -> dict[str, Rule]:
        return {rule.name: rule for rule in self.rules}

    def weighed_for(self, document: Document) -> RuleBook:
        """The same rules with the weights that they have on this document.

        Where a model was asked a rule counts as far as it says beside one; on a
        page of few blocks at least by `SHORT_PAGE_SHARE`.
        """
        if document.chances is None:
            return self
        least = SHORT_PAGE_SHARE if document.is_short else 0.0
        return _weighed(self, document.chances.model, least)

    def line_marks(self, document: Document) -> Iterator[Mark]:
        """The marks of all phrase and pattern rules, block by block."""
        for block, found in document.matches.items():
            for name, groups in found.items():
                rule = self._by_name.get(name)
                if rule is not None and rule.weight:
                    part = CommentPart(None, tuple(groups.items())) if groups else None
                    yield rule.mark(block, part)


@cache
def _weighed(book: RuleBook, model: str, least: float) -> RuleBook:
    shares = ((rule, rule.share_beside(model, least)) for rule in book.rules)
    rules = (replace(rule, weight=rule.weight * share) for rule, share in shares)
    return RuleBook(book.stage, tuple(rules))


@cache
def load_rules(stage: str) -> RuleBook:
    """The rules in ``cleaner/stages/STAGE/rules.toml``."""
    path = Path(__file__).parent / stage / "rules.toml"
    return RuleBook(stage, parse_rules(path.read_text("utf-8"), stage, str(path)))


def parse_rules(text: str, stage: str, where: str) -> tuple[Rule, ...]:
    """The ``[[rule]]`` tables of a TOML text. Raises `UsageError` naming what is wrong."""
    try:
        table = parse_table(text)
    except ValueError as error:
        raise UsageError(f"{where}: {error}") from error
    tables = table.get("rule", [])
    if not isinstance(tables, list) or not all(isinstance(rule, dict) for rule in tables):
        raise UsageError(f"{where}: rules are written as [[rule]] tables")
    words = table.get("words", {})
    return tuple(parse_rule(with_words(rule, words), stage, where) for rule in tables)


Words = Mapping[str, Sequence[str]]


def with_words(table: dict[str, Any], words: Words) -> dict[str, Any]:
    """A ``[[rule]]`` table whose patterns and phrases have words in place of the words' name.

    >>> words = {"answer": ["reply", "antworten"]}
    >>> with_words({"phrases": ["%answer%", "quote"], "patterns": ["^%answer%s?$"]}, words)
    {'phrases': ['reply', 'antworten', 'quote'], 'patterns': ['^(reply|antworten)s?$']}
    """
    if not words:
        return table
    phrases = [phrase for each in table.get("phrases", ()) for phrase in _named(each, words)]
    patterns = [_pattern_with(words, pattern) for pattern in table.get("patterns", ())]
    return table | {"phrases": phrases, "patterns": patterns}


_NAMED = re.compile(r"%(\w+)%")


def _named(phrase: str, words: Words) -> Sequence[str]:
    name = _NAMED.fullmatch(phrase)
    return words[name[1]] if name and name[1] in words else (phrase,)


def _pattern_with(words: Words, pattern: str) -> str:
    return _NAMED.sub(
        lambda name: f"({'|'.join(words[name[1]])})" if name[1] in words else name[0], pattern
    )


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
        return _rule(table, stage)
    except (ValueError, TypeError) as error:
        raise UsageError(f"{where}: {error}") from error


@cache
def _filter_of(patterns: tuple[str, ...]) -> LineFilter:
    return LineFilter(patterns)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def check_patterns(rules: Iterable[Rule], where: str) -> None:
    """Raise `UsageError` naming the rule when a pattern is none.

    Asked of what a user wrote. The package's own are asked by the tests: compiling all
    patterns takes 90 ms, and most are never needed.
    """
    for rule in rules:
        for pattern in rule.patterns:
            try:
                re.compile(pattern)
            except re.error as error:
                raise UsageError(f"{where}: rule {rule.id!r}: {error}") from error


def _number(table: dict[str, Any], key: str, default: float | None = None) -> float:
    value: Any = table.get(key, default)
    try:
        return float(value)
    except (ValueError, TypeError) as error:
        raise ValueError(f"{key!r} must be a number, not {value!r}") from error


def _role(table: dict[str, Any]) -> Role:
    if table["role"] not in tuple(Role):
        raise ValueError(f"no role {table['role']!r}; the {len(Role)} are {', '.join(Role)}")
    return Role(table["role"])


def _rule(table: dict[str, Any], stage: str) -> Rule:
    phrases, patterns, examples, look_alikes = (
        tuple(map(str, table.get(key, []))) for key in _LISTS
    )
    return Rule(
        stage=stage,
        id=str(table["id"]),
        role=_role(table),
        weight=_number(table, "weight"),
        why=str(table["why"]),
        max_words=int(_number(table, "max_words", Rule.max_words)),
        is_placed=bool(table.get("placed", False)),
        beside_model=_number(table, "beside_model", Rule.beside_model),
        beside_text_model=_number(table, _SHARES[1]) if _SHARES[1] in table else None,
        phrases=phrases,
        patterns=patterns,
        examples=examples,
        look_alikes=look_alikes,
    )
