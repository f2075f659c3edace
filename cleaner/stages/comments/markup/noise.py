"""The words that stand beside a name and are no part of it."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources

_MARKS = " ,;:|·•-–—\u200b\u200e()[]»«↓↑→…/@#*"


def noise_less(text: str) -> str:
    """A name without the words that stand beside names; empty where these are all there is.

    >>> noise_less("Posted by Ada Example"), noise_less("otter says:"), noise_less("Post #2 of 7")
    ('Ada Example', 'otter', '')
    """
    text = " ".join(text.split()).strip(_MARKS)
    before, after, alone = _noise()
    text = after.sub("", before.sub("", text)).strip(_MARKS)
    return "" if alone.fullmatch(text) else text


@cache
def _noise() -> tuple[re.Pattern[str], ...]:
    path = resources.files("cleaner.stages.comments.markup") / "noise.toml"
    words = tomllib.loads(path.read_text("utf-8"))

    def joined(name: str) -> str:
        return "|".join(map(re.escape, sorted(words[name], key=len, reverse=True)))

    before = re.compile(rf"^({joined('before')}):?\s+", re.IGNORECASE)
    after = re.compile(rf"((^|\s+)({joined('after')})\s*:?)+$", re.IGNORECASE)
    alone = rf"{joined('alone')}|({joined('numbered')})( ?#?\d+)?( of \d+)?"
    return before, after, re.compile(alone, re.IGNORECASE)
