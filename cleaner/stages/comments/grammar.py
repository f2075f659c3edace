"""A comment system's grammar, read from one TOML file.

A thread is a sequence of items. One line marks each item: above its text
(``item = "header"``) or under it (``item = "footer"``). What the other lines of
a thread mean is said by ``[[line]]`` tables, each a rule with a kind:

- ``item``: the line that marks an item;
- ``start``, ``end``: lines that may stand first or last in an item;
- ``above``: lines over an item line that belong to its item: rank, counts, a title;
- ``top``: the first of the lines over an item line, as an avatar's letter: with it the item
  begins, and nothing between the two is text, though no other rule knows it (a badge);
- ``name``: the writer's name on a line of its own (a rule without patterns); the
  file's ``name_at`` says where: ``above`` those lines, ``below`` the item line, or
  ``first`` in the item;
- ``rest``: a line from which everything in its item is no text, as a signature's rule;
- ``open``, ``close``: lines just before and just after a thread;
- ``text``: what everything else in an item is (a rule without patterns);
- ``opening``: present only where the first item is the page's own opening post
  (forums): what that post's text is.

Where item lines alone say little, the file's ``needs`` names a kind of line that must stand
just below most of them. ``under_piece`` says that comments of the system stand under a piece:
what looks like them on a page without one is a discussion, and its first item the opening post.

Named groups fill the comment's fields: author, date_text, votes, up, down, answers (whom
it answers); and ``stated``, the number of comments the page states. ``[[rule]]`` tables are
further line rules of the site, asked on pages of one of its ``hosts`` and where
a thread with its grammar was found. The id of a rule is none of the kinds above.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cleaner.document import Document
from cleaner.errors import UsageError
from cleaner.settings import SiteFile
from cleaner.stages.rules import Rule, parse_rule
from cleaner.tables import parse_table

KINDS = (
    "item",
    "start",
    "end",
    "above",
    "top",
    "name",
    "rest",
    "open",
    "close",
    "text",
    "opening",
)
_STRUCTURAL = ("text", "opening", "name")
_NAME_PLACES = ("", "above", "below", "first")
OPENING_POST = ":opening"
"""How the rule of an opening post's text ends, in every system."""

BUTTONS = ":buttons"
"""How the rule of the buttons under a post ends, in every system."""

REPLY = "markup:reply"
"""The rule of a reply's text where the markup shows a discussion."""

UNNAMED = ("repeated:", "markup:")
"""How rules of threads begin that no system names: of what kind their page is the model knows."""

FIELDS = ("author", "date_text", "votes", "up", "down", "answers", "stated")
"""What a named group may read; ``stated`` is of the page, all else of a comment."""

VOTE_FIELDS = ("votes", "up", "down")
"""The fields that the rules of any system may read from a line, whatever its own are."""

_OUTER = ("item", "open", "close")
_KEYS = {"name", "hosts", "languages", "item", "name_at", "needs", "under_piece", "line", "rule"}
_SYNONYMS = {
    "writer": "author",
    "written": "date_text",
    "count": "stated",
    "on": "stated",
    "ja": "stated",
    "zh": "stated",
}
_HOST = re.compile(r"[^\s/:*?#@.]+(\.[^\s/:*?#@.]+)*")


