"""Whom a comment answers, as its own words say it: '@name', 'name wrote:', 'in reply to name'."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from cleaner.tables import read_table

_NAME_WORDS = 5
_LONGEST = 160  # characters of a line that introduces a quotation
_PARAGRAPHS = 12  # of a comment that are asked
_EDGES = " ,:;.!?-–—()[]\"'’“”„»«@"


@dataclass
class Answers:
    """The names of those who wrote so far, each with the last comment of theirs.

    >>> answers = Answers()
    >>> answers.add("Ada Example", 0), answers.add("otter", 1)
    (None, None)
    >>> answers.find(["@Ada Example that is not so."]), answers.find(["otter wrote:", "I did."])
    (0, 1)
    >>> answers.find(["In reply to Ada Example"]), answers.find(["Mail me @ home."])
    (0, None)
    """

    _last: dict[str, int] = field(default_factory=dict)

    def add(self, author: str, number: int) -> None:
        """Remember a comment's author."""
        self._last[_key(author)] = number

    def find(self, paragraphs: Iterable[str]) -> int | None:
        """The comment that the first name in these paragraphs stands for; None without one."""
        for _, paragraph in zip(range(_PARAGRAPHS), paragraphs, strict=False):
            for name in _names(paragraph):
                if (number := self._longest(name)) is not None:
                    return number
        return None

    def _longest(self, words: str) -> int | None:
        """The author whose name the words begin with: the longest such name."""
        cut = words.split()[:_NAME_WORDS]
        keys = (_key(" ".join(cut[:count])) for count in range(len(cut), 0, -1))
        return next((self._last[key] for key in keys if key in self._last), None)


def is_answer(line: str) -> bool:
    """Whether a line begins as those do that say whom a comment answers.

    >>> is_answer("In reply to Ada Example"), is_answer("Ada Example")
    (True, False)
    """
    return _patterns().to.match(line[:_LONGEST]) is not None


def answered_name(line: str) -> str:
    """The name in a line that says whom a comment answers, without capitals; empty in others.

    >>> answered_name("In reply to Ada Example"), answered_name("Ada Example")
    ('ada example', '')
    """
    found = _patterns().to.match(line) if len(line) <= _LONGEST else None
    return _key(found["name"]) if found else ""


def introduces_quotation(line: str) -> bool:
    """Whether a line names whom and when the words under it are of, as mail and forums do.

    >>> introduces_quotation("On 5/6/2024 at 7:01 PM, otter said:")
    True
    >>> introduces_quotation("otter said:")
    False
    """
    return line.endswith((":", "：")) and _patterns().quotation.match(line[:_LONGEST]) is not None


def _names(paragraph: str) -> Iterator[str]:
    """The places of a paragraph where a name stands that is answered; text that begins with it."""
    if paragraph.startswith("@"):
        yield paragraph[1:_LONGEST]
    if found := _patterns().to.match(paragraph[:_LONGEST]):
        yield found["name"]
    if len(paragraph) <= _LONGEST and (found := _patterns().wrote.search(paragraph)):
        before = found["name"].strip(_EDGES).split()
        yield from (
            " ".join(before[-count:]) for count in range(min(_NAME_WORDS, len(before)), 0, -1)
        )


def _key(name: str) -> str:
    return " ".join(name.split()).strip(_EDGES).casefold()


@dataclass(frozen=True, slots=True)
class _Patterns:
    """The beginnings of lines: 'in reply to NAME', 'NAME wrote:', 'On TIME NAME wrote:'."""

    to: re.Pattern[str]
    wrote: re.Pattern[str]
    quotation: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    words = read_table(Path(__file__).with_suffix(".toml"))
    to, wrote, on = ("|".join(map(re.escape, words[name])) for name in ("to", "wrote", "on"))
    return _Patterns(
        re.compile(rf"^\W*({to}):? (?P<name>.+)", re.IGNORECASE),
        re.compile(rf"^\W*(?P<name>\S.*?) ({wrote})( in [^:]+)? ?(:|\.\.\.|…)", re.IGNORECASE),
        re.compile(rf"^\W*(({on}) .*)?\d.*\b({wrote})\b", re.IGNORECASE),
    )
