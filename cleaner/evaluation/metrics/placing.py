"""Find the block that holds each line of a page, in page order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+")

FOUND = 0.5
"""A line counts as found when at least this share of its words stands in blocks at its place."""

Words = tuple[str, ...]


def place_lines(lines: Sequence[str], blocks: Sequence[str]) -> list[int | None]:
    """For each line the index of the block that holds most of its words, or None.

    Whole lines that are whole blocks are matched first, both in page order; the
    words of what is left between them next; then a line left over is looked for
    between the blocks of its neighbours letter by letter, white space aside
    (flattening glues words of neighbouring elements together); last, it takes
    a block of just its words that nothing was matched to, wherever it stands.
    Case and punctuation do not count, unless a line has nothing else. A line
    that is found in no block, or with fewer than half its words, gives None.

    >>> place_lines(["Home", "One two", "three", "gone"], ["home", "One two three"])
    [0, 1, 1, None]
    >>> place_lines(["HomeContact us"], ["Home", "Contact us"])
    [1]
    """
    line_words, block_words = [_words(line) for line in lines], [_words(block) for block in blocks]
    votes: list[Counter[int]] = [Counter() for _ in lines]
    for line, block, count in _matches(line_words, block_words):
        votes[line][block] += count
    places = [_elected(*each) for each in zip(votes, line_words, strict=True)]
    _fill_glued(places, lines, blocks)
    _fill_moved(places, line_words, block_words)
    return places


def _words(text: str) -> Words:
    """The words of a text; the text itself when it has none."""
    return tuple(_WORD.findall(text.casefold())) or tuple(text.split())


def _elected(votes: Counter[int], words: Words) -> int | None:
    if not words or votes.total() < FOUND * len(words):
        return None
    return max(votes, key=lambda block: (votes[block], -block))


def _matches(lines: Sequence[Words], blocks: Sequence[Words]) -> Iterator[tuple[int, int, int]]:
    """Triples of line, block, and how many words of the line the block holds."""
    matcher = SequenceMatcher(None, lines, blocks, autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            for offset in range(end - start):
                yield start + offset, first + offset, len(lines[start + offset])
        elif tag == "replace":
            yield from _word_matches(lines, blocks, range(start, end), range(first, last))


def _word_matches(
    lines: Sequence[Words], blocks: Sequence[Words], some_lines: range, some_blocks: range
) -> Iterator[tuple[int, int, int]]:
    left = [(line, word) for line in some_lines for word in lines[line]]
    right = [(block, word) for block in some_blocks for word in blocks[block]]
    matcher = SequenceMatcher(
        None, [word for _, word in left], [word for _, word in right], autojunk=False
    )
    for run in matcher.get_matching_blocks():
        for offset in range(run.size):
            yield left[run.a + offset][0], right[run.b + offset][0], 1


def _fill_glued(places: list[int | None], lines: Sequence[str], blocks: Sequence[str]) -> None:
    """Give lines without a place the block with most of their letters, at their place."""
    squeezed = ["".join(block.split()) for block in blocks]
    first = 0
    for line, place in enumerate(places):
        if place is None:
            last = next((each for each in places[line:] if each is not None), len(blocks) - 1)
            place = _letters_in("".join(lines[line].split()), squeezed, range(first, last + 1))
            places[line] = place
        first = first if place is None else place


def _letters_in(line: str, blocks: Sequence[str], some: range) -> int | None:
    """The block among some that has most of a text which runs through them; the first such."""
    start = "".join(blocks[block] for block in some).find(line)
    if start < 0 or not line:
        return None
    most, best, offset = 0, None, 0
    for block in some:
        end = offset + len(blocks[block])
        inside = min(end, start + len(line)) - max(offset, start)
        if inside > most:
            most, best = inside, block
        offset = end
    return best


def _fill_moved(places: list[int | None], lines: Sequence[Words], blocks: Sequence[Words]) -> None:
    """Give lines without a place the first unused block of the same words."""
    used = set(places)
    free: dict[Words, list[int]] = {}
    for block, words in enumerate(blocks):
        if words and block not in used:
            free.setdefault(words, []).append(block)
    for line, place in enumerate(places):
        if place is None and free.get(lines[line]):
            places[line] = free[lines[line]].pop(0)