@dataclass(frozen=True)
class System:
    """One comment system or site: where it is found, and what its lines mean."""

    slug: str
    name: str
    hosts: tuple[str, ...]
    languages: tuple[str, ...]
    item: str
    lines: tuple[tuple[str, Rule], ...]
    rules: tuple[Rule, ...]
    name_at: str = ""
    needs: str = ""
    under_piece: bool = False

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Rule, ...]]:
        return {kind: tuple(rule for k, rule in self.lines if k == kind) for kind in KINDS}

    @cached_property
    def _names_of_kinds(self) -> dict[str, frozenset[str]]:
        return {kind: frozenset(rule.name for rule in self._by_kind[kind]) for kind in KINDS}

    @property
    def all_rules(self) -> tuple[Rule, ...]:
        """The rules of its lines, then those of its site."""
        return (*(rule for _, rule in self.lines), *self.rules)

    @cached_property
    def item_names(self) -> frozenset[str]:
        """The names of the rules of its item lines, without which it has no thread on a page."""
        return self._names_of_kinds["item"]

    @cached_property
    def inner_rules(self) -> tuple[Rule, ...]:
        """The rules of lines that mean something in its threads alone.

        Lines that open or close a thread speak without one, and votes are read from any line.
        """
        return tuple(
            rule for kind, rule in self.lines if kind not in _OUTER and not _reads_votes(rule)
        )

    def of_kind(self, kind: str) -> tuple[Rule, ...]:
        """The line rules of one kind; often none."""
        return self._by_kind[kind]

    def match(
        self, kind: str, document: Document, block: int
    ) -> tuple[Rule, tuple[tuple[str, str], ...]] | None:
        """The first rule of this kind that speaks for a block, with the fields it reads."""
        found = document.matches.get(block)
        if found is None:
            return None
        for rule in self._by_kind[kind]:
            if rule.name in found:
                return rule, named_fields(found[rule.name])
        return None

    def says(self, kind: str, spoken: frozenset[str]) -> bool:
        """Whether a rule of this kind is among those that speak for some line of a page."""
        return not spoken.isdisjoint(self._names_of_kinds[kind])

    def blocks(self, kind: str, document: Document) -> list[int]:
        """The blocks for which a rule of this kind speaks, in page order."""
        names = self._names_of_kinds[kind]
        return [i for i, found in document.matches.items() if not names.isdisjoint(found)]

    def serves(self, host: str) -> bool:
        """Whether one of `hosts` is this host or the domain it lies in."""
        return any(host == known or host.endswith("." + known) for known in self.hosts)


def _reads_votes(rule: Rule) -> bool:
    return any(f"(?P<{name}>" in pattern for pattern in rule.patterns for name in VOTE_FIELDS)


def spoken_in(document: Document) -> frozenset[str]:
    """The rules that speak for any line of a page, by name; most systems have none of them."""
    return frozenset(chain.from_iterable(document.matches.values()))


def field_of(name: str) -> str:
    """The field that a named group fills, be it none of `FIELDS`.

    A pattern cannot use one name twice, so some fields have synonyms.

    >>> field_of("author"), field_of("writer")
    ('author', 'author')
    """
    return _SYNONYMS.get(name, name)


