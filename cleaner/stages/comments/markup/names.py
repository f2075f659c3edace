"""What the words of an element's class and id say of its part in a thread."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib import resources

_WORDS = re.compile(r"[A-Z]?[^\W\d_A-Z]+|[A-Z]+(?![a-z])")
_DIGITS = re.compile(r"\d+|(?<=[-_])[0-9a-f]{8,}")


@lru_cache(maxsize=1 << 14)
def families_of(token: str) -> frozenset[str]:
    """The families of ``names.toml`` that a class or an id belongs to; mostly none.

    >>> sorted(families_of("li-comment-4711")), sorted(families_of("postBody"))
    (['comment', 'text'], ['reply', 'text'])
    >>> families_of("hasSidebar"), families_of("d-flex")
    (frozenset(), frozenset())
    """
    words = [word.lower() for word in _WORDS.findall(token)]
    if not words or words[0] in ("has", "no", "with", "without", "is"):
        return frozenset()
    joined = " ".join(words)
    return frozenset(
        name
        for name, (parts, whole) in _families().items()
        if not whole.isdisjoint(words) or parts.search(joined)
    )


def families_in(tokens: Iterable[str]) -> frozenset[str]:
    """The families that any of these belongs to."""
    return frozenset().union(*map(families_of, tokens))


@lru_cache(maxsize=1 << 14)
def without_numbers(token: str) -> str:
    """A class or an id as all of its kind have it: lower case, its number as ``#``.

    >>> without_numbers("comment-4711")
    'comment-#'
    """
    return _DIGITS.sub("#", token.lower())


@cache
def _families() -> dict[str, tuple[re.Pattern[str], frozenset[str]]]:
    path = resources.files("cleaner.stages.comments.markup") / "names.toml"
    tables = tomllib.loads(path.read_text("utf-8"))
    return {
        name: (
            re.compile("|".join(map(re.escape, table["parts"])) or "(?!)"),
            frozenset(table["words"]),
        )
        for name, table in tables.items()
    }
