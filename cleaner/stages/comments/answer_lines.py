"""Lines over a text that say whom it answers, and nothing else: 'In reply to Ada Example'."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.document import CommentPart, Document, Mark
from cleaner.stages.comments.answers import answered_name
from cleaner.stages.comments.recurring import text_places, writers_in
from cleaner.stages.rules import Rule


def with_answer_lines(document: Document, marks: Sequence[Mark], rule: Rule) -> list[Mark]:
    """The marks of threads, with such lines as what stands around texts.

    The name is that of somebody who wrote in the thread, and the line is not all of a text.
    """
    found = list(marks)
    writers = writers_in(marks)
    for first, *others in text_places(marks).values():
        line = " ".join(document.blocks[marks[first].block].text.split())
        part = marks[first].part
        if others and part and answered_name(line) in writers:
            fields = (*part.fields, ("answers", line))
            found[first] = rule.instead_of(marks[first], CommentPart(part.item, fields))
    return found
