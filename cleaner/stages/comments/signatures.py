"""Signatures: what a poster has under one comment after the other, word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from cleaner.document import Document, Mark, Role
from cleaner.stages.rules import Rule

_FEWEST_WORDS = 3
"""Words of a line of a signature, at least: 'Thanks!' is said again and again, and meant."""

Lines = Mapping[int, Sequence[int]]
"""For each comment the places, among the marks, of the lines of its text."""


def with_signatures(document: Document, marks: Sequence[Mark], rule: Rule) -> list[Mark]:
    """The marks of threads, with signatures as what stands around comments.

    A signature is the line, or the lines, at the end of several comments by one writer,
    who wrote something else above them each time.
    """
    authors, lines = _authors(marks), _text_lines(marks)
    of_author: dict[str, list[int]] = defaultdict(list)
    for item, author in authors.items():
        if lines[item]:
            of_author[author].append(item)
    found = list(marks)
    for items in of_author.values():
        texts = [tuple(document.blocks[marks[at].block].text for at in lines[i]) for i in items]
        for number, line in _repeated_ends(texts):
            place = lines[items[number]][line]
            found[place] = _as_signature(marks[place], rule)
    return found


def _authors(marks: Sequence[Mark]) -> dict[int, str]:
    """Who wrote each comment, as far as the marks say it."""
    fields = ((mark.part.item, mark.part.fields) for mark in marks if mark.part)
    return {
        item: value
        for item, pairs in fields
        for name, value in pairs
        if name == "author" and item is not None
    }


def _text_lines(marks: Sequence[Mark]) -> defaultdict[int, list[int]]:
    lines: defaultdict[int, list[int]] = defaultdict(list)
    for place, mark in enumerate(marks):
        if mark.role is Role.COMMENT and mark.part and mark.part.item is not None:
            lines[mark.part.item].append(place)
    return lines


def _repeated_ends(comments: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Of a writer's comments the last lines that end another of them, too: comment and line.

    Of comments that are the same from the first line on, one counts.

    >>> list(_repeated_ends([("Yes.", "Reed for ever, ever"), ("No.", "Reed for ever, ever")]))
    [(0, -1), (1, -1)]
    """
    ends = list({comment: number for number, comment in enumerate(comments)}.values())
    line = -1
    while len(ends) > 1:
        counted: dict[str, list[int]] = defaultdict(list)
        for number in ends:
            comment = comments[number]
            if len(comment) > -line and comment[line].count(" ") + 1 >= _FEWEST_WORDS:
                counted[comment[line]].append(number)
        ends = [number for same in counted.values() if len(same) > 1 for number in same]
        yield from ((number, line) for number in ends)
        line -= 1


def _as_signature(mark: Mark, rule: Rule) -> Mark:
    made = rule.mark(mark.block, mark.part)
    return replace(made, weight=max(rule.weight, mark.weight))
