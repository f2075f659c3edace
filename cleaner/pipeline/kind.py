"""The kind of a page, once its threads are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cleaner.document import Chances, Decisions, Document, main_roles
from cleaner.stages.comments import COMMENTS
from cleaner.stages.comments.grammar import UNNAMED, opens_discussion
from cleaner.stages.comments.records import is_discussion

_FEW_WORDS = 60  # of content above comments, which are no piece


def with_kind(document: Document) -> Document:
    """The document, where a thread was found with the kind that this makes of the page."""
    if document.chances is None:
        return document
    kind = _kind_by_threads(document, document.chances)
    if kind == document.chances.kind:
        return document
    return replace(document, chances=replace(document.chances, kind=kind))


def _kind_by_threads(document: Document, chances: Chances) -> str:
    """The kind of the page, once its threads are known.

    Under a system for discussions the page is the thread. Under one for comments it
    is what stands above them, whatever they outweigh, unless nothing does and the
    model takes the comments themselves for content.
    """
    rules = {mark.rule for mark in document.marks if mark.stage == COMMENTS.name}
    if any(map(opens_discussion, rules)):
        return "thread"
    comments = {
        mark.block
        for mark in document.marks
        if mark.part and mark.part.item is not None and not mark.rule.startswith(UNNAMED)
    }
    if comments and _are_content(chances, sorted(comments)):
        return "thread"
    return "article" if comments and chances.kind == "thread" else chances.kind


def _are_content(chances: Chances, comments: Sequence[int]) -> bool:
    """Whether comments are what their page is for: the model finds content in them, not above."""
    likely = chances.likely_words
    inside, above = float(likely[comments].sum()), float(likely[: comments[0]].sum())
    return above < _FEW_WORDS and inside > 0.5 * float(chances.words[comments].sum())


def kind_of(document: Document, decisions: Decisions) -> str:
    """The model's kind; ``thread`` when a system says so; without a model what the body says."""
    if is_discussion(document, decisions):
        return "thread"
    kind = document.chances.kind if document.chances else ""
    if main_roles(kind).isdisjoint(decisions.roles):
        return "other"
    return kind or "article"
