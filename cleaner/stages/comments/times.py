"""Recognise when a comment was written, as pages say it in many languages.

The words stand in ``times.toml``. Nothing here depends on the clock: '3 days ago'
is a time, but no date. RE2 reads all languages at once, twenty times as fast as
Python's own regular expressions.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import re2  # type: ignore[import-untyped, unused-ignore]

from cleaner.tables import read_table

LONGEST = 200
"""Characters of a line that is searched; a longer one is prose that mentions a time."""

_NUMBER = r"(\d{1,3}|an?|one|ein(e[mnr]?)?|une?|una?|um(a)?|een|en|ett)"
_CLOCK = (
    r"\d{1,2}[:.h]\d\d(:\d\d)?( ?[ap]\.?m\b\.?)?|\d{1,2} ?[ap]m\b|\d{1,2} ?uhr|"
    r"\d{1,2}[時时點点시] ?\d{1,2}[分분]"
)
_DAY_CLOCK = r"([01]?\d|2[0-3])[:.][0-5]\d(:[0-5]\d)?"
_ISO_CLOCK = r"\d\d:\d\d(:\d\d(\.\d+)?)?Z?([+-]\d\d:?\d\d)?"
_ZONE = r"( ?(uhr|[A-Z]{2,4}T|UTC|GMT)([+-]\d{1,2}(:?\d\d)?)?\b)?"
_AROUND = " \t\n,;:.()[]|·•-–—−@+،*"
_YEAR = r"(19|20)\d\d"
_ANY_YEAR = rf"({_YEAR}|1[34]\d\d|25\d\d)"  # of the Persian and the Thai calendar as well
_IN_BRACKETS = r"( ?[(（][月火水木金土日一二三四五六월화수목금토일][)）])?"  # a day of the week
_AFTER_WORD = "., 0123456789"  # behind the word of a day or a month
_GLUES = (b"digits", b"word", b"start", b"month")
_WORD_BYTES = 40  # of the longest word before a time that is read
_MEMORY = 64 << 20  # bytes for the automaton's states; a tenth is used
_NO_TIME = " out of ", " outof "
"""Stars and counts, '5 out of 5', which in Portuguese would begin as a day of October."""

_OTHER_DIGITS = re.compile(r"[^\D0-9]")
_HOUR = re.compile(
    r"\d[:h]\d\d\b|\d[時时點点시]|(?<![\d.])\d\d?\.\d\d\b(?!\.)|\d ?[ap]\.?m\b", re.IGNORECASE
)
_LEFT, _RIGHT = r"(^|[^\pL\pN\n])", r"($|[^\pL\pN\n])"


def find_time(line: str) -> str:
    """The longest time that a line names, as written; empty when it names none.

    >>> find_time("otter on May 4, 2019 at 7:12 pm"), find_time("vor 3 Tagen"), find_time("3 votes")
    ('May 4, 2019 at 7:12 pm', 'vor 3 Tagen', '')
    >>> find_time("otter 16 hr. ago"), find_time("梅子:2019/07/03(水) 21:14:55 ID:uM3b")
    ('16 hr. ago', '2019/07/03(水) 21:14:55')
    >>> find_time("4月8日 09:40"), find_time("Prokop 4. 10. 2009 v 21.08")
    ('4月8日 09:40', '4. 10. 2009 v 21.08')
    >>> find_time("8:41 11. 3. 2021 Prokop"), find_time("Ada, 21:08 3 May"), find_time("6:10 heute")
    ('8:41 11. 3. 2021', '21:08 3 May', '6:10 heute')
    >>> find_time("投稿: 高橋 | 2008年8月 4日 (月) 06時55分"), find_time("8 شباط 2020 - 20:05")
    ('2008年8月 4日 (月) 06時55分', '8 شباط 2020 - 20:05')
    >>> find_time("5 out of 5"), find_time("5 out 2019")
    ('', '5 out 2019')
    >>> find_time("otter2h ago"), find_time("Ada18 May 2019"), find_time("otter 3h30 min ago")
    ('2h ago', '18 May 2019', '3h30 min ago')
    >>> find_time("Jan 3 mei 2019, 8:15"), find_time("SubscriberToday, 7:31 am")
    ('3 mei 2019, 8:15', 'Today, 7:31 am')
    >>> find_time("Ada · il y a 3 jours"), find_time("hace 3 días"), find_time("3日前")
    ('il y a 3 jours', 'hace 3 días', '3日前')
    >>> find_time("Ada 2024. 5. 3. 오후 3:21"), find_time("أمس، ١٠:٤٥ مساءً")
    ('2024. 5. 3. 오후 3:21', 'أمس، ١٠:٤٥ مساءً')
    """
    return find_times([line])[0]


def find_times(lines: Sequence[str]) -> list[str]:
    """What `find_time` says of each line; of many lines at once it costs a tenth.

    >>> find_times(["Ada", "3 days ago", "3 votes", "vor 3 Tagen"])
    ['', '3 days ago', '', 'vor 3 Tagen']
    """
    times = _times_in([line if len(line) <= LONGEST else "" for line in lines])
    return [times.get(number, "") for number in range(len(lines))]


def _times_in(lines: Sequence[str]) -> dict[int, str]:
    """The longest time in each line that names one, by the line's number.

    RE2 reads bytes, and is asked once for all: to call it costs more than to read a line.
    """
    text = _one_to_a_line(lines)
    try:
        data = text.encode()
    except UnicodeEncodeError:  # half a surrogate pair
        return _times_in([_encodable(line) for line in lines])
    if (unglued := _unglued(data)) is not data:
        text, data = unglued.decode(), unglued
    plain = _plain_digits(text)
    searched = data if plain is text else plain.encode()
    times: dict[int, str] = {}
    number = at = place = 0
    for match in _times().finditer(searched):
        before = searched[at : match.start()]
        number, at = number + before.count(b"\n"), match.start()
        time = match[0].decode()
        if plain is not text:
            place += len(before.decode())
            time = text[place : place + len(time)]
        time = time.strip(_AROUND)
        if len(time) > len(times.get(number, "")):
            times[number] = time
    return times


def _plain_digits(text: str) -> str:
    """The text with the digits of ASCII for those of other scripts, one for one."""
    others = set(_OTHER_DIGITS.findall(text))
    return (
        text.translate({ord(each): str(unicodedata.digit(each)) for each in others})
        if others
        else text
    )


def _one_to_a_line(lines: Sequence[str]) -> str:
    text = "\0".join(lines).replace("\xa0", " ").replace("\n", "\t").replace("\0", "\n")
    if text.count("\n") != len(lines) - 1:  # has NULs
        text = "\n".join(line.replace("\xa0", " ").replace("\n", "\t") for line in lines)
    return text.replace(*_NO_TIME)


def _unglued(data: bytes) -> bytes:
    """The same with a space before times that follow a name without one.

    Each stood in an element of its own: 'Ada18 May 2019', 'SubscriberToday, 7:31 am'. Two
    spaces come between a name that is that of a month and a day: 'Jan 3 mei 2019'.
    """
    parts, at = [], 0
    for match in _glued().finditer(data):
        kind = next(kind for kind in _GLUES if match[kind] is not None)
        end = match.start() + len(match[kind])
        before = data[max(0, end - _WORD_BYTES) : end].decode(errors="ignore")
        after = data[end : match.end()].decode()
        if kind == b"word" and not _is_word(after.rstrip(_AFTER_WORD), "months", "days"):
            continue
        if kind == b"start" and _is_word(before.split()[-1] + after.split()[0], "days"):
            continue
        parts.append(data[at:end])
        at = end
    return b" ".join([*parts, data[at:]]) if parts else data


def _is_word(text: str, *keys: str) -> bool:
    """Whether a text is a word of a kind, such as 'anteontem', in which another stands."""
    return any(re.fullmatch(_words(key), text, re.IGNORECASE) for key in keys)


@cache
def _words(key: str) -> str:
    """What a pattern of all languages for such words is."""
    return "|".join(table[key] for table in _tables().values() if table.get(key))


@cache
def _glued() -> Any:
    """Matches the end of a name, and right behind it how a time begins.

    The name is in one of the groups `_GLUES`, which begin where the match does.
    """
    options = re2.Options()
    options.case_sensitive, options.max_mem, options.log_errors = False, _MEMORY, False
    months = _words("months")
    pattern = (
        r"(?m)(?P<digits>(?:^|\PN)\pL)\pN{1,4}(?:[./-]\pN|[年. ]? ?[\pL_]{1,12}[.,]? )"
        r"|(?P<word>(?-i:\p{Ll}))(?-i:\p{Lu})\pL{2,14}[.,]? ?\pN"
        rf"|(?P<start>[\pL\pN])(?:{_words('starts')})"
        rf"|(?P<month>(?:^|[^\pL\pN])(?:{months})) \pN{{1,2}}\.? (?:{months})(?:$|[^\pL])"
    )
    return re2.compile(pattern.replace(r"\d", r"\pN").encode(), options)


def _encodable(line: str) -> str:
    """The line; nothing where half a surrogate pair is in it."""
    return line if line == line.encode(errors="ignore").decode() else ""


def has_hour(time: str) -> bool:
    """Whether a time says the hour.

    >>> has_hour("3 May 2019, 8:15 pm"), has_hour("4. 10. 2009 v 21.08"), has_hour("11.09.2009")
    (True, True, False)
    """
    return _HOUR.search(time) is not None


def without_time(line: str, time: str) -> str:
    """A line without a time that stands in it, and without the brackets around that.

    >>> without_time("otter (edited 3 May 2019)", "3 May 2019"), without_time("Ada · 5m", "5m")
    ('otter ', 'Ada ·  ')
    """
    before, _, after = line.partition(time)
    opening, closing = before.rfind("("), after.find(")")
    if opening >= 0 and closing >= 0 and ")" not in before[opening:]:
        return before[:opening] + after[closing + 1 :]
    return f"{before} {after}"


@cache
def _times() -> Any:
    tables = _tables().values()
    months, days, at = _words("months"), _words("days"), _words("at")
    before, after = _words("before"), _words("after")
    clock = rf"(( ?[-–|·•]|,|،)? ?(({at}) )?(({before}) ?)?({_CLOCK})( ?({after}))?{_ZONE})"
    weekday = rf"(({days})\.?,? )?"
    dates = (
        rf"{weekday}({months})\.? ?\d{{1,2}}(st|nd|rd|th)?(,? {_YEAR})?(,?{clock})?",
        rf"{weekday}\d{{1,2}}(st|nd|rd|th|er|\.|º)? ?(de |of )?({months})\.?,?"
        rf"( ?(de |del )?{_YEAR})?(,?{clock})?",
        rf"({months})\.? {_YEAR}",
        rf"{_ANY_YEAR}[-/.年] ?\d{{1,2}}[-/.月] ?\d{{1,2}}(日|\.)?{_IN_BRACKETS}"
        rf"([T ]?{clock}|[T ]{_ISO_CLOCK})?",
        rf"{weekday}\d{{1,2}}[./-]\d{{1,2}}[./-](\d{{4}}|\d\d)(,?{clock})?",
        rf"{weekday}\d{{1,2}}\. \d{{1,2}}\. {_YEAR}(,?{clock})?",
        rf"\d{{1,2}}[月월] ?\d{{1,2}}[日일]{_IN_BRACKETS}{clock}",
        rf"({days})[,،]?{clock}",
        rf"{clock}( ({at}))? ({months})\.? \d{{1,2}}(,? {_YEAR})?",
        rf"{_DAY_CLOCK}( [-–|]|,)? (\d{{1,2}}([./-]|\. )\d{{1,2}}([./-]|\. ){_ANY_YEAR}|"
        rf"{_ANY_YEAR}[./-]\d\d[./-]\d\d|"
        rf"\d{{1,2}}\.? (de |of )?({months})\.?( (de |del )?{_YEAR})?|({days}))",
        _words("alone"),
    )
    ago = (_ago(pattern, table["units"]) for table in tables for pattern in table["ago"])
    spaced = "|".join((*dates, *ago))
    unspaced = "|".join(
        _ago(pattern, _tables()[code]["units"])
        for code in ("ja", "zh", "ko")
        for pattern in _tables()[code]["ago"]
    )
    options = re2.Options()
    options.case_sensitive, options.longest_match, options.never_capture = False, True, True
    options.max_mem, options.log_errors = _MEMORY, False
    unspaced += rf"|({_YEAR}[-/.年])?\d{{1,2}}[-/.月]\d{{1,2}}日? \d{{1,2}}:\d\d(:\d\d)?"
    return re2.compile(rf"(?m){_LEFT}({spaced}){_RIGHT}|{unspaced}".encode(), options)


def _ago(pattern: str, units: str) -> str:
    return re.sub(r"\bN\b(?= )", lambda _: _NUMBER, pattern).replace("UNITS", units)


@cache
def _tables() -> dict[str, dict[str, str]]:
    return read_table(Path(__file__).with_suffix(".toml"))
