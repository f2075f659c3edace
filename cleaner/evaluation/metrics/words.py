r"""WCXB's word F1: the overlap of the words of two texts, as multisets.

Words are what ``\w+`` matches in the lower-cased text; F1 is taken per page and
averaged over pages (M. Foley 2026, "WCXB: A Multi-Type Web Content Extraction
Benchmark", arXiv 2605.21097). With it trafilatura 2.3.1 has on the development
pages the 0.826 known for it; words cut at white space give 0.809.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from cleaner.evaluation.cases import Case
from cleaner.evaluation.metrics.metric import Counts, Metric, mean, share, total

THREADS = frozenset(("forum", "discussion"))
"""Page types on which what readers wrote is main content."""

_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class SortedText:
    """A page as an answer: its main content, what it has as comments, and all the rest."""

    text: str
    comments: str = ""
    rest: str = ""


def words(text: str) -> list[str]:
    """The words of a text, lower case, in order.

    >>> words("Don't stop, it's 3 pm")
    ['don', 't', 'stop', 'it', 's', '3', 'pm']
    """
    return _WORD.findall(text.lower())


def word_overlap(gold: str, answer: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of an answer's words.

    Two texts without words agree wholly; one against none, not at all.

    >>> word_overlap("one two two", "two one three four")
    (0.5, 0.6666666666666666, 0.5714285714285714)
    >>> word_overlap("", ""), word_overlap("", "one")
    ((1.0, 1.0, 1.0), (0.0, 0.0, 0.0))
    """
    wanted, given = Counter(words(gold)), Counter(words(answer))
    if not wanted and not given:
        return 1.0, 1.0, 1.0
    both = (wanted & given).total()
    f1 = share(2 * both, wanted.total() + given.total())
    return share(both, given.total()), share(both, wanted.total()), f1


def lost_words(gold: str, answer: SortedText) -> int:
    """How many words of the gold stand nowhere but among what was taken for comments.

    >>> lost_words("one two two", SortedText("two", comments="two one", rest="one"))
    1
    """
    missing = Counter(words(gold))
    missing -= Counter(words(answer.text)) + Counter(words(answer.rest))
    return (missing & Counter(words(answer.comments))).total()


def _count(case: Case, answer: SortedText | str | None) -> Counts:
    page = SortedText(answer) if isinstance(answer, str) else answer
    scores = (0.0, 0.0, 0.0) if page is None else word_overlap(case.text, page.text)
    counts = dict(zip(("precision", "recall", "f1"), scores, strict=True))
    counts["empty"] = float(not case.text.strip())
    if page is not None and case.kind not in THREADS:
        counts["words"] = float(len(words(case.text)))
        counts[_LOST] = float(lost_words(case.text, page))
    return counts


_LOST = "as comments"


def _figures(counts: Sequence[Counts]) -> dict[str, float]:
    means = {name: mean(counts, name) for name in ("precision", "recall", "f1")}
    return means | {_LOST: share(total(counts, _LOST), total(counts, "words"))}


WORDS: Metric[SortedText | str] = Metric(
    _count, lambda counts: counts["f1"], _figures, ceilings=(_LOST,)
)
"""Mean precision, recall and F1 of pages; ``empty`` marks pages whose gold is empty.

``as comments`` is the share of the gold's words, over pages that are no threads, that
stand only in blocks with the role comment (its lines around them, comment-meta, do not count).
"""
