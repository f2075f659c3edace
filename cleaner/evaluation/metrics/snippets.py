"""trafilatura's F1 over snippets: which must stand in the answer, and which must not.

Counted over all snippets of all pages (``tests/evaluate.py`` of trafilatura,
A. Barbaresi, ACL 2021 demonstrations). An empty answer misses every wanted
snippet and has none of the unwanted. Unlike there, white space between words is
one space on both sides, so that where a program ends its lines does not count:
with it trafilatura 2.3.1 has 0.932 on 379 of those pages, without 0.930.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.evaluation.cases import Case
from cleaner.evaluation.metrics.metric import Counts, Metric, share, total


def snippet_counts(within: Sequence[str], without: Sequence[str], answer: str) -> Counts:
    r"""True and false positives and negatives; a snippet must stand there, white space aside.

    >>> snippet_counts(["one", "two"], ["the menu"], "one, the\n menu")
    {'tp': 1.0, 'fn': 1.0, 'fp': 1.0, 'tn': 0.0}
    """
    answer = _joined(answer)
    right = sum(_joined(snippet) in answer for snippet in within)
    wrong = sum(_joined(snippet) in answer for snippet in without)
    values = (right, len(within) - right, wrong, len(without) - wrong)
    return dict(zip(("tp", "fn", "fp", "tn"), map(float, values), strict=True))


def _joined(text: str) -> str:
    return " ".join(text.split())


def _count(case: Case, answer: str | None) -> Counts:
    return snippet_counts(case.within, case.without, answer or "")


def _f1(counts: Sequence[Counts]) -> float:
    right = 2 * total(counts, "tp")
    return share(right, right + total(counts, "fp") + total(counts, "fn"))


def _figures(counts: Sequence[Counts]) -> dict[str, float]:
    right = total(counts, "tp")
    return {
        "precision": share(right, right + total(counts, "fp")),
        "recall": share(right, right + total(counts, "fn")),
        "f1": _f1(counts),
    }


SNIPPETS: Metric[str] = Metric(_count, lambda counts: _f1([counts]), _figures)
"""Precision, recall and F1 over all snippets."""
