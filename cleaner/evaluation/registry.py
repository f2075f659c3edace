"""The data sets by name: their metric, and what of a page is the answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic

from cleaner.document import Role
from cleaner.errors import UsageError
from cleaner.evaluation.metrics.comments import COMMENTS, Record
from cleaner.evaluation.metrics.lines import LINES
from cleaner.evaluation.metrics.metric import Answer, Metric
from cleaner.evaluation.metrics.passages import LabelledPage
from cleaner.evaluation.metrics.shingles import SHINGLES, UNTITLED_SHINGLES
from cleaner.evaluation.metrics.snippets import SNIPPETS
from cleaner.evaluation.metrics.words import WORDS, SortedText
from cleaner.page import Page


@dataclass(frozen=True, slots=True)
class DataSet(Generic[Answer]):
    """How the pages of one data set are answered and scored.

    ``answer`` takes from a page what the metric scores. ``takes_text`` says
    whether a plain text is an answer too, so that peers can be measured.
    """

    name: str
    metric: Metric[Answer]
    answer: Callable[[Page], Answer]
    takes_text: bool = True


def _sorted_text(page: Page) -> SortedText:
    comments: list[str] = []
    rest: list[str] = []
    for role, text in zip(page.blocks.roles, page.blocks.texts, strict=True):
        if role not in page.text_roles:
            (comments if role is Role.COMMENT else rest).append(text)
    return SortedText(page.text, "\n".join(comments), "\n".join(rest))


def _body(page: Page) -> str:
    return page.body


def _roles(page: Page) -> LabelledPage:
    return LabelledPage(
        blocks=tuple((block.role, block.text) for block in page.blocks),
        comments=tuple(comment.text for comment in page.comments),
        body=page.body,
    )


def _records(page: Page) -> tuple[Record, ...]:
    return tuple((comment.author or "", comment.text) for comment in page.comments)


DATASETS: dict[str, DataSet[Any]] = {
    "wcxb": DataSet("wcxb", WORDS, _sorted_text),
    "aeb": DataSet("aeb", SHINGLES, _body),
    "traf": DataSet("traf", SNIPPETS, _body),
    "readability": DataSet("readability", UNTITLED_SHINGLES, _body),
    "roles": DataSet("roles", LINES, _roles, takes_text=False),
    "comments": DataSet("comments", COMMENTS, _records, takes_text=False),
}
"""WCXB counts the replies of a thread as main content; the others want the article alone."""


def find_dataset(name: str) -> DataSet[Any]:
    """The data set of a name. Raises `UsageError` when there is none.

    >>> find_dataset("aeb").metric is SHINGLES
    True
    """
    if name not in DATASETS:
        raise UsageError(f"no data set {name!r}; there are {', '.join(DATASETS)}")
    return DATASETS[name]