def named_fields(groups: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Named groups as fields."""
    return tuple((field_of(name), value.strip()) for name, value in groups.items())


def opens_discussion(rule: str) -> bool:
    """Whether the rule of this name says that its page is a discussion.

    >>> opens_discussion("phpbb:opening"), opens_discussion("my-markup:reply")
    (True, False)
    """
    return rule == REPLY or rule.endswith(OPENING_POST)


def systems_for(url: str, sites: tuple[SiteFile, ...]) -> tuple[System, ...]:
    """The systems to try on a page: those that name its host, else all, the user's own first."""
    systems = all_systems(sites)
    host = host_of(url)
    named = tuple(system for system in systems if host and system.serves(host))
    return named or systems


def host_of(url: str) -> str:
    """The host of a URL in lower case; empty when there is none.

    >>> host_of("https://www.Example.org:80/a"), host_of("not a url")
    ('www.example.org', '')
    """
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


@lru_cache(maxsize=64)
def all_systems(sites: tuple[SiteFile, ...]) -> tuple[System, ...]:
    """The user's own systems, then those of the package, less those that the user's replace.

    A user's file replaces the package's of the same name.
    """
    own = user_systems(sites)
    replaced = {system.slug for system in own}
    return (*own, *(system for system in shipped_systems() if system.slug not in replaced))


@cache
def shipped_systems() -> tuple[System, ...]:
    """The systems that come with the package, by file name."""
    files = sorted((Path(__file__).parent / "systems").glob("*.toml"))
    return tuple(parse_system(SiteFile(file.name, file.read_text("utf-8"))) for file in files)


@lru_cache(maxsize=64)
def user_systems(sites: tuple[SiteFile, ...]) -> tuple[System, ...]:
    """The user's own systems. Raises `UsageError` naming file, table and what is wrong."""
    systems = tuple(map(parse_system, sites))
    for site, system in zip(sites, systems, strict=True):
        from cleaner.stages.comments.own_files import check_own  # few have files of their own

        check_own(system, _where(site))
    return systems


def parse_system(site: SiteFile) -> System:
    """One system from its TOML text. Raises `UsageError` naming what is wrong."""
    where = _where(site)
    try:
        table = parse_table(site.text)
    except ValueError as error:
        raise UsageError(f"{where}: {error}") from error
    _check_keys(table, where)
    slug = site.name.removesuffix(".toml")
    if f"{slug}:" in UNNAMED:
        raise UsageError(f"{where}: {slug!r} is how threads without a file are called; rename it")
    lines = tuple(_line(line, slug, where) for line in table.get("line", []))
    rules = tuple(_rule(rule, slug, where) for rule in table.get("rule", []))
    _check_lines(lines, where)
    hosts = tuple(_bare_host(host, where) for host in table.get("hosts", []))
    languages = tuple(map(str, table.get("languages", [])))
    return System(
        slug,
        str(table["name"]),
        hosts,
        languages,
        table.get("item", "footer"),
        lines,
        rules,
        table.get("name_at", ""),
        table.get("needs", ""),
        table.get("under_piece", False),
    )


def _where(site: SiteFile) -> str:
    return f"site file {site.name}"


def _bare_host(given: object, where: str) -> str:
    """A host in lower case, without the scheme before it and the slash after it."""
    host = str(given).lower().rpartition("://")[2].removesuffix("/")
    if not _HOST.fullmatch(host):
        raise UsageError(
            f"{where}: {given!r} in 'hosts' is no bare host; write it as 'board.example', "
            "which stands for what lies in it, too"
        )
    return host


def _check_keys(table: dict[str, Any], where: str) -> None:
    if "name" not in table:
        raise UsageError(f"{where} lacks 'name'")
    if unknown := set(table) - _KEYS:
        raise UsageError(f"{where} has unknown keys {sorted(unknown)}; there are {sorted(_KEYS)}")
    if table.get("item", "footer") not in ("header", "footer"):
        raise UsageError(f"{where}: 'item' is {table['item']!r}; it must be 'header' or 'footer'")
    if table.get("name_at", "") not in _NAME_PLACES:
        raise UsageError(f"{where}: 'name_at' must be one of {list(_NAME_PLACES[1:])}")
    if not isinstance(table.get("under_piece", False), bool):
        raise UsageError(f"{where}: 'under_piece' must be true or false")
    if table.get("needs", "") not in ("", *KINDS):
        raise UsageError(f"{where}: 'needs' must be one of {list(KINDS)}")
    for key in ("hosts", "languages", "line", "rule"):
        if not isinstance(table.get(key, []), list):
            raise UsageError(f"{where}: {key!r} must be a list")
    for key in ("line", "rule"):
        if not all(isinstance(entry, dict) for entry in table.get(key, [])):
            raise UsageError(f"{where}: {key!r} is written as [[{key}]] tables")


def _check_lines(lines: tuple[tuple[str, Rule], ...], where: str) -> None:
    kinds = {kind for kind, _ in lines}
    if lines and not {"item", "text"} <= kinds:
        raise UsageError(
            f"{where}: a thread needs a [[line]] that is 'item' and one that is 'text'"
        )
    for kind, rule in lines:
        if rule.is_structural != (kind in _STRUCTURAL):
            wants = "no patterns" if kind in _STRUCTURAL else "patterns or phrases"
            raise UsageError(f"{where}: line {rule.id!r} of kind {kind!r} needs {wants}")


def _line(line: dict[str, Any], slug: str, where: str) -> tuple[str, Rule]:
    kind = line.get("is")
    if kind not in KINDS:
        raise UsageError(
            f"{where}: line {line.get('id')!r} is {kind!r}; it must be one of {list(KINDS)}"
        )
    table = {key: value for key, value in line.items() if key != "is"}
    if kind in _STRUCTURAL:
        table["id"] = kind
    elif line.get("id") in _STRUCTURAL:
        raise _taken_id("line", line, where)
    return kind, parse_rule(_named(table, slug), "comments", where)


def _rule(rule: dict[str, Any], slug: str, where: str) -> Rule:
    if rule.get("id") in KINDS:
        raise _taken_id("rule", rule, where)
    return parse_rule(_named(rule, slug), "comments", where)


def _taken_id(what: str, table: dict[str, Any], where: str) -> UsageError:
    """By such an id the program would take the line for what its own kind is."""
    kinds = ", ".join(KINDS)
    return UsageError(
        f"{where}: {what} {table['id']!r} has the name of a kind ({kinds}); give it another id"
    )


def _named(table: dict[str, Any], slug: str) -> dict[str, Any]:
    """The table with its id prefixed by its file's name: rule names are unique in a stage."""
    return table | {"id": f"{slug}:{table['id']}"} if "id" in table else table
