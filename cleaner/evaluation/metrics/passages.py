"""Readers' passages: whether each stands word for word in a comment, and in the body."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cleaner.document import BODY_ROLES, Role
from cleaner.evaluation.cases import GoldLine
from cleaner.evaluation.metrics.metric import Counts, share, total

IN_BODY = ("in body", "leaked")
"""The figures that should be low."""

_BETWEEN = "\0"


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page as an answer: each block's role and text in page order, its comments, its body."""

    blocks: tuple[tuple[Role, str], ...]
    comments: tuple[str, ...] = ()
    body: str = ""


def count_passages(lines: Sequence[GoldLine], page: LabelledPage | None) -> Counts:
    """How many labelled comment lines there are, and how many are an exact substring of what.

    White space counts as one space. A passage is ``leaked`` when it stands in the body, and
    no line of the piece itself has it: what readers quote of the piece belongs to both.

    >>> page = LabelledPage((), ("Quite so.  I agree.",), "It rained.")
    >>> count_passages([GoldLine(Role.COMMENT, "I agree."), GoldLine(Role.BODY, "No")], page)
    {'passages': 1.0, 'in comments': 1.0, 'in body': 0.0, 'leaked': 0.0}
    """
    wanted = [_flat(line.text) for line in lines if line.role is Role.COMMENT]
    piece = _joined(line.text for line in lines if line.role in BODY_ROLES)
    comments = _joined(page.comments if page else ())
    body = _joined([page.body] if page else ())
    in_body = [passage for passage in wanted if passage in body]
    return {
        "passages": float(len(wanted)),
        "in comments": float(sum(passage in comments for passage in wanted)),
        "in body": float(len(in_body)),
        "leaked": float(sum(passage not in piece for passage in in_body)),
    }


def passage_figures(counts: Sequence[Counts]) -> dict[str, float]:
    """The shares of the passages of some pages that are found in comments, and in bodies."""
    whole = total(counts, "passages")
    return {name: share(total(counts, name), whole) for name in ("in comments", *IN_BODY)}


def _joined(texts: Iterable[str]) -> str:
    return _BETWEEN.join(map(_flat, texts))


def _flat(text: str) -> str:
    return " ".join(text.split())
