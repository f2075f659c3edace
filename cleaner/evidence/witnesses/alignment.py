"""Which blocks of a page another extractor kept, told from the text that it gives.

Texts of two programs differ in where lines end, in punctuation, in bullets and in
what stands between cells. So only words are compared, as one run over the whole
page: a word is found where it and its neighbours, four in a row, stand in the other
text too (shingles, A. Broder 1997). That takes time as the length of both texts,
where a matcher of sequences takes its square on a page of repeated lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Bools = NDArray[np.bool_]
Words = tuple[str, ...]

SHINGLE = 4
"""Words in a row; a short block is told by the words before and after it."""

FOUND = 0.5
"""A block was kept when at least this share of its words is found."""

_WORD = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|[^\W\u0e00-\u0eff\u3040-\u9fff]+")
"""A run of letters and digits, or one letter of a script written without spaces."""

_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd and large: four numbers make one, hardly ever twice


@dataclass(frozen=True, slots=True)
class Alignment:
    """What stands in the kept text, block by block.

    ``kept`` says for each block whether it does, None for a block without words;
    ``share`` is how many of the kept words are found in blocks, 0 to 1; 0.0 of none.
    """

    kept: tuple[bool | None, ...]
    share: float


def align(blocks: Sequence[str], kept: Sequence[str]) -> Alignment:
    """Find the lines that another extractor kept in the blocks of the page.

    A block was kept when half of its words are found. One whose words are those
    of a whole line was kept too, if no other block was for that line: short lines
    without kept neighbours have no other sign. Here the words before tell one from the other:

    >>> align(["Home", "It rained all day.", "–", "Home"], ["- It rained all day.", "Home"])
    Alignment(kept=(False, True, None, True), share=1.0)
    """
    block_words, kept_words = [*map(_words, blocks)], [*map(_words, kept)]
    numbers: dict[str, int] = {}
    block_keys, kept_keys = _shingles(block_words, numbers), _shingles(kept_words, numbers)
    is_kept = _mostly_found(block_words, _found(block_keys, kept_keys))
    _add_whole_lines(is_kept, block_words, kept_words)
    answer = zip(is_kept, block_words, strict=True)
    return Alignment(
        kept=tuple(each if words else None for each, words in answer),
        share=_share(kept_words, _found(kept_keys, block_keys), set(block_words)),
    )


def _words(text: str) -> Words:
    return tuple(_WORD.findall(text.casefold()))


def _shingles(texts: Sequence[Words], numbers: dict[str, int]) -> Keys:
    """A key for each `SHINGLE` words in a row, over all texts; the last words begin none."""
    words = [numbers.setdefault(word, len(numbers)) for text in texts for word in text]
    column = np.array(words, np.uint64)
    count = max(len(column) - SHINGLE + 1, 0)
    keys = np.zeros(count, np.uint64)
    for offset in range(SHINGLE):
        keys = keys * _FACTOR + column[offset : offset + count]
    return keys


def _found(keys: Keys, known: Keys) -> Bools:
    """For each word of the text with these keys whether a known shingle covers it.

    A text of fewer than `SHINGLE` words has no key, and as many places as if it had them all.
    """
    is_known = np.isin(keys, known)
    found = np.zeros(len(keys) + SHINGLE - 1, np.bool_)
    for offset in range(SHINGLE):
        found[offset : offset + len(keys)] |= is_known
    return found


def _mostly_found(texts: Sequence[Words], found: Bools) -> list[bool]:
    """For each text whether at least `FOUND` of its words are; never for one without words."""
    ends = np.cumsum([0, *map(len, texts)])
    counts = np.concatenate(([0], np.cumsum(found)))
    sums = counts[ends[1:]] - counts[ends[:-1]]
    enough = (sums >= FOUND * np.diff(ends)) & (sums > 0)
    return [bool(each) for each in enough]


def _share(lines: Sequence[Words], found: Bools, blocks: set[Words]) -> float:
    """The share of the words of lines that are found, or whose line is a whole block."""
    is_whole = np.array([line in blocks for line in lines for _ in line], np.bool_)
    either = is_whole | found[: len(is_whole)]
    return float(either.mean()) if len(either) else 0.0


def _add_whole_lines(is_kept: list[bool], blocks: Sequence[Words], lines: Sequence[Words]) -> None:
    """Count blocks as kept that are a whole line which no kept block is yet, in page order."""
    left = Counter(lines)
    left.subtract(words for words, each in zip(blocks, is_kept, strict=True) if each)
    for block, words in enumerate(blocks):
        if words and not is_kept[block] and left[words] > 0:
            is_kept[block] = True
            left[words] -= 1
