"""The marks of the threads that an HTML page's markup shows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from cleaner.document import CommentPart, Mark, Role
from cleaner.parsing.html_document import HtmlDocument
from cleaner.stages.comments.markup.items import Found, find_items
from cleaner.stages.comments.markup.nesting import depths_of, parents_of
from cleaner.stages.comments.markup.outline import Outline
from cleaner.stages.comments.markup.parts import Parts, Thread
from cleaner.stages.rules import Rule, RuleBook

_LEADING = 8  # elements at the start of a comment in which its anchor is looked for
_ARTICLES = ("Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle")


@dataclass(frozen=True, eq=False)
class MarkedThread:
    """One thread of a page, ready to be marked; its blocks are ``[start, end)``."""

    outline: Outline
    found: Found
    opens: bool

    @property
    def start(self) -> int:
        """The first block."""
        return self.found.own[0][0]

    @property
    def end(self) -> int:
        """The block after the last."""
        return max(own[-1] for own in self.found.own) + 1

    @property
    def comment_count(self) -> int:
        """How many comments it has, the opening post of a discussion not counted."""
        return len(self.found.elements) - self.opens

    def marks(self, rules: RuleBook, first_item: int) -> Iterator[Mark]:
        """The marks of all lines of the thread; its comments are numbered from ``first_item``."""
        parents = parents_of(self.outline, self.found.elements)
        if self.opens:
            parents = [parent or None for parent in parents]  # the first is no comment
        depths = depths_of(parents)
        for number, parts in enumerate(Thread(self.outline, self.found).parts()):
            if self.opens and number == 0:
                yield from self._opening(rules, parts)
                continue
            parent, depth = parents[number], depths[number]
            item = first_item + number - self.opens
            extra = [("depth", str(depth))]
            if parent is not None:
                extra.append(("reply_to", str(first_item + parent - self.opens)))
            if anchor := self._anchor(parts.element):
                extra.append(("anchor", anchor))
            yield from self._item(rules, parts, item, tuple(extra))

    def _item(
        self, rules: RuleBook, parts: Parts, item: int, extra: tuple[tuple[str, str], ...]
    ) -> Iterator[Mark]:
        text = rules["markup:reply" if self.found.is_discussion else "markup:text"]
        own = sorted((*parts.text, *parts.around))
        for block in own:
            rule = rules["markup:around"] if block in parts.around else text
            fields = parts.around.get(block, ())
            yield self._mark(
                rule, block, CommentPart(item, (*fields, *extra) if block == own[0] else fields)
            )

    def _opening(self, rules: RuleBook, parts: Parts) -> Iterator[Mark]:
        """The opening post is the piece itself: who wrote it is the byline, when the dateline."""
        for block in parts.text:
            yield self._mark(rules["markup:opening"], block)
        for block, fields in parts.around.items():
            names = {name for name, _ in fields}
            mark = self._mark(rules["markup:around"], block)
            if "author" in names:
                mark = replace(mark, role=Role.BYLINE)
            elif "date_text" in names:
                mark = replace(mark, role=Role.DATELINE)
            yield mark

    def _mark(self, rule: Rule, block: int, part: CommentPart | None = None) -> Mark:
        mark = rule.mark(block, part, why=f"{rule.why}: {self.found.why}")
        return replace(mark, weight=rule.weight * self.found.certainty)

    def _anchor(self, element: int) -> str:
        anchors, end = self.outline.tree.anchors, int(self.outline.tree.end[element])
        near = range(element, min(end, element + _LEADING))
        return next((anchors[e] for e in near if e in anchors), "")


def marked_threads(document: HtmlDocument) -> list[MarkedThread]:
    """The threads that the markup of a page shows, in page order."""
    outline = Outline(document)
    threads = []
    for number, found in enumerate(find_items(outline)):
        found = replace(found, is_discussion=found.is_discussion and not _is_article(document))
        opens = number == 0 and found.is_discussion and _is_opening(document, found)
        threads.append(MarkedThread(outline, found, opens))
    return threads


def _is_opening(document: HtmlDocument, found: Found) -> bool:
    """Whether the first of the posts is what the page is about: no text of weight above it."""
    if len(found.elements) < 2:
        return False
    first = found.own[0]
    above = (document.blocks[block] for block in range(first[0]))
    if document.chances is None:
        return sum(len(block.text) for block in above if block.text.count(" ") >= 12) < 200
    main, words = document.chances.main, document.chances.words
    before = float((main[: first[0]] * (main[: first[0]] > 0.5) * words[: first[0]]).sum())
    inside = float(words[list(first)].sum())
    return before < max(20.0, 0.3 * inside)


def _is_article(document: HtmlDocument) -> bool:
    """Whether the page calls itself an article."""
    if document.head.open_graph.get("og:type", "").lower() == "article":
        texts = " ".join(document.head.json_ld)
        return "DiscussionForumPosting" not in texts and "QAPage" not in texts
    return any(json.dumps(name) in text for text in document.head.json_ld for name in _ARTICLES)
