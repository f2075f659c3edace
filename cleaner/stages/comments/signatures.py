"""Signatures: what a poster has under one comment after the other, word for word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from cleaner.document import Document, Mark
from cleaner.stages.comments.grammar import BUTTONS
from cleaner.stages.comments.recurring import text_places
from cleaner.stages.rules import Rule

_FEWEST_WORDS = 3
"""Words of a line of a signature, at least: 'Thanks!' is said again and again, and meant."""

_MOST_BELOW, _PROSE = 2, 12
"""Lines that may have come under a thread's last signature; words of a line that is text."""

_DRAWN = re.compile(r"(_{5,}|-{5,}|—{3,}|--) ?(\n|$)|_{5,} ")
_MOST_SIGNED = 40
"""Words under a drawn line; more are text."""


def with_signatures(document: Document, marks: Sequence[Mark], rule: Rule) -> list[Mark]:
    """The marks of threads, with signatures as what stands around comments.

    A signature is what stands under a drawn line, or the line, or the lines, at the end of
    several comments by one writer, who wrote something else above them each time.
    """
    marks = _with_drawn(document, marks, rule)
    authors, lines = _authors(marks), _text_lines(document, marks)
    of_author: dict[str, list[int]] = defaultdict(list)
    for item, author in authors.items():
        if lines.get(item):
            of_author[author].append(item)
    found, last = list(marks), max(lines, default=None)
    for items in of_author.values():
        texts = [tuple(document.blocks[marks[at].block].text for at in lines[i]) for i in items]
        at = items.index(last) if last in items else -1
        if at >= 0 and (below := _lines_below(texts, at)):
            texts[at], lines[items[at]] = texts[at][:-below], lines[items[at]][:-below]
        for number, line in _repeated_ends(texts):
            place = lines[items[number]][line]
            found[place] = rule.instead_of(marks[place], marks[place].part)
    return found


def _with_drawn(document: Document, marks: Sequence[Mark], rule: Rule) -> list[Mark]:
    """The marks with the few words under a line of dashes at the end of a text as a signature."""
    found = list(marks)
    for places in text_places(marks).values():
        texts = [document.blocks[marks[at].block].text for at in places]
        drawn = next((at for at, text in enumerate(texts) if at and _DRAWN.match(text)), None)
        if drawn is not None and _words(texts[drawn:]) <= _MOST_SIGNED:
            for place in places[drawn:]:
                found[place] = rule.instead_of(marks[place], marks[place].part)
    return found


def _lines_below(comments: Sequence[tuple[str, ...]], last: int) -> int:
    """How many short lines stand under what ends another comment, in a thread's last one.

    A line or two of the page may have come into it, and hide its signature.
    """
    ends = {comment[-1] for number, comment in enumerate(comments) if number != last}
    for below in range(1, min(_MOST_BELOW, len(comments[last]) - 1) + 1):
        if _words((comments[last][-below],)) >= _PROSE:
            break
        if comments[last][-below - 1] in ends:
            return below
    return 0


def _authors(marks: Sequence[Mark]) -> dict[int, str]:
    """Who wrote each comment, as far as the marks say it."""
    fields = ((mark.part.item, mark.part.fields) for mark in marks if mark.part)
    return {
        item: value
        for item, pairs in fields
        for name, value in pairs
        if name == "author" and item is not None
    }


def _text_lines(document: Document, marks: Sequence[Mark]) -> dict[int, list[int]]:
    """For each comment the places, among the marks, of the lines of its text.

    What the model takes for buttons and counts ends no text.
    """
    lines = {
        item: [place for place in places if not _is_button(document, marks[place].block)]
        for item, places in text_places(marks).items()
    }
    return {item: places for item, places in lines.items() if places}


def _is_button(document: Document, block: int) -> bool:
    if any(rule.endswith(BUTTONS) for rule in document.matches.get(block, {})):
        return True
    is_short = _words((document.blocks[block].text,)) < _FEWEST_WORDS
    chances = document.chances
    return is_short and chances is not None and chances.is_around_comment(block)


def _repeated_ends(comments: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Of a writer's comments the last lines that end another of them, too: comment and line.

    Of comments that are the same from the first line on, one counts; and where all have
    more in common than not, they are one comment that stands on the page twice.

    >>> reed = "Reed for ever, ever"
    >>> list(_repeated_ends([("Yes, and so did my father.", reed), ("No, that was thatch.", reed)]))
    [(0, -1), (1, -1)]
    """
    common = _common_ends(comments)
    told = {
        comments[number][-count:]
        for number, count in common.items()
        if _words(comments[number][-count:]) <= _words(comments[number]) / 2
    }
    for number, count in common.items():
        if comments[number][-count:] in told and count < len(comments[number]):
            yield from ((number, -line) for line in range(1, count + 1))


def _common_ends(comments: Sequence[tuple[str, ...]]) -> dict[int, int]:
    """For each comment that ends as another does, how many lines they have in common."""
    ends = list({comment: number for number, comment in enumerate(comments)}.values())
    common: dict[int, int] = {}
    count = 1
    while len(ends) > 1:
        same: dict[str, list[int]] = defaultdict(list)
        for number in ends:
            comment = comments[number]
            if len(comment) >= count and _words((comment[-count],)) >= _FEWEST_WORDS:
                same[comment[-count]].append(number)
        ends = [number for numbers in same.values() if len(numbers) > 1 for number in numbers]
        common |= dict.fromkeys(ends, count)
        count += 1
    return common


def _words(lines: Sequence[str]) -> int:
    return sum(line.count(" ") + 1 for line in lines)
