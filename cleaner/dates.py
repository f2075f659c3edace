"""Dates as pages write them, read with dateparser; nothing here depends on the clock.

A date counts only when it names year, month and day: 'Today 06:48' is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime

_TIME = r"(?:,? ?(?:at|um|à|a las|alle|om|-|\||–)? ?\d{1,2}[:.h]\d\d(?::\d\d)?(?: ?[ap]\.?m\.?)?)?"
_SHAPES = (
    r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z| ?[+-]\d\d:?\d\d)?)?",
    r"\d{4}[年./] ?\d{1,2}[月./] ?\d{1,2}日?",
    rf"\d{{1,2}}(?:st|nd|rd|th|er|\.|º)? ?(?:de )?[^\W\d_]{{3,12}}\.?,?(?: de)? \d{{4}}{_TIME}",
    rf"[^\W\d_]{{3,12}}\.? \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}{_TIME}",
    rf"\d{{1,2}}(?:[/-]\d{{1,2}}[/-]|\. ?\d{{1,2}}\. ?)\d{{4}}{_TIME}",
)
_DATES = tuple(re.compile(rf"(?<!\d){shape}(?!\d)", re.IGNORECASE) for shape in _SHAPES)
_EITHER_ORDER = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}")
_CJK = str.maketrans({"年": "-", "月": "-", "日": None})
_HAS_TIME = re.compile(r"(?<![./\d-])\d{1,2}[:.h]\d\d(?![./\d])|T\d\d:")
_SPACED_ZONE = re.compile(r" (?=[+-]\d\d:?\d\d$)")
_LONGEST = 120  # characters; a longer line is no date


def iso_date(text: str) -> str | None:
    """The first date in a line as ISO 8601, with the time where the text has one; else None.

    Of '04/05/2021' nobody can say which is the month: None. A date that is written in ISO 8601
    keeps its time zone.

    >>> iso_date("Thursday, 29 April 2021 7:07 AM")
    '2021-04-29T07:07:00'
    >>> iso_date("Updated on 4 June 2020"), iso_date("2021年5月12日")
    ('2020-06-04', '2021-05-12')
    >>> iso_date("4. 10. 2009 v 21.08")
    '2009-10-04'
    >>> iso_date("2021-05-04T10:20:30Z"), iso_date("2021-05-04 10:20 +0200")
    ('2021-05-04T10:20:30+00:00', '2021-05-04T10:20:00+02:00')
    >>> iso_date("Today 06:48 am JST"), iso_date("04/05/2021")
    (None, None)
    """
    line = " ".join(text.split()) if len(text) <= _LONGEST else ""
    written = (found[0] for pattern in _DATES if (found := pattern.search(line)))
    return next((date for date in map(_parsed, written) if date), None)


def checked_iso_date(text: str) -> str | None:
    """A date that is said to be ISO 8601, as such: None when it is not.

    >>> checked_iso_date("2024-05-03T12:16:47Z"), checked_iso_date("2019-05-02")
    ('2024-05-03T12:16:47+00:00', '2019-05-02')
    >>> checked_iso_date("3 days ago"), checked_iso_date("2019-13-40")
    (None, None)
    """
    text = text.strip()
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        return None
    return date.date().isoformat() if len(text) <= len("2019-05-02") else date.isoformat()


def _parsed(written: str) -> str | None:
    if _is_ambiguous(written):
        return None
    if stated := checked_iso_date(_SPACED_ZONE.sub("", written)):
        return stated
    import dateparser  # 0.1 s to import and more to load its languages

    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "DATE_ORDER": "YMD" if written[:4].isdigit() else "DMY",
    }
    date = dateparser.parse(written.translate(_CJK), settings=settings)
    if date is None:
        return None
    return date.isoformat() if _HAS_TIME.search(written) else date.date().isoformat()


def _is_ambiguous(written: str) -> bool:
    found = _EITHER_ORDER.match(written)
    return found is not None and found[1] != found[2] and max(int(found[1]), int(found[2])) <= 12


def first_iso_date(lines: Iterable[str]) -> str | None:
    """The first line that names a day, as ISO 8601; None when none does.

    >>> first_iso_date(["MOSCOW", "January 26, 2016"])
    '2016-01-26'
    """
    return next((date for date in map(iso_date, lines) if date), None)
