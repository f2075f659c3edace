"""What tells of a thread in lines by themselves: times, numbers of posts, headings that count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from cleaner.document import Document
from cleaner.stages.comments.noise import is_edit_note
from cleaner.stages.comments.rhythm import ENOUGH
from cleaner.stages.comments.times import find_times

_TIMED_WORDS = 14
_POST_NUMBER = re.compile(r"#[ \xa0]?(\d{1,5})(?!\d)|^(\d{1,5})[ \xa0]?[楼樓層层층]")
_NUMBER_MARKS = "#楼樓層层층"  # one of which stands in it
_LONGEST_READ = 80  # characters of a line with the number of a post, or that may tell a time
_LONGEST_COUNTING = 40  # characters of a heading that counts
_COUNT_DIGITS = 3
_LONGEST_UNDATED = 28  # characters of a line without a digit that may tell a time
_DIGITS = re.compile(r"\d+")


class Readings:
    """What is read from the lines of a page, from each once, whoever asks."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._times: dict[int, str] = {}

    def times(self, lines: Iterable[int]) -> dict[int, str]:
        """The times in some lines, in their order; that of a later change is none."""
        asked = list(lines)
        new = [line for line in asked if line not in self._times]
        self._times |= dict.fromkeys(new, "") | self._times_in(new)
        return {line: time for line in asked if (time := self._times[line])}

    def _times_in(self, lines: Sequence[int]) -> dict[int, str]:
        blocks = self._document.blocks
        texts = ((line, blocks[line].text.replace("\xa0", " ")) for line in lines)
        short = [
            (line, text)
            for line, text in texts
            if text.count(" ") < _TIMED_WORDS and not is_edit_note(text)
        ]
        found = zip(short, find_times([text for _, text in short]), strict=True)
        return {line: time for (line, _), time in found}

    @cached_property
    def numbers(self) -> dict[int, int]:
        """The lines with the number of a post."""
        found: dict[int, int] = {}
        marks = [mark for mark in _NUMBER_MARKS if mark in self._document.text]
        for line, block in enumerate(self._document.blocks) if marks else ():
            text = block.text
            if len(text) > _LONGEST_READ or not any(mark in text for mark in marks):
                continue
            if match := _POST_NUMBER.search(text):
                found[line] = int(match[1] or match[2])
        return found


def counting_lines(document: Document) -> Iterator[tuple[int, int]]:
    """Short lines with one number, unlike all others, from below; and the number.

    As many lines may tell a time under them.
    """
    texts = [block.text for block in document.blocks]
    short = (text for text in texts if len(text) <= _LONGEST_COUNTING)
    forms = Counter(_form(text) for text in short if _DIGITS.search(text))
    may_tell = 0
    for line in range(len(texts) - 1, -1, -1):
        text = texts[line]
        if len(text) > _LONGEST_READ:
            continue
        count = _count_in(text)
        if ENOUGH <= count <= may_tell and forms[_form(text)] == 1:
            yield line, count
        may_tell += len(text) <= _LONGEST_UNDATED or _DIGITS.search(text) is not None


def _count_in(text: str) -> int:
    """The number in a short line that has one and some letters, as headings that count do; else 0.

    >>> _count_in("Conversa (10)"), _count_in("みんなの声9件"), _count_in("3 May 2019")
    (10, 9, 0)
    """
    if len(text) > _LONGEST_COUNTING:
        return 0
    numbers = _DIGITS.findall(text)
    is_count = len(numbers) == 1 and len(numbers[0]) <= _COUNT_DIGITS
    return int(numbers[0]) if is_count and sum(map(str.isalpha, text)) > 1 else 0


def _form(text: str) -> str:
    return _DIGITS.sub("0", text)
