"""Who a byline names."""

from __future__ import annotations

import re

# Data would be a table of one column: the words for 'by' before a name.
_BY = re.compile(
    r"^(written by|posted by|by|von|par|por|di|door|av|af|przez|автор:?)\s+", re.IGNORECASE
)


_POSTED = re.compile(
    r"^(posted|published|written|submitted|updated) on .{4,40}? (?=by )", re.IGNORECASE
)
_AFTER = re.compile(r"( [|·•] .*| on \w+,? .*\d{4}.*)$", re.IGNORECASE)


def author_of(byline: str) -> str:
    """The byline without its leading 'by', spaces made plain.

    >>> author_of("By Ada Example and Bo Sample")
    'Ada Example and Bo Sample'
    >>> author_of("Posted on March 4, 2020 by otter"), author_of("By Ada Example | 3 May 2021")
    ('otter', 'Ada Example')
    """
    line = _POSTED.sub("", " ".join(byline.split()))
    return _AFTER.sub("", _BY.sub("", line))
