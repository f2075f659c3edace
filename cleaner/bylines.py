"""Who a byline names."""

from __future__ import annotations

import re

# Data would be a table of one column: the words for 'by' before a name.
_BY = re.compile(
    r"^(written by|posted by|by|von|par|por|di|door|av|af|przez|автор:?)\s+", re.IGNORECASE
)


def author_of(byline: str) -> str:
    """The byline without its leading 'by', spaces made plain.

    >>> author_of("By Ada Example and Bo Sample")
    'Ada Example and Bo Sample'
    """
    return _BY.sub("", " ".join(byline.split()))
