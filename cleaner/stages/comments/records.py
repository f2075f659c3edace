"""From decided blocks to comment records.

A record is an account of decisions: it is made of the blocks that ended as
comment or comment-meta, and of what the winning marks read from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from cleaner.document import CommentPart, Decision, Decisions, Document, Group, Role
from cleaner.page import Comment, Quote
from cleaner.stages.comments.answers import Answers
from cleaner.stages.comments.counts import parse_number
from cleaner.stages.comments.grammar import opens_discussion
from cleaner.stages.comments.noise import is_said, noise_less
from cleaner.stages.comments.quotes import QuoteIndex, runs_in, with_set_quotes
from cleaner.stages.comments.times import has_hour

_COMMENT_ROLES = frozenset(role for role in Role if role.group is Group.COMMENTS)


def gather_comments(document: Document, decisions: Decisions) -> tuple[Comment, ...]:
    """The comments of a page in page order; none when no thread was found."""
    items = _blocks_by_item(document, decisions)
    if not items:
        return ()
    texts = (document.blocks[i].text for i in chain.from_iterable(items.values()))
    numbers = {item: n for n, item in enumerate(items)}
    gathering = _Gathering(document, decisions, numbers, QuoteIndex(runs_in(texts)))
    for block, role in zip(document.blocks, decisions.roles, strict=True):
        if role.group is Group.ARTICLE:
            gathering.index.add(block.text, block=block.index)
    for number, blocks in enumerate(items.values()):
        gathering.add(number, blocks)
    return tuple(gathering.comments)


def stated_count(document: Document, decisions: Decisions) -> int | None:
    """How many comments the page says there are; None when it does not say."""
    for index in _comment_blocks(document, decisions):
        part = part_of(decisions[index])
        for name, value in part.fields if part else ():
            if name == "stated" and (number := parse_number(value)) is not None:
                return number
    return None


def is_discussion(document: Document, decisions: Decisions) -> bool:
    """Whether the page is a thread whose first post is the piece itself."""
    posts = dict.fromkeys(mark.block for mark in document.marks if opens_discussion(mark.rule))
    return any(opens_discussion(decisions[block].rule) for block in posts)


def _comment_blocks(document: Document, decisions: Decisions) -> list[int]:
    """The blocks that ended as comments, as far as marks read something from them."""
    read = {mark.block for mark in document.marks if mark.part}
    return [i for i in sorted(read) if decisions.roles[i] in _COMMENT_ROLES]


def part_of(decision: Decision) -> CommentPart | None:
    """What the marks that settled a comment block read from it."""
    if decision.role.group is not Group.COMMENTS:
        return None
    parts = [mark.part for mark in decision.marks if mark.part]
    return max(parts, key=lambda part: (part.item is not None, len(part.fields)), default=None)


def _blocks_by_item(document: Document, decisions: Decisions) -> dict[int, list[int]]:
    items: dict[int, list[int]] = {}
    for index in _comment_blocks(document, decisions):
        part = part_of(decisions[index])
        if part is not None and part.item is not None:
            items.setdefault(part.item, []).append(index)
    return items


@dataclass
class _Gathering:
    """The comments so far, and what the next one may quote or answer.

    ``numbers`` gives for an item of the marks the place of its comment.
    """

    document: Document
    decisions: Decisions
    numbers: Mapping[int, int]
    index: QuoteIndex
    answers: Answers = field(default_factory=Answers)
    comments: list[Comment] = field(default_factory=list)

    def add(self, number: int, blocks: list[int]) -> None:
        """Make the record of the comment that these blocks belong to."""
        texts = [i for i in blocks if self.decisions.roles[i] is Role.COMMENT]
        paragraphs = [" ".join(self.document.blocks[i].text.split()) for i in texts]
        text = "\n\n".join(paragraphs)
        fields = _fields(self.decisions, blocks)
        is_quote = [
            self._is_quote(i, paragraph) for i, paragraph in zip(texts, paragraphs, strict=True)
        ]
        quotes = with_set_quotes(self.index.quotes(text), paragraphs, is_quote)
        reply_to = self._reply_to(fields, paragraphs, quotes)
        author = fields.get("author")
        if author and is_said(author):
            author = noise_less(author) or author
        self.comments.append(
            Comment(
                text=text,
                author=author,
                date_text=fields.get("date_text"),
                up=parse_number(fields.get("up", "")),
                down=parse_number(fields.get("down", "")),
                votes=parse_number(fields.get("votes", "")),
                quotes=quotes,
                reply_to=reply_to,
                blocks=tuple(blocks),
                depth=self._depth(fields, reply_to),
                anchor=fields.get("anchor"),
                date_stated=fields.get("date_stated"),
            )
        )
        for i in texts:
            self.index.add(self.document.blocks[i].text, block=i, comment=number)
        if author:
            self.answers.add(author, number)

    def _is_quote(self, block: int, paragraph: str) -> bool:
        """Whether a paragraph is set as a quotation: in a ``blockquote``, or behind '>'."""
        part = part_of(self.decisions[block])
        return paragraph.startswith((">", "&gt;")) or bool(part and ("quoted", "") in part.fields)

    def _reply_to(
        self, fields: Mapping[str, str], paragraphs: Sequence[str], quotes: Sequence[Quote]
    ) -> int | None:
        """What it is nested under, else whom it names, else what it quotes."""
        if "reply_to" in fields:
            return self.numbers.get(int(fields["reply_to"]))
        named = self.answers.find((*filter(None, [fields.get("answers")]), *paragraphs))
        quoted = next((quote.comment for quote in quotes if quote.comment is not None), None)
        return quoted if named is None else named

    def _depth(self, fields: Mapping[str, str], reply_to: int | None) -> int:
        if "depth" in fields:
            return int(fields["depth"])
        return 0 if reply_to is None else self.comments[reply_to].depth + 1


def _fields(decisions: Decisions, blocks: list[int]) -> dict[str, str]:
    """What the blocks say: of each field the first, of times the first with an hour.

    Another may be when the writer joined.
    """
    fields: dict[str, str] = {}
    for i in blocks:
        part = part_of(decisions[i])
        for name, value in part.fields if part else ():
            before = fields.setdefault(name, value)
            if name == "date_text" and has_hour(value) and not has_hour(before):
                fields[name] = value
    return fields
