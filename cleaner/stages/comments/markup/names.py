"""What the words of an element's class and id say of its part in a thread."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, reduce
from itertools import chain
from operator import or_
from pathlib import Path

from cleaner.tables import read_table

(
    COMMENT,
    REPLY,
    REVIEW,
    ELSEWHERE,
    FORM,
    TITLE,
    RANK,
    AUTHOR,
    DATE,
    TEXT,
    AROUND,
    SIGNATURE,
    QUOTE,
    VOTES,
    NESTED,
    PANEL,
) = FAMILIES = tuple(1 << place for place in range(16))
"""The families in the order of ``names.toml``; several are held in one number, a bit each."""

_WORDS = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])")
_NO_LETTERS = {code: " " for code in range(1, 128) if not chr(code).islower()}
_SEPARATOR = "\0"  # no white space, and in no attribute of a parsed page
_DIGITS = re.compile(r"\d+|(?<=[-_])[0-9a-f]{8,}")
_DENYING = frozenset(("has", "no", "with", "without", "is"))


@lru_cache(maxsize=1 << 15)
def families_of(token: str) -> int:
    """The families that a class or an id belongs to, a bit each; mostly none.

    >>> families_of("li-comment-4711") == COMMENT | TEXT, families_of("postBody") == REPLY | TEXT
    (True, True)
    >>> families_of("hasSidebar"), families_of("d-flex")
    (0, 0)
    """
    return _families_of_words(_WORDS.findall(token))


def _families_of_words(words: Sequence[str]) -> int:
    """The families of a token that consists of these words."""
    families = 0
    for word in words:
        families |= _families_of_word(word)
    return 0 if families and words[0].lower() in _DENYING else families


def families_of_names(names: Sequence[str]) -> list[int]:
    """The families that the words of each of some names belong to, all names at once.

    What a page names once it mostly names again, and most of it in small letters of ASCII,
    which are cut into words without a regular expression.

    >>> families_of_names(["li-comment-4711 d-flex", "postBody", ""])
    [513, 514, 0]
    """
    tokens = list(dict.fromkeys(" ".join(names).split()))
    parted = _SEPARATOR.join(tokens).translate(_NO_LETTERS).split(_SEPARATOR)
    if len(parted) != len(tokens):
        return [families_in(name.split()) for name in names]
    known: dict[str, int] = {}
    for token, part in zip(tokens, parted, strict=True):
        is_plain = token.islower() and token.isascii()
        if families := _families_of_words(part.split() if is_plain else _WORDS.findall(token)):
            known[token] = families
    found = [0] * len(names)
    for number, name in enumerate(names):
        for token in name.split():
            if token in known:
                found[number] |= known[token]
    return found


def may_name(names: Iterable[str], families: int) -> bool:
    """Whether some names may belong to one of these families: a quick look at all at once.

    >>> may_name(["d-flex", "li-comment-4711"], COMMENT), may_name(["d-flex"], COMMENT)
    (True, False)
    """
    text = " ".join(names).lower()
    return any(said in text for said in _said_of(families))


@cache
def _said_of(families: int) -> list[str]:
    """The parts and words that tell these families."""
    told = (parts + words for family, parts, words in _families()[0] if family & families)
    return list(chain.from_iterable(told))


def families_in(tokens: Iterable[str]) -> int:
    """The families that any of these belongs to."""
    return _united(map(families_of, tokens))


def _united(families: Iterable[int]) -> int:
    return reduce(or_, families, 0)


@lru_cache(maxsize=1 << 15)
def without_numbers(token: str) -> str:
    """A class or an id as all of its kind have it: lower case, its number as ``#``.

    >>> without_numbers("comment-4711")
    'comment-#'
    """
    return _DIGITS.sub("#", token.lower())


@lru_cache(maxsize=1 << 14)
def _families_of_word(word: str) -> int:
    """The families of one word of a name: pages have far fewer words than names."""
    word = word.lower()
    families, any_part, any_word = _families()
    if word not in any_word and not any_part.search(word):
        return 0
    return _united(
        family
        for family, parts, words in families
        if word in words or any(part in word for part in parts)
    )


@cache
def _families() -> tuple[list[tuple[int, list[str], list[str]]], re.Pattern[str], frozenset[str]]:
    """Each family with the parts and the words that tell it; what finds any part; all words."""
    tables = read_table(Path(__file__).with_suffix(".toml")).values()
    families = [
        (family, table["parts"], table["words"])
        for family, table in zip(FAMILIES, tables, strict=True)
    ]
    parts = chain.from_iterable(parts for _, parts, _ in families)
    words = chain.from_iterable(words for _, _, words in families)
    return families, re.compile("|".join(map(re.escape, parts))), frozenset(words)
