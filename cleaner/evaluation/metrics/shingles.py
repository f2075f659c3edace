"""The four-word shingle F1 of scrapinghub's article-extraction-benchmark.

Shingles are runs of four words, counted as multisets; a page's true and false
positives and false negatives are divided by their sum, so that long texts have
no more weight. Precision and recall are averaged over pages, and F1 is made of
the two means (``evaluate.py`` of that benchmark; the idea is from M. Peters,
"Benchmarking Python Content Extraction Algorithms", 2015).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from cleaner.evaluation.cases import Case
from cleaner.evaluation.datasets.markup import without_title
from cleaner.evaluation.metrics.metric import Counts, Metric, harmonic, mean, share

LENGTH = 4
"""Words of a shingle."""

_WORD = re.compile(r"\w+")


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """The shingles of a text; a text of fewer words is one shorter shingle.

    >>> shingles("a b c d e")
    Counter({('a', 'b', 'c', 'd'): 1, ('b', 'c', 'd', 'e'): 1})
    >>> shingles("")
    Counter({(): 1})
    """
    words = _WORD.findall(text)
    count = max(1, len(words) - LENGTH + 1)
    return Counter(tuple(words[start : start + LENGTH]) for start in range(count))


def shingle_overlap(gold: str, answer: str) -> tuple[float, float]:
    """Precision and recall of an answer's shingles; two empty texts agree wholly.

    >>> shingle_overlap("a b c d e", "a b c d")
    (1.0, 0.5)
    """
    wanted, given = shingles(gold), shingles(answer)
    both = (wanted & given).total()
    return share(both, given.total()), share(both, wanted.total())


def _count(case: Case, answer: str | None) -> Counts:
    precision, recall = (0.0, 0.0) if answer is None else shingle_overlap(case.text, answer)
    return {"precision": precision, "recall": recall}


def _count_untitled(case: Case, answer: str | None) -> Counts:
    return _count(case, None if answer is None else without_title(answer, case.title))


def _score(counts: Counts) -> float:
    return harmonic(counts["precision"], counts["recall"])


def _figures(counts: Sequence[Counts]) -> dict[str, float]:
    precision, recall = mean(counts, "precision"), mean(counts, "recall")
    return {"precision": precision, "recall": recall, "f1": harmonic(precision, recall)}


SHINGLES: Metric[str] = Metric(_count, _score, _figures)
"""Mean precision, mean recall, and the F1 of the two."""

UNTITLED_SHINGLES: Metric[str] = Metric(_count_untitled, _score, _figures)
"""The same for gold without the title: an answer may start with it, nobody loses by that."""
