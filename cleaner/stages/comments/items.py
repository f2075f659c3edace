"""One item of a thread, by a system's grammar: what its lines mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cleaner.document import CommentPart, Document, Mark, Role
from cleaner.stages.comments.answers import introduces_quotation
from cleaner.stages.comments.grammar import BUTTONS, System
from cleaner.stages.comments.heads import Head, Writer, writers
from cleaner.stages.comments.support import is_reply_button
from cleaner.stages.rules import Rule

Fields = tuple[tuple[str, str], ...]

PREVIEW = 40
"""Characters at the start of a post that tell its preview from another text."""

HIGHEST_HEAD = 16
"""Lines over an item line among which the top of its item stands; profiles have 13."""

_QUOTED = 3
"""Times the weight of text: that of 'otter wrote:', which looks like a head to the model."""

_NAME_WORDS, _NAME_LETTERS = 4, 40
"""Words and letters of a name on a line of its own, at most."""


@dataclass(frozen=True, slots=True)
class Item:
    """One comment: the half-open range of its blocks, and the block of its item line.

    ``marker`` is ``end`` where the page breaks off before the item line.
    """

    start: int
    end: int
    marker: int


def item_writers(document: Document, system: System, items: Sequence[Item]) -> list[Writer | None]:
    """Who wrote each item, as far as its heads tell, where names stand on lines of their own."""
    if not system.of_kind("name"):
        return [None] * len(items)
    heads = [_head(document, system, item) for item in items]
    return writers(heads, is_first=system.name_at == "above")


def _head(document: Document, system: System, item: Item) -> Head:
    """The lines around an item's line of which no rule says what they are."""
    end = item.marker + 1
    while end < min(item.end, item.marker + HIGHEST_HEAD) and is_around(document, end):
        end += 1
    lines = {
        index: "" if index == item.marker else document.blocks[index].text
        for index in range(item.start, end)
        if index == item.marker or not is_known(document, system, index)
    }
    return Head(lines, item.marker)


def is_known(document: Document, system: System, block: int) -> bool:
    """Whether a rule of the system, or the one for buttons, says what a line is."""
    own = any(name.startswith(f"{system.slug}:") for name in document.matches.get(block, {}))
    return own or is_reply_button(document, block)


def is_around(document: Document, block: int) -> bool:
    """Whether the model takes a line for one that stands around a comment."""
    return document.chances is not None and document.chances.is_around_comment(block)


def item_marks(
    document: Document, system: System, item: Item, number: int, writer: Writer | None = None
) -> Iterator[Mark]:
    """The marks of the lines of one comment."""
    text = system.of_kind("text")[0]
    meta = meta_lines(document, system, item, writer)
    for index in range(item.start, item.end):
        rule, fields = meta.get(index, (text, ()))
        mark = rule.mark(index, CommentPart(number, fields))
        if index not in meta and introduces_quotation(document.blocks[index].text):
            mark = replace(mark, weight=_QUOTED * mark.weight)
        yield mark


def opening_marks(
    document: Document, system: System, item: Item, writer: Writer | None = None
) -> Iterator[Mark]:
    """The opening post is the piece itself: who wrote it is the byline, when the dateline.

    The buttons under it are a form's, where those under a comment belong to that.
    """
    opening = system.of_kind("opening")[0]
    meta = meta_lines(document, system, item, writer)
    for index in range(item.start, item.end):
        rule, fields = meta.get(index, (opening, ()))
        is_button = rule.name.endswith(BUTTONS) and not fields
        role = Role.FORM if is_button else opening_role(fields, rule.role)
        yield replace(rule.mark(index), role=role)


def opening_role(fields: Fields, role: Role) -> Role:
    """The role of a line above or below an opening post: who wrote it, when, or else ``role``."""
    names = {name for name, _ in fields}
    if "author" in names:
        return Role.BYLINE
    return Role.DATELINE if "date_text" in names else role


