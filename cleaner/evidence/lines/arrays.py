"""The lines of many pages as arrays: characters, words, pages.

Everything that is counted later is counted on these arrays at once, for a
whole batch of pages; no line is handled by itself in Python. All counts are
integers, so that what comes out for a page does not hang on its batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.lines.codepoints import Kind, code_points, folded, kinds
from cleaner.parsing.columns import sums_before

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_MULTIPLIERS = np.array(
    [
        *(0xBDAFCC73, 0xD856D255, 0x1B7AB04B, 0x29358853, 0x753D914B, 0x8EC858BF, 0xC2FA6363),
        *(0x5E3A7CAF, 0x092B73ED, 0x37066FC1, 0x74CEEC01, 0x62C55D37, 0xEA4F2127, 0x6D9C3049),
        *(0xA35A9929, 0x9C80FB61, 0x174F7D31, 0xBC83C8CF, 0x0CC955A7, 0x03EA05DF, 0x95D8EB8B),
        *(0x4108D349, 0x5DB59BF1, 0x9AA94D7F, 0x280AF669, 0x156FC49D, 0xB3653DC5, 0xFF6D70CB),
        *(0xAED06CF5, 0xD514A2B7, 0x6A19BCBF, 0x096A3DAD),
    ],
    np.uint32,
)
"""What the letters of a word are multiplied by, one place after the other: odd numbers, drawn once.

The models' tables were learned with them."""

_MOST_LETTERS = len(_MULTIPLIERS)
"""Letters of a word beyond these change its hash only by being there."""

_KINDS = len(Kind)
# As numbers of one byte: compared with others, an array is first made of wider ones.
_FIRST_LETTER, _LAST_LETTER = np.uint8(Kind.LOWER), np.uint8(Kind.DIGIT)
_UNSPACED = np.uint8(Kind.UNSPACED)
_STRETCH = 1 << 17  # characters whose arrays are held at once, about a hundred bytes for each


@dataclass(frozen=True, eq=False)
class Lines:
    """The lines of some pages, one after the other.

    ``text`` is all lines, each followed by LF. ``starts`` are the places of the
    lines in it; ``sizes`` their lengths.
    ``first`` and ``last`` give for each line the first line of its page and the
    first line after its page. ``gaps`` is how many blank lines stand before a
    line, ``indents`` how many characters it is set in.
    """

    text: str
    starts: Ints
    sizes: Ints
    page: Ints
    first: Ints
    last: Ints
    gaps: Ints
    indents: Ints

    def __len__(self) -> int:
        return len(self.starts)

    @cached_property
    def codes(self) -> NDArray[np.uint32]:
        """The code point of every character."""
        return code_points(self.text)

    @cached_property
    def kinds(self) -> NDArray[np.uint8]:
        """The kind of every character."""
        found = np.empty(len(self.text), np.uint8)
        for part in self.stretches():
            # the last entry is for all beyond the plane
            kinds().take(part.codes, mode="clip", out=found[part.place])
        return found

    @cached_property
    def counts(self) -> NDArray[np.int32]:
        """How many characters of each kind each line has; an array (lines, kinds)."""
        table = np.empty((len(self), _KINDS), np.int32)
        for stretch in self.stretches():
            keys = stretch.of_characters(np.arange(len(stretch)) * _KINDS) + stretch.kinds
            counts = np.bincount(keys, minlength=len(stretch) * _KINDS)
            table[stretch.first : stretch.last] = counts.reshape(-1, _KINDS)
        table[:, Kind.SPACE] -= 1  # its LF
        return table

    def stretches(self) -> Iterator[Stretch]:
        """The lines in order, some thousand at a time: what is made of every character is big."""
        first = 0
        while first < len(self):
            reach = int(self.starts[first]) + _STRETCH
            last = max(int(np.searchsorted(self.starts, reach)), first + 1)
            yield Stretch(self, first, last)
            first = last

    @cached_property
    def words(self) -> Words:
        """The words of all lines."""
        return _words(self)


class Stretch:
    """The lines from ``first`` up to ``last`` with their characters.

    ``place`` is where these stand in the text of all.
    """

    def __init__(self, lines: Lines, first: int, last: int) -> None:
        self.first, self.last = first, last
        self._sizes = lines.sizes[first:last] + 1
        start = int(lines.starts[first])
        self.place = slice(start, start + int(self._sizes.sum()))
        self._lines = lines

    def __len__(self) -> int:
        return self.last - self.first

    @property
    def bounds(self) -> Ints:
        """Where each of its lines begins in it, and where the last one ends."""
        return sums_before(self._sizes, np.int64)

    @property
    def codes(self) -> NDArray[np.uint32]:
        """The code points of its characters."""
        return code_points(self._lines.text[self.place])

    @property
    def kinds(self) -> NDArray[np.uint8]:
        """The kinds of its characters."""
        return self._lines.kinds[self.place]

    def of_characters(self, of_lines: Ints) -> Ints:
        """For every character what is given for its line; a line's LF belongs to it."""
        return np.repeat(of_lines, self._sizes)


