"""What a page itself says of a thread: how many comments there are, and where they are answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from cleaner.document import Document
from cleaner.stages.comments.counts import parse_number
from cleaner.stages.comments.noise import noise_less

COMMENT_COUNT = "comments/comment-count"
"""The rule of lines that say how many comments there are."""

COUNT_BESIDE = "comments/count-beside"
"""The rule of lines that count comments beside a date, as over a listed piece."""

_RECENT = "comments/recent-heading"
_HEADINGS = frozenset({COMMENT_COUNT, "comments/thread-heading"})
_REPLY = "comments/reply-button"
_REPLIES = frozenset({_REPLY, "comments/reply-bar"})
ABOVE = 6
"""Lines above a thread in which its heading stands."""

KNOWN = 0.85
"""Mean chance of the likeliest roles of lines from which on the model knows what they are: where
nobody has commented, lists of other pieces with their dates follow a heading for comments."""

ANSWERED = 0.75
"""Share of comments with a button to answer that tells them: listed pieces have none."""

_RIGHT_ABOVE = 3


@dataclass(frozen=True)
class Support:
    """The headings of threads, with the count that they state, and the buttons to answer.

    ``headings`` gives None for one without a count. ``recents`` are headings of lists of comments
    under other pieces.
    """

    headings: Mapping[int, int | None]
    replies: Set[int]
    recents: Set[int] = frozenset()

    def heading(self, first: int, reach: int = ABOVE) -> int:
        """The line not far above a thread that is a heading for comments, else -1."""
        above = range(first - 1, max(-1, first - 1 - reach), -1)
        return next((line for line in above if line in self.headings), -1)

    def is_counted(self, first: int, comments: int, reach: int = ABOVE) -> bool:
        """Whether a heading above says that there are as many comments, or more: not all stand."""
        stated = self.headings.get(self.heading(first, reach))
        return stated is not None and 1 < comments <= stated + 1

    def is_headed(self, first: int) -> bool:
        """Whether a heading for comments stands right above that does not say "none"."""
        heading = self.heading(first)
        return heading >= 0 and first - heading <= _RIGHT_ABOVE and self.headings[heading] != 0

    def is_elsewhere(self, first: int) -> bool:
        """Whether what begins in a line stands under the heading of comments of other pieces."""
        return not self.recents.isdisjoint(range(first - _RIGHT_ABOVE, first + 1))

    def answered(self, comments: Iterable[Iterable[int]]) -> float:
        """The share of comments, each given by its lines, that have a button to answer."""
        have = [not self.replies.isdisjoint(lines) for lines in comments]
        return sum(have) / len(have) if have else 0.0


def support_of(document: Document) -> Support:
    """What the lines of a page say of its threads."""
    headings: dict[int, int | None] = {}
    replies, recents = set(), set()
    for line, found in document.matches.items():
        if not _REPLIES.isdisjoint(found):
            replies.add(line)
        if _RECENT in found:
            recents.add(line)
        if not _HEADINGS.isdisjoint(found):
            groups = found.get(COMMENT_COUNT, {})
            numbers = (parse_number(value) for value in groups.values() if value)
            headings[line] = next((n for n in numbers if n is not None), None)
    return Support(headings, replies, recents)


def is_button(document: Document, block: int) -> bool:
    """Whether a line is a button of a comment, or the number beside one."""
    text = document.blocks[block].text
    return is_reply_button(document, block) or not noise_less(text) or text.isdigit()


def is_answered(document: Document, block: int) -> bool:
    """Whether a line has a button to answer, beside a time or alone."""
    return not _REPLIES.isdisjoint(document.matches.get(block, ()))


def is_reply_button(document: Document, block: int) -> bool:
    """Whether a line is known for a button under comments."""
    return _REPLY in document.matches.get(block, {})