def meta_lines(
    document: Document, system: System, item: Item, writer: Writer | None = None
) -> dict[int, tuple[Rule, Fields]]:
    """The lines of an item that are not its text: block index to rule and fields."""
    found = {}
    inner = range(item.start, item.end)
    if item.marker in inner and (match := system.match("item", document, item.marker)):
        found[item.marker] = match
    if system.item == "header":
        found |= _above_lines(document, system, item, found)
    if name := _name_line(document, system, item, found, writer):
        found[name[0]] = name[1:]
    found |= _twin_lines(document, item, found)
    found |= _head_lines(document, system, item, found)
    for rest in inner:
        if rest > item.marker and (match := system.match("rest", document, rest)):
            found |= {index: match for index in range(rest, item.end) if index not in found}
            break
    for kind, from_edge in (("start", inner), ("end", reversed(inner))):
        for index in from_edge:
            if index in found:
                continue
            match = system.match(kind, document, index)
            if match is None:
                break
            found[index] = match
    return found


def match_above(document: Document, system: System, block: int) -> tuple[Rule, Fields] | None:
    """What the line says when it is one of those that stand over an item's line."""
    return system.match("above", document, block) or system.match("top", document, block)


def _above_lines(
    document: Document, system: System, item: Item, found: dict[int, tuple[Rule, Fields]]
) -> dict[int, tuple[Rule, Fields]]:
    """The lines above an item's line; of two that read the same field the nearer counts."""
    known = {name for _, fields in found.values() for name, _ in fields}
    above = {}
    for index in range(item.marker - 1, item.start - 1, -1):
        if match := match_above(document, system, index):
            rule, fields = match
            above[index] = rule, tuple(pair for pair in fields if pair[0] not in known)
            known |= {name for name, _ in fields}
    return above


def _twin_lines(
    document: Document, item: Item, found: dict[int, tuple[Rule, Fields]]
) -> dict[int, tuple[Rule, Fields]]:
    """The lines above an item's line that say what another line of its head says."""
    said = {document.blocks[index].text: rule for index, (rule, _) in found.items()}
    return {
        index: (said[document.blocks[index].text], ())
        for index in range(item.start, item.marker)
        if index not in found and document.blocks[index].text in said
    }


def _head_lines(
    document: Document, system: System, item: Item, found: dict[int, tuple[Rule, Fields]]
) -> dict[int, tuple[Rule, Fields]]:
    """The lines between an item's top and its line that no rule knows."""
    top = system.match("top", document, item.start)
    if top is None:
        return {}
    return {i: (top[0], ()) for i in range(item.start, item.marker) if i not in found}


def _name_line(
    document: Document,
    system: System,
    item: Item,
    found: dict[int, tuple[Rule, Fields]],
    writer: Writer | None,
) -> tuple[int, Rule, Fields] | None:
    """The line of an item that is its writer's name alone, where the system has one."""
    rules = system.of_kind("name")
    if not rules:
        return None
    is_signed = any("author" in dict(fields) for _, fields in found.values())
    if writer is not None and writer[0] not in found and not is_signed:
        return writer[0], rules[0], (("author", writer[1]),)
    below = min(item.marker + 1, item.end)
    places = {
        "above": range(item.start, item.marker),
        "below": range(below, min(below + 1, item.end)),
        "first": range(item.start, min(item.start + 1, item.end)),
    }
    for index in places.get(system.name_at, range(0)):
        text = document.blocks[index].text
        if index not in found and is_name(text):
            return index, rules[0], () if is_signed else (("author", " ".join(text.split())),)
    return None


def is_name(text: str) -> bool:
    """Whether a line is short enough for a name, and does not end as a sentence does.

    >>> is_name("Old Tarry"), is_name("Well done!"), is_name("12")
    (True, False, False)
    """
    if len(text) > _NAME_LETTERS or text[-1:] in ".!?…,:;":
        return False
    return len(text.split()) <= _NAME_WORDS and any(map(str.isalpha, text))
