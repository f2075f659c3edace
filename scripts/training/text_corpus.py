"""All training pages as rows: one row for each line of each page in each style."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cleaner.evidence.lines.arrays import Lines, gather_lines
from cleaner.evidence.text.features import feature_names, line_features
from cleaner.evidence.text.stacked import context_of
from scripts.training.lessons import Floats
from scripts.training.ngram_rows import ngram_rows
from scripts.training.strangers import has_spaces, in_strange_script
from scripts.training.text_pages import EXCERPT, STYLES, TextPage

Ints = NDArray[np.int64]

_CHUNK = 64  # pages measured at once
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Corpus:
    """The pages of all data sets; arrays have a row for each line."""

    pages: list[TextPage]

    @cached_property
    def bounds(self) -> Ints:
        """Where each page's rows begin, and the end of the last."""
        return np.concatenate([[0], np.cumsum([len(page.lines) for page in self.pages])])

    def spread(self, values: Sequence[object]) -> NDArray[np.generic]:
        """A value of each page for each of its rows."""
        return np.repeat(np.array(values), np.diff(self.bounds))

    @cached_property
    def fold(self) -> NDArray[np.generic]:
        """The fold of each row's site."""
        return self.spread([page.page.fold for page in self.pages])

    @cached_property
    def style(self) -> NDArray[np.generic]:
        """The number of each row's style; excerpts come last."""
        styles = (*STYLES, EXCERPT)
        return self.spread([styles.index(page.style) for page in self.pages])

    @cached_property
    def roles(self) -> Ints:
        """The number of the hand-labelled role, -1 without one."""
        return np.concatenate([page.roles for page in self.pages])

    @cached_property
    def main(self) -> Floats:
        """1 for main content."""
        return np.concatenate([page.main for page in self.pages]).astype(np.float32)

    @cached_property
    def weight(self) -> Floats:
        """How sure ``main`` is."""
        return np.concatenate([page.weight for page in self.pages]).astype(np.float32)

    @cached_property
    def words(self) -> Ints:
        """Words of each row's line, as the benchmarks count them."""
        return np.array([len(_WORD.findall(line)) for page in self.pages for line in page.lines])

    @cached_property
    def main_weight(self) -> Floats:
        """What ``main`` weighs: more for a longer line, since words are what is counted."""
        size = np.sqrt(np.minimum(self.words, 60) + 1.0)
        known = (self.weight > 0) & (self.style < len(STYLES))
        return (self.weight * size / size[known].mean()).astype(np.float32)

    @cached_property
    def measures(self) -> Floats:
        """`line_features` of every row."""
        return np.concatenate([line_features(lines) for lines in self.chunks()])

    @cached_property
    def strange_measures(self) -> Floats:
        """The same of the pages in other scripts; they have as many function words there."""
        measures = np.concatenate(
            [line_features(lines) for lines in self.chunks(in_strange_script)]
        )
        spaced = self.spread([has_spaces(number) for number in range(len(self.pages))])
        columns = [number for number, name in enumerate(feature_names()) if "function" in name]
        for column in columns:
            measures[spaced, column] = self.measures[spaced, column]
        return measures

    def chunks(self, written: Callable[[str, int], str] | None = None) -> Iterator[Lines]:
        """The rows as lines, some pages at a time; ``written`` says how those of a page are."""
        for start in range(0, len(self.pages), _CHUNK):
            part = self.pages[start : start + _CHUNK]
            lines = [page.lines for page in part]
            if written:
                lines = [
                    [written(line, number) for line in page]
                    for number, page in enumerate(lines, start)
                ]
            yield gather_lines(lines, [page.gaps for page in part], [page.indents for page in part])

    def ngram_rows(self, buckets: int) -> csr_matrix:
        """The n-grams of every row."""
        return ngram_rows(self.chunks(), buckets)

    def context(self, scores: Floats) -> Floats:
        """`context_of` for every row."""
        parts, start = [], 0
        for lines in self.chunks():
            parts.append(context_of(lines, scores[start : start + len(lines)]))
            start += len(lines)
        return np.concatenate(parts)

    def spans(self, wanted: NDArray[np.bool_]) -> list[tuple[int, int]]:
        """Where the pages begin and end whose rows are wanted; those without rows left out."""
        pairs = zip(self.bounds.tolist(), self.bounds[1:].tolist(), strict=False)
        return [(begin, end) for begin, end in pairs if begin < end and wanted[begin]]

    @cached_property
    def lexical(self) -> Ints:
        """The rows that n-grams are learned from: whole pages, each line once a site."""
        seen: set[tuple[str, str]] = set()
        rows = []
        for number, page in enumerate(self.pages):
            if page.style != "full":
                continue
            site = page.page.site
            new = [at for at, line in enumerate(page.lines) if (site, line) not in seen]
            seen.update((site, page.lines[at]) for at in new)
            rows.append(self.bounds[number] + np.array(new, np.int64))
        return np.concatenate(rows)
