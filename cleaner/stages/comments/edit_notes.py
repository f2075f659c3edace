"""Notes that a post was changed later: 'Last edited by otter on 3 May 2020, 8:15 pm'."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.document import Document, Mark
from cleaner.stages.comments.noise import is_edit_note
from cleaner.stages.comments.recurring import text_places
from cleaner.stages.comments.times import find_times
from cleaner.stages.rules import Rule

_LONGEST = 120
"""Characters of a note, at most; some give a reason."""


def with_edit_notes(document: Document, marks: Sequence[Mark], rule: Rule) -> list[Mark]:
    """The marks of threads, with such notes as what stands around texts.

    A note has a time, and is not all that there is of a comment.
    """
    found = list(marks)
    for places in text_places(marks).values():
        notes = [at for at in places if _is_note(document.blocks[marks[at].block].text)]
        for at in notes if len(notes) < len(places) else ():
            found[at] = rule.instead_of(marks[at], marks[at].part)
    return found


def _is_note(text: str) -> bool:
    return len(text) <= _LONGEST and is_edit_note(text) and any(find_times([text]))