@dataclass(frozen=True)
class Words:
    """The words of some lines, in order.

    A word is a run of letters and digits; in scripts without spaces every
    letter is one. ``hashes`` are of the lower case, digits as zeros. ``begin``
    and ``end`` give for each line its first word and the first after it.
    """

    hashes: NDArray[np.uint32]
    line: Ints
    first_kind: NDArray[np.uint8]
    begin: Ints
    end: Ints
    letters: NDArray[np.int32]
    place: NDArray[np.int32]

    def of(self, first: int, last: int) -> Words:
        """Those of the lines from ``first`` up to ``last``, of which there is one at least."""
        begin, end = int(self.begin[first]), int(self.end[last - 1])
        words = slice(begin, end)
        return Words(
            self.hashes[words],
            self.line[words] - first,
            self.first_kind[words],
            self.begin[first:last] - begin,
            self.end[first:last] - begin,
            self.letters[words],
            self.place[words],
        )


def gather_lines(
    pages: Sequence[Sequence[str]],
    gaps: Sequence[Sequence[int]] | None = None,
    indents: Sequence[Sequence[int]] | None = None,
) -> Lines:
    """Put the lines of pages into arrays.

    >>> lines = gather_lines([["One two", "3"], ["Four"]])
    >>> lines.sizes.tolist(), lines.page.tolist(), lines.last.tolist()
    ([7, 1, 4], [0, 0, 1], [2, 2, 3])
    """
    flat = [line for page in pages for line in page]
    text = "\n".join((*flat, ""))
    sizes = np.fromiter(map(len, flat), np.int64, len(flat))
    heights = np.fromiter(map(len, pages), np.int64, len(pages))
    ends = np.cumsum(heights)
    return Lines(
        text,
        np.cumsum(sizes + 1) - sizes - 1,
        sizes,
        np.repeat(np.arange(len(pages)), heights),
        np.repeat(ends - heights, heights),
        np.repeat(ends, heights),
        _numbers(gaps, len(flat)),
        _numbers(indents, len(flat)),
    )


def _numbers(values: Sequence[Sequence[int]] | None, count: int) -> Ints:
    if values is None:
        return np.zeros(count, np.int64)
    flat = [np.asarray(part, np.int64) for part in values]
    return np.concatenate([*flat, np.zeros(0, np.int64)])


def _words(lines: Lines) -> Words:
    parts = [_words_in(stretch) for stretch in lines.stretches()]
    if not parts:
        parts = [_no_words()]
    hashes, line, first_kind, letters = map(np.concatenate, zip(*parts, strict=True))
    bounds = sums_before(np.bincount(line, minlength=len(lines)), np.int64)
    place = np.arange(len(line), dtype=np.int32)
    place -= bounds.astype(np.int32).take(line)
    return Words(hashes, line, first_kind, bounds[:-1], bounds[1:], letters, place)


def _words_in(
    stretch: Stretch,
) -> tuple[NDArray[np.uint32], Ints, NDArray[np.uint8], NDArray[np.int32]]:
    """The hash, line, first kind and number of letters of each word."""
    kind = stretch.kinds
    is_word = (kind - _FIRST_LETTER) <= _LAST_LETTER - _FIRST_LETTER
    opens = is_word.copy()
    opens[1:] &= ~is_word[:-1]
    unspaced = kind == _UNSPACED
    if unspaced.any():
        opens[1:] |= is_word[1:] & (unspaced[1:] | unspaced[:-1])
    starts = np.flatnonzero(opens)
    inside = np.flatnonzero(is_word)
    first = np.flatnonzero(opens[inside])
    sizes = np.diff(first, append=len(inside))
    place = np.arange(len(inside)) - np.repeat(first, sizes)
    letters = folded().take(stretch.codes.take(inside), mode="clip") + np.uint32(1)
    letters *= _MULTIPLIERS.take(place, mode="clip")
    counts = np.diff(np.searchsorted(starts, stretch.bounds))
    line = np.repeat(np.arange(stretch.first, stretch.last), counts)
    return mix(_sums(letters, first)), line, kind[starts], sizes.astype(np.int32)


def _no_words() -> tuple[NDArray[np.uint32], Ints, NDArray[np.uint8], NDArray[np.int32]]:
    none = np.zeros(0, np.int64)
    return none.astype(np.uint32), none, none.astype(np.uint8), none.astype(np.int32)


def _sums(values: NDArray[np.uint32], first: Ints) -> NDArray[np.uint32]:
    if not len(first):
        return np.zeros(0, np.uint32)
    return np.add.reduceat(values, first, dtype=np.uint32)


def mix(hashes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Spread hashes over all their bits (the finaliser of lowbias32)."""
    hashes = (hashes ^ (hashes >> np.uint32(16))) * np.uint32(0x7FEB352D)
    hashes = (hashes ^ (hashes >> np.uint32(15))) * np.uint32(0x846CA68B)
    return hashes ^ (hashes >> np.uint32(16))
