"""Names without the words that stand beside them: 'posted by', 'says', 'Reply'."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from cleaner.tables import any_of, read_table

LONGEST_NAME, NAME_WORDS = 48, 6
"""Characters and words of a name, at most."""

_VOTES = re.compile(r"( [+−–-]|[+−])\d+$|^[+−–-]\d+ ")
"""Votes that stand behind a name, or before it."""

_RATING = re.compile(
    r"[ ,;:|·•–—-]*[★☆⭐✩✭✮🌟]+[ \d.,/]*$|^\d+ ?[楼樓層层층]$|"
    r"^\d{1,2}([.,]\d)?( ?/ ?| [^\W\d]+( [^\W\d]+)? )\d{1,2}\b( [^\W\d]+)?$"
)
"""Stars behind a name, or a text that rates or numbers: '4.5/5', '5 out of 5 stars', '4楼'."""

_NUMBERED = re.compile(r"(?:#\s?)?\d{1,6}[.:,)]?\s+")
"""The number of a post before a name: after a '#', or before words that say who wrote."""

_BOARD_ID = re.compile(r"\s*\bID:[\w+/]{6,}( \[\d+/\d+\])?$")
"""What boards of Japan have behind names, the same for a writer's posts of a day."""

_BETWEEN = re.compile(r"[\s|·•/,]+")
_PAIRS = {"(": ")", "[": "]", "«": "»", "“": "”", "「": "」"}
_BADGE = re.compile(r"\s*[\[(]([^\])]+)[\])]$")
_MARKS = " ,;:|·•-–—\u200b\u200e()[]»«↓↑→…/@#*└："


@lru_cache(maxsize=1 << 12)
def noise_less(text: str) -> str:
    """A name without the words that stand beside names; empty where these are all there is.

    >>> noise_less("Posted by Ada Example"), noise_less("otter says:"), noise_less("Post #2 of 7")
    ('Ada Example', 'otter', '')
    >>> noise_less("Quote Report"), noise_less("Ada Quote")
    ('', 'Ada Quote')
    >>> noise_less("#2 otter"), noise_less("2 Posted by Lou"), noise_less("2 Chainz")
    ('otter', 'Lou', '2 Chainz')
    >>> noise_less("Ada (Leeds)"), noise_less("(Ada)"), noise_less("Ada [author]")
    ('Ada (Leeds)', 'Ada', 'Ada')
    >>> noise_less("Ada**:")
    'Ada**'
    >>> noise_less("+64 Ada"), noise_less("Ada (edited)"), noise_less("Posted by")
    ('Ada', 'Ada', '')
    >>> noise_less("名無しさん： ID:Hf0c9LwE0")
    '名無しさん'
    >>> noise_less("Ada, — ★★★★★"), noise_less("4 out of 5"), noise_less("4ever2")
    ('Ada', '', '4ever2')
    """
    text = _BOARD_ID.sub("", _RATING.sub("", " ".join(text.split())))
    text = _trimmed(_VOTES.sub("", _trimmed(_without_number(text))))
    before, after, numbered, alone = _noise()
    badge = _BADGE.search(text)
    if badge and (badge[1].casefold() in alone or is_edit_note(badge[1])):
        text = text[: badge.start()]
    text = _trimmed(after.sub("", before.sub("", text)))
    if text.casefold() in alone or numbered.fullmatch(text) or before.fullmatch(f"{text} "):
        return ""
    return "" if all(word in alone for word in _BETWEEN.split(text.casefold())) else text


def _trimmed(text: str) -> str:
    """The same without marks at its ends, but for a bracket that closes one in it, and a mask."""
    kept = text.strip(_MARKS)
    rest = text[text.find(kept) + len(kept) :] if kept else ""
    for opening, closing in _PAIRS.items():
        if rest.startswith(closing) and kept.count(opening) > kept.count(closing):
            return kept + closing
    return kept + "*" * (len(rest) - len(rest.lstrip("*")))


def is_short_name(text: str) -> bool:
    """Whether a text is no longer than names are.

    >>> is_short_name("Ada Example"), is_short_name("one two three four five six seven")
    (True, False)
    """
    return len(text) <= LONGEST_NAME and text.count(" ") < NAME_WORDS


def is_guest(text: str) -> bool:
    """Whether a line is what a page calls those who gave no name.

    >>> is_guest("Guest"), is_guest("Ada Example")
    (True, False)
    """
    return text.strip(_MARKS).casefold() in _guests()


@cache
def _guests() -> frozenset[str]:
    return frozenset(read_table(Path(__file__).with_suffix(".toml"))["guests"])


def _without_number(text: str) -> str:
    """The same without the number of the post at its beginning."""
    number = _NUMBERED.match(text)
    rest = text[number.end() :] if number else text
    return rest if text.startswith("#") or _noise()[0].match(rest) else text


def is_said(text: str) -> bool:
    """Whether words before a name say that it is who wrote.

    >>> is_said("Posted by Ada Example"), is_said("Ada Example")
    (True, False)
    """
    return _noise()[0].match(text.strip(_MARKS)) is not None


def label_of(text: str) -> str:
    """'alone' where a line is a label of a writer's profile, 'valued' with its value, else ''.

    >>> label_of("Location:"), label_of("Reputation: 41"), label_of("Name of the Rose")
    ('alone', 'valued', '')
    """
    match = _labels().match(text.strip())
    if not match:
        return ""
    return "valued" if match["value"] else "alone"


@cache
def _labels() -> re.Pattern[str]:
    words = read_table(Path(__file__).with_suffix(".toml"))["labels"]
    label = "|".join(map(re.escape, words))
    return re.compile(rf"({label})( ?\([^()]*\))?( ?:(?P<value>.*)|)$", re.IGNORECASE)


def is_edit_note(text: str) -> bool:
    """Whether a line begins as the note does that a post was changed.

    >>> is_edit_note("Last edited by otter"), is_edit_note("Edited volumes are dear.")
    (True, True)
    """
    return _edited().match(text) is not None


@cache
def _edited() -> re.Pattern[str]:
    words = read_table(Path(__file__).with_suffix(".toml"))["edited"]
    return re.compile(rf"\W*({'|'.join(map(re.escape, words))})\b", re.IGNORECASE)


@cache
def _noise() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], frozenset[str]]:
    words = read_table(Path(__file__).with_suffix(".toml"))

    before = re.compile(rf"^{any_of(words['before'])}:?\s+", re.IGNORECASE)
    after = re.compile(rf"((^|\s+){any_of(words['after'])}\s*:?)+$", re.IGNORECASE)
    numbered = re.compile(rf"{any_of(words['numbered'])}( ?#?\d+)?( of \d+)?", re.IGNORECASE)
    return before, after, numbered, frozenset(words["alone"])
