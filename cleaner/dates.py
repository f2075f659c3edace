"""Dates as pages write them, read with dateparser; nothing here depends on the clock.

A date counts only when it names year, month and day: 'Today 06:48' is None.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_YEAR = re.compile(r"\b(1[5-9]|2[01])\d\d\b")
_LONGEST = 80  # characters; a longer line is no date, and dateparser is slow on it


def iso_date(text: str) -> str | None:
    """A date as ISO 8601, with the time where the text has one; else None.

    >>> iso_date("Thursday, 29 April 2021 7:07 AM")
    '2021-04-29T07:07:00'
    >>> iso_date("29. April 2021")
    '2021-04-29'
    >>> iso_date("Today 06:48 am JST") is None
    True
    """
    if len(text) > _LONGEST or not _YEAR.search(text):
        return None
    import dateparser  # 0.1 s to import and more to load its languages

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "PARSERS": ["absolute-time"]}
    found = dateparser.parse(" ".join(text.split()), settings=settings)
    if found is None:
        return None
    return found.isoformat() if re.search(r"\d[:.h]\d\d", text) else found.date().isoformat()


def first_iso_date(lines: Iterable[str]) -> str | None:
    """The first line that names a day, as ISO 8601; None when none does.

    >>> first_iso_date(["MOSCOW", "January 26, 2016"])
    '2016-01-26'
    """
    return next((date for date in map(iso_date, lines) if date), None)
