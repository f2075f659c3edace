"""Lines over a text that say whom it answers, and nothing else: 'In reply to Ada Example'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cleaner.document import CommentPart, Document, Mark, Role
from cleaner.stages.comments.answers import answered_name
from cleaner.stages.comments.recurring import text_places, writers_in
from cleaner.stages.rules import Rule


def with_answer_lines(document: Document, marks: Sequence[Mark], rule: Rule) -> list[Mark]:
    """The marks of threads, with such lines as what stands around texts.

    The name is that of somebody who wrote in the thread, and the line is not all of a text.
    """
    found = list(marks)
    writers = writers_in(marks)
    firsts = {first for first, *others in text_places(marks).values() if others}
    for place, mark in enumerate(marks):
        is_text = place in firsts
        if mark.part is None or not (mark.role is Role.COMMENT_META or is_text):
            continue
        line = " ".join(document.blocks[mark.block].text.split())
        if "answers" not in dict(mark.part.fields) and answered_name(line) in writers:
            part = CommentPart(mark.part.item, (*mark.part.fields, ("answers", line)))
            found[place] = rule.instead_of(mark, part) if is_text else replace(mark, part=part)
    return found
