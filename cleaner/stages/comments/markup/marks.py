"""The marks of the threads that an HTML page's markup shows."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from cleaner.document import LEAST, LIKELY, ROLE_NUMBERS, CommentPart, Mark, Role
from cleaner.parsing.html_document import HtmlDocument
from cleaner.stages.comments.items import PREVIEW, opening_role
from cleaner.stages.comments.markup.evidence import ENOUGH, SURE
from cleaner.stages.comments.markup.inner import with_inner
from cleaner.stages.comments.markup.items import Found, find_items
from cleaner.stages.comments.markup.nesting import depths_of, parents_of
from cleaner.stages.comments.markup.outline import Outline
from cleaner.stages.comments.markup.parts import Fields, Parts, Thread
from cleaner.stages.comments.markup.widening import widened
from cleaner.stages.rules import Rule, RuleBook, load_rules

_PROSE = 12  # words of a paragraph
_SEEN, _SURE = 0.05, 0.9  # mean chances of blocks to be a thread's, and of their likeliest roles
_LEADING = 8  # elements at the start of a comment in which its anchor is looked for
_BODY, _COMMENT = ROLE_NUMBERS[Role.BODY], ROLE_NUMBERS[Role.COMMENT]
_META = ROLE_NUMBERS[Role.COMMENT_META]
_BUTTONS = [ROLE_NUMBERS[role] for role in (Role.FORM, Role.NAVIGATION)]
_BEYOND_DOUBT = (
    1.5  # share of the weights in a sure thread: a comment may say 'all rights reserved'
)
_TEXT, _REPLY = "markup:text", "markup:reply"
_SIGNED = 0.5  # share of a thread's comments whose writers are known
_LINKS = 0.4  # share of links in elements of one name, from which on these are a list of links
_DISCUSSIONS, _QUESTION = ("DiscussionForumPosting", "QAPage"), "schema.org/Question"
_ARTICLES = ("Article", "NewsArticle", "BlogPosting", "ReportageNewsArticle")


@dataclass(frozen=True, eq=False)
class MarkedThread:
    """One thread of a page, ready to be marked; its blocks are ``[start, end)``.

    ``said`` are the lines that a named system knows, each with its rule and what it reads.
    """

    thread: Thread
    opens: bool
    said: Mapping[int, tuple[Rule, Fields]] = field(default_factory=dict)

    @property
    def found(self) -> Found:
        """Its comments."""
        return self.thread.found

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

    def signed(self) -> MarkedThread:
        """The thread, in wider boxes where these say who wrote the comments and its own do not."""
        thread = self.thread
        if thread.signed >= _SIGNED:
            return self
        wider = replace(thread, found=widened(thread.outline, thread.found))
        return replace(self, thread=wider) if wider.signed >= _SIGNED else self

    def part(self, numbers: Sequence[int]) -> MarkedThread:
        """The thread with those of its comments alone that have these numbers."""
        if len(numbers) == len(self.found.elements):
            return self
        return replace(self, thread=replace(self.thread, found=_part(self.found, numbers)))

    def marks(self, rules: RuleBook, items: Sequence[int]) -> Iterator[Mark]:
        """The marks of all lines of the thread; ``items`` are the numbers of its comments."""
        parents = parents_of(self.thread.outline, self.found.elements)
        if self.opens:
            parents = [parent or None for parent in parents]  # the first is no comment
        depths, is_nested = depths_of(parents), any(parent is not None for parent in parents)
        for number, read in enumerate(self.thread.parts()):
            parts = self._with_said(read)
            if self.opens and number == 0:
                yield from self._opening(rules, parts)
                continue
            parent, depth = parents[number], depths[number]
            extra = [("depth", str(depth))] if is_nested else []
            if parent is not None:
                extra.append(("reply_to", str(items[parent - self.opens])))
            if anchor := self._anchor(parts.element):
                extra.append(("anchor", anchor))
            yield from self._item(rules, parts, items[number - self.opens], tuple(extra))

    def _item(
        self, rules: RuleBook, parts: Parts, item: int, extra: tuple[tuple[str, str], ...]
    ) -> Iterator[Mark]:
        text = rules[_REPLY if self.found.is_discussion else _TEXT]
        own = sorted((*parts.text, *parts.around))
        quoted = {block for block in parts.text if self.thread.texts.is_quoted(block)}
        if len(quoted) == len(parts.text):
            quoted = set()  # some forums set every post in a blockquote
        for block in own:
            rule = rules["markup:around"] if block in parts.around else text
            rule = self.said[block][0] if block in self.said else rule
            fields = parts.around.get(block, ())
            if block in quoted:
                fields = (("quoted", ""),)
            yield self._mark(
                rule, block, CommentPart(item, (*fields, *extra) if block == own[0] else fields)
            )

    def _with_said(self, parts: Parts) -> Parts:
        """A comment's parts with what the system's lines say; that goes before all else.

        But for a name that says no more than that it is a line of its own.
        """
        is_signed = any(name == "author" for pairs in parts.around.values() for name, _ in pairs)
        lines = (block for block in (*parts.text, *parts.around) if block in self.said)
        said = {block: self._fields(block, is_signed=is_signed) for block in lines}
        known = {name for fields in said.values() for name, _ in fields}
        around = {
            block: tuple(pair for pair in fields if pair[0] not in known)
            for block, fields in parts.around.items()
        }
        text = tuple(block for block in parts.text if block not in said)
        if said and not text:
            text = tuple(block for block in around if block not in said)
        left = {block: fields for block, fields in around.items() if block not in text}
        both = {block: (*fields, *around.get(block, ())) for block, fields in said.items()}
        return replace(parts, text=text, around=left | both)

    def _fields(self, block: int, *, is_signed: bool) -> Fields:
        rule, fields = self.said[block]
        return () if is_signed and rule.is_structural else fields

    def _opening(self, rules: RuleBook, parts: Parts) -> Iterator[Mark]:
        """The opening post is the piece itself: who wrote it is the byline, when the dateline."""
        for block in parts.text:
            yield self._mark(rules["markup:opening"], block)
        for block, fields in parts.around.items():
            if fields or not self._is_button(block):
                mark = self._mark(rules["markup:around"], block)
                yield replace(mark, role=opening_role(fields, mark.role))

    def _is_button(self, block: int) -> bool:
        """Whether the model takes a block for a form's or a menu's, as under an opening post."""
        document = self.thread.outline.document
        if document.chances is None or not any(map(str.isalpha, document.blocks[block].text)):
            return False
        row = document.chances.roles[block]
        return bool(row[_BUTTONS].max() > row[_META])

    def _mark(self, rule: Rule, block: int, part: CommentPart | None = None) -> Mark:
        mark = rule.mark(block, part, why=f"{rule.why}: {self.found.why}")
        certainty = 1.0 if self.said else self.found.certainty
        return replace(mark, weight=rule.weight * (certainty if certainty < 1 else _BEYOND_DOUBT))

    def _anchor(self, element: int) -> str:
        anchors, end = self.thread.outline.tree.anchors, int(self.thread.outline.tree.end[element])
        near = range(element, min(end, element + _LEADING))
        return next((anchors[e] for e in near if e in anchors), "")


def marked_threads(document: HtmlDocument) -> list[MarkedThread]:
    """The threads that the markup of a page shows, in page order."""
    outline = Outline(document)
    stated = _stated(outline)
    threads = []
    for each in find_items(outline):
        found = with_inner(outline, _alike(outline, each))
        is_discussion = found.is_discussion if stated is None else stated
        if stated is None and not is_discussion:
            is_discussion = _is_alone(document, Thread(outline, found))
        if not is_discussion and _is_content(document, found):
            continue
        thread = Thread(outline, replace(found, is_discussion=is_discussion))
        if found.is_named or not _is_outvoted(document, thread):
            sure = replace(thread.found, evidence=max(SURE, found.evidence))
            threads.append(replace(thread, found=sure))
    opening = _may_open(document, threads)
    return [
        MarkedThread(thread, thread is opening and _is_opening(document, thread))
        for thread in threads
    ]


def _is_outvoted(document: HtmlDocument, thread: Thread) -> bool:
    """Whether the model takes most of the words for something else, against what the marks weigh.

    Then none of it is comments, and else all: a comment is not cut in two. Where names say
    that these are comments, it is.
    """
    chances, certainty = document.chances, thread.found.certainty
    if chances is None or certainty == 1:
        return False
    texts = [b for number in range(_count(thread)) for b in thread.texts.blocks(number)]
    rows, weight = np.maximum(chances.roles[texts], LEAST), load_rules("comments")[_TEXT].weight
    margins = np.log(rows[:, _COMMENT]) + weight * certainty - np.log(rows.max(axis=1))
    words = chances.words[texts]
    return bool(words[margins > 0].sum() < 0.5 * words.sum())


def _is_alone(document: HtmlDocument, thread: Thread) -> bool:
    """Whether posts with buttons to answer have neither a piece above them nor a heading.

    That is a discussion, though the model takes the page for an article; on one of a product
    they are reviews.
    """
    found, support = thread.found, thread.outline.support
    if document.chances is not None and document.chances.kind not in ("article", "other"):
        return False
    if not found.is_told or found.is_named or len(found.elements) < ENOUGH:
        return False
    return support.heading(found.own[0][0]) < 0 and not _words_of_piece(document, thread)


def _may_open(document: HtmlDocument, threads: Sequence[Thread]) -> Thread | None:
    """The thread that may begin with the opening post of a discussion: the longest.

    Where readers have remarked above that already, these are answers, and the post stands
    above the remarks, alone. A post that nobody has answered is all there is of a thread.
    """
    discussions = [thread for thread in threads if thread.found.is_discussion]
    if not discussions:
        return None
    longest = max(discussions, key=_count)
    above = threads[: threads.index(longest)]
    if all(_count(thread) == 1 for thread in above):
        return longest if _count(longest) > 1 or _reads_as_piece(document, longest) else None
    return discussions[0] if _count(discussions[0]) == 1 else None


def _reads_as_piece(document: HtmlDocument, thread: Thread) -> bool:
    """Whether the model takes the text of the first post for body and not for a comment."""
    if document.chances is None:
        return False
    blocks = list(thread.texts.blocks(0))
    sums = document.chances.words[blocks] @ document.chances.roles[blocks]
    return bool(sums[_BODY] > sums[_COMMENT])


def _count(thread: Thread) -> int:
    return len(thread.found.elements)


def _part(found: Found, numbers: Sequence[int]) -> Found:
    elements = tuple(found.elements[number] for number in numbers)
    return replace(found, elements=elements, own=tuple(found.own[number] for number in numbers))


def _alike(outline: Outline, found: Found) -> Found:
    """Comments without the links before or after them, which are elements of another name.

    Scripts hang on the classes of posts and of a list of other threads alike.
    """
    tags = outline.tree.tag[list(found.elements)].tolist()
    if len(set(tags)) == 1:
        return found
    chars, links = Counter[int](), Counter[int]()
    for tag, own in zip(tags, found.own, strict=True):
        chars[tag] += int(outline.tree.chars[list(own)].sum())
        links[tag] += int(outline.tree.link_chars[list(own)].sum())
    posts = [place for place, tag in enumerate(tags) if links[tag] <= _LINKS * chars[tag]]
    return _part(found, range(posts[0], posts[-1] + 1)) if posts else found


def _is_opening(document: HtmlDocument, thread: Thread) -> bool:
    """Whether the first of the posts is what the page is about: no text of weight above it.

    Nor may there be any below where names say that these are comments, nor above a paragraph.
    """
    texts = list(thread.texts.blocks(0))
    if not texts:
        return False
    own = float(thread.outline.spaces[texts].sum())
    most = max(_PROSE * 2 if thread.found.is_named else _PROSE * 3, 0.3 * own)
    return _words_of_piece(document, thread) < most


def _words_of_piece(document: HtmlDocument, thread: Thread) -> float:
    """The words of likely paragraphs above a thread; of all of the page where it is named.

    What begins as the first post does is a preview of that, and does not count.
    """
    own, spaces = thread.found.own, thread.outline.spaces
    texts = [document.blocks[block].text for block in thread.texts.blocks(0)]
    posts = {block for each in own for block in each}
    last = len(document.blocks) if thread.found.is_named else own[0][0]
    return sum(
        float(spaces[block.index])
        for block in document.blocks[:last]
        if block.index not in posts
        and spaces[block.index] >= _PROSE
        and not (texts and block.text.startswith(texts[0][:PREVIEW]))
        and (document.chances is None or document.chances.main[block.index] > LIKELY)
    )


def _stated(outline: Outline) -> bool | None:
    """Whether the page calls itself a discussion, or an article; None where it says neither."""
    texts = " ".join((*outline.document.head.json_ld, *outline.tree.itemtypes.values()))
    if any(name in texts for name in _DISCUSSIONS):
        return True
    if _QUESTION in texts and not outline.is_faq:
        return True
    return False if any(json.dumps(name) in texts for name in _ARTICLES) else None


def _is_content(document: HtmlDocument, found: Found) -> bool:
    """Whether what nothing calls comments is the page's content in the model's eyes.

    So it is with testimonials, with the pieces of a listing, with people on a page about
    them; on a page of a product they are its reviews. And whatever they are, they are no
    comments where the model is sure of it, as of the rows of a table with times.
    """
    if found.is_named or found.is_told or document.chances is None:
        return False
    if document.chances.kind == "product":
        return False
    if document.chances.are_mostly_main([block for own in found.own[1:] for block in own]):
        return True
    blocks = [block for own in found.own for block in own]
    return document.chances.in_thread(blocks) < _SEEN and document.chances.sureness(blocks) >= _SURE
