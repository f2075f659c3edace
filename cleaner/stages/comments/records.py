"""From decided blocks to comment records.

A record is an account of decisions: it is made of the blocks that ended as
comment or comment-meta, and of what the winning marks read from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.document import CommentPart, Decision, Decisions, Document, Group, Role
from cleaner.page import Comment
from cleaner.stages.comments.grammar import OPENING_POST, REPLY
from cleaner.stages.comments.quotes import QuoteIndex

_NUMBER = re.compile(r"[-+−]?\d+")


def gather_comments(document: Document, decisions: Decisions) -> tuple[Comment, ...]:
    """The comments of a page in page order; none when no thread was found."""
    items = _blocks_by_item(decisions)
    if not items:
        return ()
    index = QuoteIndex()
    for block, role in zip(document.blocks, decisions.roles, strict=True):
        if role.group is Group.ARTICLE:
            index.add(block.text, block=block.index)
    return tuple(
        _comment(document, decisions, blocks, index, number) for number, blocks in enumerate(items)
    )


def stated_count(decisions: Decisions) -> int | None:
    """How many comments the page says there are; None when it does not say."""
    for index in _comment_blocks(decisions):
        part = part_of(decisions[index])
        for name, value in part.fields if part else ():
            if name == "stated" and (number := parse_number(value)) is not None:
                return number
    return None


def is_discussion(document: Document, decisions: Decisions) -> bool:
    """Whether the page is a thread whose first post is the piece itself."""
    ends = (OPENING_POST, REPLY)
    posts = dict.fromkeys(mark.block for mark in document.marks if mark.rule.endswith(ends))
    return any(decisions[block].rule.endswith(ends) for block in posts)


def _comment_blocks(decisions: Decisions) -> Iterator[int]:
    return (i for i, role in enumerate(decisions.roles) if role.group is Group.COMMENTS)


def part_of(decision: Decision) -> CommentPart | None:
    """What the marks that settled a comment block read from it."""
    if decision.role.group is not Group.COMMENTS:
        return None
    parts = [mark.part for mark in decision.marks if mark.part]
    return max(parts, key=lambda part: (part.item is not None, len(part.fields)), default=None)


def parse_number(text: str) -> int | None:
    """A whole number as pages write it; None when there is none.

    >>> parse_number("1,234"), parse_number("-2"), parse_number("none")
    (1234, -2, None)
    """
    match = _NUMBER.search(re.sub(r"(?<=\d)[.,\s](?=\d{3}\b)", "", text))
    return int(match.group().replace("−", "-")) if match else None


def _blocks_by_item(decisions: Decisions) -> list[list[int]]:
    items: dict[int, list[int]] = {}
    for index in _comment_blocks(decisions):
        part = part_of(decisions[index])
        if part is not None and part.item is not None:
            items.setdefault(part.item, []).append(index)
    return [items[item] for item in sorted(items)]


def _comment(
    document: Document,
    decisions: Decisions,
    blocks: list[int],
    index: QuoteIndex,
    number: int,
) -> Comment:
    texts = [i for i in blocks if decisions[i].role is Role.COMMENT]
    text = "\n\n".join(" ".join(document.blocks[i].text.split()) for i in texts)
    quotes = index.quotes(text)
    for i in texts:
        index.add(document.blocks[i].text, block=i, comment=number)
    fields = _fields(decisions, blocks)
    return Comment(
        text=text,
        author=fields.get("author"),
        date_text=fields.get("date_text"),
        up=parse_number(fields.get("up", "")),
        down=parse_number(fields.get("down", "")),
        votes=parse_number(fields.get("votes", "")),
        quotes=quotes,
        reply_to=next((quote.comment for quote in quotes if quote.comment is not None), None),
        blocks=tuple(blocks),
    )


def _fields(decisions: Decisions, blocks: list[int]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for i in blocks:
        part = part_of(decisions[i])
        for name, value in part.fields if part else ():
            fields.setdefault(name, value)
    return fields
