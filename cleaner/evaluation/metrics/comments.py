"""Comments as records: who wrote each, and its text, as the page's own markup has them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cleaner.evaluation.cases import Case, GoldComment
from cleaner.evaluation.datasets.markup import squeezed
from cleaner.evaluation.metrics.metric import Counts, Metric, share, total
from cleaner.evaluation.metrics.words import words

Record = tuple[str, str]
"""Author and text of a comment; an author that is not known is empty."""

FOUND = 0.5
"""F1 of two texts' words from which on they are the same comment, with an edge cut wrong."""


def pair_records(gold: Sequence[Record], found: Sequence[Record]) -> list[Record | None]:
    """For each gold record the found one that is the same comment, or None.

    Each is taken once: those that are wholly right first, then those of the same text,
    then those with most of its words. White space does not count.

    >>> found = [("Ada", "No."), ("otter", "Yes it did Reply"), ("", "Thanks")]
    >>> pair_records([("otter", "Yes, it did."), ("Ada", "No."), ("crow", "Well")], found)
    [('otter', 'Yes it did Reply'), ('Ada', 'No.'), None]
    """
    pairs: list[Record | None] = [None] * len(gold)
    free = set(range(len(found)))
    for _, place, number in sorted(_likenesses(gold, found), key=lambda like: -like[0]):
        if pairs[place] is None and number in free:
            pairs[place] = found[number]
            free.discard(number)
    return pairs


def _likenesses(
    gold: Sequence[Record], found: Sequence[Record]
) -> Iterator[tuple[float, int, int]]:
    """How much alike two records are, from `FOUND` on, with their places."""
    bags = [Counter(words(text)) for _, text in found]
    for place, record in enumerate(gold):
        bag = Counter(words(record[1]))
        for number, other in enumerate(found):
            both = (bag & bags[number]).total()
            overlap = share(2 * both, bag.total() + bags[number].total())
            is_author, is_text = map(_is_same, record, other)
            if is_text or overlap >= FOUND:
                yield overlap + is_text + 0.5 * is_author, place, number


def _is_same(one: str, other: str) -> bool:
    return squeezed(one) == squeezed(other)


def _count(case: Case, answer: Sequence[Record] | None) -> Counts:
    asked = [comment for comment in case.comments if comment.is_visible]
    pairs = pair_records([(each.author, each.text) for each in asked], answer or ())
    right = [_right(*each) for each in zip(asked, pairs, strict=True)]
    counts = {
        "records": len(asked),
        "left out": len(case.comments) - len(asked),
        "found": sum(pair is not None for pair in pairs),
        "author": sum(author for author, _ in right),
        "text": sum(text for _, text in right),
        "exact": sum(author and text for author, text in right),
    }
    return {name: float(count) for name, count in counts.items()}


def _right(gold: GoldComment, found: Record | None) -> tuple[bool, bool]:
    """Whether author and text of a record are right."""
    author, text = found or ("", "")
    return _is_same(gold.author, author), _is_same(gold.text, text)


_SHARES = ("found", "author", "text", "exact")


def _figures(counts: Sequence[Counts]) -> dict[str, float]:
    records = total(counts, "records")
    shares = {name: share(total(counts, name), records) for name in _SHARES}
    return {"records": records, "left out": total(counts, "left out"), **shares}


COMMENTS: Metric[Sequence[Record]] = Metric(
    _count, lambda counts: share(counts["exact"], counts["records"]), _figures, _SHARES
)
"""Shares of the gold records, over all pages: ``found`` at all, ``author`` right, ``text``
right, both (``exact``). ``left out`` are those that no reader of the page sees.
"""
