"""Lines that recur from comment to comment: buttons, counts and avatars in words nobody listed.

'Curtir 230', 'Foto do perfil de Ada', 'Yanıtla · Beğen (12)': but for their numbers and the
names of those who write they are the same under or over one comment after the other, and what
readers say is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain

from cleaner.document import CommentPart, Document, Mark, Role
from cleaner.stages.comments.answers import is_answer
from cleaner.stages.comments.times import find_times
from cleaner.stages.rules import Rule

_FEWEST = 3
"""Comments in which a line recurs, at least."""

_SHARE, _VARIED_SHARE = 0.6, 0.2
"""Share of a thread's comments that have such a line; less where a name or a number varies in
it, which few words of readers share: what only answers have, or comments that were voted for."""

_MOST_WORDS, _LONGEST = 12, 100
"""Words and characters of such a line."""

_NAME_WORDS = 5
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_ANY_NAME, _ANY_TIME = "\0", "\1"  # in the form of a line, for the name of a writer, and a time


def with_recurring(document: Document, marks: Sequence[Mark], rule: Rule) -> list[Mark]:
    """The marks of threads, with lines that recur at the edges of texts as what stands around.

    No comment loses all its text.
    """
    texts = list(text_places(marks).values())
    lines = {at: document.blocks[marks[at].block].text for at in chain(*texts)}
    times, names = _times(lines), writers_in(marks)
    forms = {at: _form(text, times[at], names) for at, text in lines.items()}
    recurring = _recurring([{forms[at] for at in places} for places in texts])
    if not recurring:
        return list(marks)
    found = list(marks)
    for places in texts:
        for line in _edges([forms[at] in recurring for at in places]):
            at = places[line]
            found[at] = rule.instead_of(marks[at], _part(marks[at], lines[at], times[at]))
    return found


def text_places(marks: Sequence[Mark]) -> dict[int, list[int]]:
    """For each comment, by its number, the places among the marks of the lines of its text."""
    places: dict[int, list[int]] = {}
    for place, mark in enumerate(marks):
        if mark.role is Role.COMMENT and mark.part and mark.part.item is not None:
            places.setdefault(mark.part.item, []).append(place)
    return places


def writers_in(marks: Sequence[Mark]) -> frozenset[str]:
    """The names of those who wrote, as far as the marks say them, without capitals."""
    fields = (field for mark in marks if mark.part for field in mark.part.fields)
    return frozenset(
        " ".join(value.casefold().split()) for name, value in fields if name == "author"
    )


def _times(lines: Mapping[int, str]) -> dict[int, str]:
    """The time in each line that is short enough to recur; empty where it has none."""
    short = [text if len(text) <= _LONGEST else "" for text in lines.values()]
    return dict(zip(lines, find_times(short), strict=True))


def _form(text: str, time: str, names: Set[str]) -> str:
    r"""A line as compared: whatever its time and numbers, and whose name it begins or ends with.

    Empty where it is longer than such lines are, or stands over a quotation: 'Ada said:'.

    >>> _form("Curtir 230", "", set()), _form("Foto do perfil de Ada", "", {"ada"})
    ('curtir 0', 'foto do perfil de \x00')
    """
    if time:
        text = text.replace(time, _ANY_TIME, 1)
    if len(text) > _LONGEST or text.endswith((":", "：")):
        return ""
    words = text.casefold().split()
    if len(words) > _MOST_WORDS:
        return ""
    for count in range(min(_NAME_WORDS, len(words)), 0, -1):
        if " ".join(words[-count:]) in names:
            words[-count:] = [_ANY_NAME]
            break
        if " ".join(words[:count]) in names:
            words[:count] = [_ANY_NAME]
            break
    return _NUMBER.sub("0", " ".join(words))


def _recurring(comments: Sequence[Set[str]]) -> set[str]:
    """The forms of lines that recur, given those of each comment."""
    counts = Counter(form for forms in comments for form in forms if form)
    return {
        form
        for form, count in counts.items()
        if count >= max(_FEWEST, len(comments) * (_VARIED_SHARE if _varies(form) else _SHARE))
    }


def _varies(form: str) -> bool:
    """Whether a name, a time or a number beside words is different from line to line."""
    return _ANY_NAME in form or _ANY_TIME in form or ("0" in form and any(map(str.isalpha, form)))


def _edges(are_recurring: Sequence[bool]) -> Iterator[int]:
    """The lines that recur before the first of a text that does not, and after the last."""
    own = [line for line, recurs in enumerate(are_recurring) if not recurs]
    if own:
        yield from range(own[0])
        yield from range(own[-1] + 1, len(are_recurring))


def _part(mark: Mark, text: str, time: str) -> CommentPart | None:
    """What such a line says of its comment: whom it answers, or when it was written."""
    fields: tuple[tuple[str, str], ...] = ()
    if is_answer(text):
        fields = (("answers", text),)
    elif time:
        fields = (("date_text", time),)
    return mark.part and CommentPart(mark.part.item, fields)
