"""What can be measured of the lines of flattened pages, without any model.

One row for each line, float32. Everything is counted in integers over the
lines of a whole batch at once; a page's rows are the same, bit by bit, alone
and in any batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.language.function_words import function_words, page_languages
from cleaner.evidence.lines.arrays import Flags, Ints, Lines, gather_lines, mix
from cleaner.evidence.lines.codepoints import Kind
from cleaner.evidence.lines.windows import (
    RunningSums,
    distance_above,
    distance_below,
    shifted,
    window_sizes,
)
from cleaner.parsing.columns import sums_before

Floats = NDArray[np.float32]
Columns = dict[str, NDArray[np.generic]]

_LONG = 15  # words; with a full stop at its end such a line is prose
_VERY_LONG = 30  # words; prose however it ends
_VOCABULARY = 1 << 13  # buckets a page
_CONTENT_LETTERS = 4  # a shorter word says little about the subject


def text_features(
    pages: Sequence[Sequence[str]],
    gaps: Sequence[Sequence[int]] | None = None,
    indents: Sequence[Sequence[int]] | None = None,
) -> Floats:
    """The features of every line of every page, an array (lines, `feature_names`).

    ``pages`` are stripped, non-empty lines; ``gaps`` how many blank lines stand
    before each, ``indents`` how far each is set in, both 0 where not given.

    >>> text_features([["Home", "News"], ["A line."]]).shape == (3, len(feature_names()))
    True
    """
    return line_features(gather_lines(pages, gaps, indents))


def line_features(lines: Lines) -> Floats:
    """The features of lines that are arrays already."""
    if not len(lines):
        return np.zeros((0, len(feature_names())), np.float32)
    features = np.empty((len(lines), len(feature_names())), np.float32)
    for number, column in enumerate(LineMeasures(lines).columns().values()):
        features[:, number] = column
    return features


_LOGS = np.log1p(np.arange(1 << 14)).astype(np.float32)
"""Logarithms by look-up: those of an array may differ in their last bit by place."""


def _log(values: NDArray[np.generic]) -> Floats:
    logs: Floats = _LOGS[np.minimum(values, len(_LOGS) - 1)]
    return logs


def _share(part: NDArray[np.generic], whole: NDArray[np.generic]) -> Floats:
    divisor = np.maximum(whole.astype(np.float32), np.float32(1))
    share: Floats = np.divide(part.astype(np.float32), divisor, dtype=np.float32)
    return share


class LineMeasures:
    """The measures of some lines; each is counted once."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self.words = lines.words

    @cached_property
    def word_counts(self) -> Ints:
        """Words of each line, two letters to a word in scripts without spaces."""
        return self.words.end - self.words.begin - self.lines.counts[:, Kind.UNSPACED] // 2

    @cached_property
    def last_kinds(self) -> Ints:
        """The kind of each line's last character, behind a closing quote or bracket."""
        lines = self.lines
        last = lines.starts + lines.sizes - 1
        kind = lines.kinds
        closing = (kind[last] == Kind.QUOTE) | (kind[last] == Kind.BRACKET)
        kinds: Ints = kind[np.maximum(last - closing, lines.starts)].astype(np.int64)
        return kinds

    @cached_property
    def ends_stop(self) -> Flags:
        """Whether a line ends like a sentence."""
        return np.equal(self.last_kinds, Kind.STOP)

    @cached_property
    def is_prose(self) -> Flags:
        """Whether a line is a paragraph."""
        words = self.word_counts
        prose: Flags = ((words >= _LONG) & self.ends_stop) | (words >= _VERY_LONG)
        return prose

    @cached_property
    def languages(self) -> tuple[Ints, NDArray[np.float64]]:
        """For each page its language and the share of that language's function words."""
        return page_languages(self.lines)

    @cached_property
    def function_flags(self) -> Flags:
        """For each word whether it is a function word."""
        return function_words(self.lines, self.languages[0])

    @cached_property
    def function_counts(self) -> Ints:
        """Function words of each line."""
        return self.per_line(self.function_flags)

    @cached_property
    def hashes(self) -> NDArray[np.int64]:
        """A hash of each line's words, in order; of lines without words the same."""
        place = (self.words.place % 64).astype(np.uint32)
        mixed = mix(self.words.hashes + place * np.uint32(0x9E3779B1)).astype(np.int64)
        return _line_sums(self, mixed) & 0xFFFFFFFF

    def per_line(self, flags: NDArray[np.bool_]) -> Ints:
        """How many words of each line are flagged."""
        return np.bincount(self.words.line[flags], minlength=len(self.lines))

    def columns(self) -> Columns:
        """All features by name."""
        own = {**self._size(), **self._characters(), **self._words()}
        return {**own, **self._repeats(), **self._subject(), **self._around(), **self._page()}

    def _size(self) -> Columns:
        words, size = self.word_counts, self.lines.sizes
        return {
            "log words": _log(words),
            "log characters": _log(size),
            "word length": _share(size, words),
            "is prose": self.is_prose,
            "function share": _share(self.function_counts, words),
            "function words": np.minimum(self.function_counts, 10),
        }

    def _characters(self) -> Columns:
        counts, size = self.lines.counts, self.lines.sizes
        letters = counts[:, Kind.LOWER] + counts[:, Kind.UPPER]
        columns: Columns = {"upper share": _share(counts[:, Kind.UPPER], letters)}
        for kind in (Kind.DIGIT, Kind.CASELESS, Kind.UNSPACED, Kind.SEPARATOR, Kind.SYMBOL):
            columns[f"{kind.name.lower()} share"] = _share(counts[:, kind], size)
        for kind in (Kind.COMMA, Kind.STOP, Kind.COLON, Kind.QUOTE, Kind.DASH, Kind.SEPARATOR,
                     Kind.BRACKET, Kind.SYMBOL, Kind.RIGHTS):  # fmt: skip
            columns[f"{kind.name.lower()} count"] = np.minimum(counts[:, kind], 6)
        first = self.lines.kinds[self.lines.starts]
        for kind in (Kind.LOWER, Kind.UPPER, Kind.DIGIT, Kind.QUOTE, Kind.SEPARATOR, Kind.SYMBOL,
                     Kind.BRACKET, Kind.DASH):  # fmt: skip
            columns[f"starts {kind.name.lower()}"] = first == kind
        for kind in (Kind.STOP, Kind.COLON, Kind.COMMA, Kind.DIGIT, Kind.UPPER, Kind.SEPARATOR):
            columns[f"ends {kind.name.lower()}"] = self.last_kinds == kind
        columns["ends mark"] = self._ends_mark()
        return columns

    def _ends_mark(self) -> Flags:
        """Ends with '?', '!' or an ellipsis: a stop, and no plain sentence."""
        last = self.lines.codes[self.lines.starts + self.lines.sizes - 1]
        before = self.lines.codes[np.maximum(self.lines.starts + self.lines.sizes - 2, 0)]
        dots = (last == ord(".")) & (before == ord(".")) & (self.lines.sizes > 1)
        marked: Flags = dots | np.isin(last, [ord(mark) for mark in "?!…？！"])
        return marked

    def _words(self) -> Columns:
        words, counts = self.words, self.word_counts
        upper = words.first_kind == Kind.UPPER
        number = words.first_kind == Kind.DIGIT
        year = number & (words.letters == 4)
        long_word = words.letters >= 8
        return {
            "title share": _share(self.per_line(upper), counts),
            "numbers": np.minimum(self.per_line(number), 6),
            "number share": _share(self.per_line(number), counts),
            "years": np.minimum(self.per_line(year), 3),
            "long word share": _share(self.per_line(long_word), counts),
        }

    def _repeats(self) -> Columns:
        keys = self.lines.page << 32 | self.hashes
        _, place, where, counts = np.unique(
            keys, return_index=True, return_inverse=True, return_counts=True
        )
        first = place[where] == np.arange(len(keys))
        opening = np.zeros(len(keys), np.int64)
        some = self.words.end > self.words.begin
        opening[some] = self.words.hashes[self.words.begin[some]]
        _, where_opening, counts_opening = np.unique(
            self.lines.page << 32 | opening, return_inverse=True, return_counts=True
        )
        return {
            "copies": _log(counts[where] - 1),
            "is later copy": ~first,
            "same opening": _log(counts_opening[where_opening] - 1),
        }

    def _subject(self) -> Columns:
        """How much of a line the page's other lines speak of."""
        words, lines = self.words, self.lines
        content = (words.letters >= _CONTENT_LETTERS) & ~self.function_flags
        line = words.line[content]
        keys = lines.page[line] * _VOCABULARY + words.hashes[content] % _VOCABULARY
        size = (int(lines.page[-1]) + 1 if len(lines) else 0) * _VOCABULARY
        in_prose = np.bincount(keys[self.is_prose[line]], minlength=size)
        anywhere = np.bincount(keys, minlength=size)
        own = self.is_prose[line].astype(np.int64)
        hits = np.bincount(line[in_prose[keys] > own], minlength=len(lines))
        often = np.bincount(line[in_prose[keys] > own + 1], minlength=len(lines))
        repeated = np.bincount(line[anywhere[keys] > 1], minlength=len(lines))
        total = np.bincount(line, minlength=len(lines))
        return {
            "content words": np.minimum(total, 12),
            "share in prose": _share(hits, total),
            "hits in prose": np.minimum(hits, 8),
            "share often in prose": _share(often, total),
            "share elsewhere": _share(repeated, total),
        }

    def _around(self) -> Columns:
        lines, words, prose = self.lines, self.word_counts, self.is_prose
        columns: Columns = {
            "gap": np.minimum(lines.gaps, 4),
            "indent": np.minimum(lines.indents, 12),
            "prose below": _log(distance_below(lines, prose)),
            "prose above": _log(distance_above(lines, prose)),
        }
        for by in (-2, -1, 1, 2):
            other, inside = shifted(lines, by)
            columns[f"log words {by:+}"] = np.where(inside, _log(words)[other], -1)
            columns[f"ends stop {by:+}"] = inside & self.ends_stop[other]
            columns[f"function share {by:+}"] = _share(self.function_counts, words)[other]
            columns[f"digit share {by:+}"] = self._digits()[other] * inside
        after, inside = shifted(lines, 1)
        columns["gap after"] = np.where(inside, np.minimum(lines.gaps, 4)[after], 4)
        columns["indent change"] = np.clip(
            lines.indents - lines.indents[shifted(lines, -1)[0]], -6, 6
        )
        return {**columns, **self._windows()}

    def _digits(self) -> Floats:
        return _share(self.lines.counts[:, Kind.DIGIT], self.lines.sizes)

    def _windows(self) -> Columns:
        lines = self.lines
        values = np.stack(
            [
                np.minimum(self.word_counts, 60),
                self.is_prose.astype(np.int64),
                self.ends_stop.astype(np.int64),
                self.function_counts,
                (self.word_counts <= 3).astype(np.int64),
                lines.gaps.clip(0, 3),
            ],
            axis=1,
        )
        names = ("words", "prose", "stops", "function", "short", "gaps")
        running = RunningSums(lines, values)
        columns: Columns = {}
        for before, after in ((3, 0), (0, 3), (8, 8), (20, 20)):
            sums = running.around(before, after)
            sizes = window_sizes(lines, before, after)
            for number, name in enumerate(names):
                columns[f"{name} -{before}+{after}"] = _share(sums[:, number], sizes)
        return columns

    def _page(self) -> Columns:
        lines, prose = self.lines, self.is_prose
        height = lines.last - lines.first
        above = np.arange(len(lines)) - lines.first
        counted = self._counted()
        sums = RunningSums(lines, np.stack(list(counted.values()), axis=1))
        whole = dict(zip(counted, sums.page().T, strict=True))
        before = dict(zip(counted, sums.above().T, strict=True))
        return {
            "place": _share(above, height),
            "lines above": _log(above),
            "lines below": _log(height - above - 1),
            "words above": _share(before["words"], whole["words"]),
            "prose words above": _share(before["prose words"], whole["prose words"]),
            "prose lines above": _log(before["prose"]),
            "prose lines below": _log(whole["prose"] - before["prose"] - prose),
            "page lines": _log(height),
            "page words": _log(whole["words"]),
            "page prose share": _share(whole["prose words"], whole["words"]),
            "page prose lines": _share(whole["prose"], height),
            "page function share": self.languages[1][lines.page].astype(np.float32),
            "page unspaced": _share(whole["unspaced"], whole["characters"]),
            "page gaps": _share(whole["gaps"], height),
            "page indents": _share(whole["indents"], height),
            "page bullets": _share(whole["bullets"], height),
        }

    def _counted(self) -> dict[str, NDArray[np.integer]]:
        """What is added up over whole pages."""
        lines, words, prose = self.lines, self.word_counts, self.is_prose
        return {
            "words": words,
            "prose": prose.astype(np.int64),
            "prose words": np.where(prose, words, 0),
            "characters": lines.sizes,
            "unspaced": lines.counts[:, Kind.UNSPACED],
            "gaps": lines.gaps.clip(0, 3),
            "indents": (lines.indents > 0).astype(np.int64),
            "bullets": self._bullets().astype(np.int64),
        }

    def _bullets(self) -> Flags:
        return np.equal(self.lines.kinds[self.lines.starts], Kind.SEPARATOR)


def _line_sums(measures: LineMeasures, values: Ints) -> Ints:
    sums = sums_before(values, np.int64)
    result: Ints = sums[measures.words.end] - sums[measures.words.begin]
    return result


@cache
def feature_names() -> tuple[str, ...]:
    """The columns of `text_features`, in order."""
    return tuple(LineMeasures(gather_lines([["One"]])).columns())
