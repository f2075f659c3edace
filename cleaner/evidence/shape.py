"""The shape of a line: how long it is, how it ends, whether it reads as prose."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
)
_UNSPACED_LETTERS_PER_WORD = (
    2  # Thai, Burmese, Khmer, Chinese and Japanese put no spaces between words
)
_ENDING = 40  # characters at a line's end in which its last mark stands, closing quotes behind it
_CLOSERS = "\"'”’»›«)]}」』）*"
_SENTENCE_END = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।", "॥", "។", "။", "։")
_PROSE_WORDS = 8  # a full sentence this long is a paragraph; teasers and buttons are shorter
_LONG_WORDS = (
    25  # a line this long is a paragraph however it ends; the longest headlines have about 20
)


class Shape(NamedTuple):
    """What a line looks like.

    ``words`` counts words, two letters to a word in scripts written without
    spaces. ``is_sentence`` is whether it ends like one, ``is_prose`` whether it
    is long enough too.
    """

    words: int
    is_sentence: bool
    is_prose: bool


@lru_cache(maxsize=16384)
def shape_of(text: str) -> Shape:
    """The shape of a line.

    >>> shape_of("The bridge across the river will open on Monday.").is_prose
    True
    >>> shape_of("橋は月曜日に開通すると町議会が発表した。").is_prose
    True
    >>> shape_of("Sports").is_prose
    False
    """
    words = count_words(text)
    is_sentence = text[-_ENDING:].rstrip().rstrip(_CLOSERS).endswith(_SENTENCE_END)
    is_prose = (is_sentence and words >= _PROSE_WORDS) or words >= _LONG_WORDS
    return Shape(words, is_sentence, is_prose)


def is_upper(text: str) -> bool:
    """Whether a text is written in capitals alone."""
    return text.upper() == text and text.lower() != text


def count_words(text: str) -> int:
    """How many words a text has.

    >>> count_words("It's a well-kept garden"), count_words("月曜日に")
    (4, 2)
    """
    unspaced = 0 if text.isascii() else len(_UNSPACED.findall(text))
    if not unspaced:
        return len(_WORD.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + -(-unspaced // _UNSPACED_LETTERS_PER_WORD)


def words_of(text: str) -> list[str]:
    """The words of a text, casefolded, without punctuation.

    >>> words_of("“A truce,” he said")
    ['a', 'truce', 'he', 'said']
    """
    return _WORD.findall(text.casefold())
