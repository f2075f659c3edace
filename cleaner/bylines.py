"""Who a byline names; the words that stand around names are in ``bylines.toml``."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from cleaner.tables import any_of, read_table

_LONGEST = 200  # characters in which a date is looked for; a longer line is no byline
_BEHIND_BAR = re.compile(r"( [|·•] .*| on \w+,? .*\d{4}.*)$", re.IGNORECASE)
_MONTH = r"[^\W\d_]{3,12}\.?"
_DATE = "|".join(
    (
        r"\d{4}[-./] ?\d{1,2}[-./] ?\d{1,2}\.?",
        r"\d{4}年 ?\d{1,2}月 ?\d{1,2}日",
        rf"\d{{4}}\. ?{_MONTH} \d{{1,2}}\.?",
        rf"\d{{1,2}}(?:st|nd|rd|th|er|\.|º)? ?(?:de |of )?{_MONTH},?(?: de)? \d{{4}}",
        rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}",
        r"\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{4}|\d\d)",
    )
)
_TIME = r"\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?(?: ?uhr)?(?: ?[A-Z]{0,4}[CTZ]\b)?"
_BETWEEN = r"(?:[,،]|[,،]? (?:[|·•(–—-] ?)?)"
_WORDS_BEFORE = 4  # of a date, at most


def author_of(byline: str) -> str:
    """The byline without its leading 'by' and the date behind it, spaces made plain.

    A word that may begin a name as well ('von') is left where it may.

    >>> author_of("By: Ada Example and Bo Sample"), author_of("Von Ada Example")
    ('Ada Example and Bo Sample', 'Ada Example')
    >>> author_of("Posted on March 4, 2020 by otter"), author_of("By Ada Example, 3 May 2021")
    ('otter', 'Ada Example')
    >>> author_of("Di Marco"), author_of("Von der Leyen, Ursula"), author_of("Door County News")
    ('Di Marco', 'Von der Leyen, Ursula', 'Door County News')
    """
    words = _words()
    line = words.posted.sub("", " ".join(byline.split()))
    if len(line) <= _LONGEST:
        line = words.dated.sub("", _BEHIND_BAR.sub("", line))
    found = words.sure.match(line) or words.small.match(line)
    if found is None and (part := words.part.match(line)) and _is_name(line[part.end() :]):
        found = part
    return line[found.end() :] if found else line


def _is_name(line: str) -> bool:
    """Whether a line is a name without the word before it, and no paper's.

    >>> _is_name("Ada Example"), _is_name("Marco"), _is_name("der Leyen, Ursula")
    (True, False, False)
    """
    first, *others = (part.split() for part in re.split(r", ?", line))
    capitals = [word for word in first if word[0].isupper()]
    is_inverted = any(len(part) == 1 and part[0][0].isupper() for part in others)
    is_full = len(capitals) > 1 and first[0][0].isupper() and not is_inverted
    return is_full and first[-1].lower() not in _words().outlets


class _Words(NamedTuple):
    """The patterns that are made of the words; ``small`` are sure in small letters."""

    posted: re.Pattern[str]
    dated: re.Pattern[str]
    sure: re.Pattern[str]
    small: re.Pattern[str]
    part: re.Pattern[str]
    outlets: frozenset[str]


@cache
def _words() -> _Words:
    table = read_table(Path(__file__).with_suffix(".toml"))
    on, days = any_of(table["on"]), any_of(table["days"])
    small, parts = any_of(table["small"]), any_of((*table["small"], *table["parts"]))
    before = rf"(?:{on}:? |{days}\.?,? ){{0,{_WORDS_BEFORE}}}"
    when = rf"{before}(?:(?:{_DATE})(?:(?:T|,? (?:{on} |@ ?)?){_TIME})?|{_TIME})"
    return _Words(
        re.compile(rf"^{any_of(table['posted'])} on .{{4,40}}? (?=by )", re.IGNORECASE),
        re.compile(rf"(?<=\S)(?:{_BETWEEN}{when}\)?)+$", re.IGNORECASE),
        re.compile(rf"^{any_of(table['sure'])}(?: ?[:：—] ?| )(?=\S)", re.IGNORECASE),
        re.compile(rf"^(?:{small} |(?i:{parts}) ?: ?)(?=\S)"),
        re.compile(rf"^{parts} (?=\S)", re.IGNORECASE),
        frozenset(table["outlets"]),
    )
