"""Where the piece lies: from its first paragraph to its last.

Every line pays or costs: a paragraph pays a point per word, a short line costs
some, a line of boilerplate more. The piece is the stretch with the highest sum
(the maximum subarray, found in one pass), so a menu between two paragraphs does
not belong to it, and a list between long paragraphs does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cleaner.document import BODY_ROLES, Document, Role, Shape
from cleaner.stages.article.copies import Copies
from cleaner.stages.claims import claimed_role

_SHORT_LINE = -3.0  # points: a list of eight under an introduction of 25 words still belongs to it
_SHORT_RUN = -24.0  # points that a run of short lines costs at most
_SHORT_SENTENCE = 0.5  # points per word
_REACH = 8  # free short lines from the piece to further prose that still belongs to it
_CLAIMED_LINE = -10.0  # points for a line that an earlier stage has claimed
_MOST_WORDS = 80  # points of one paragraph at most, or a licence text would draw the piece to it


@dataclass(frozen=True, eq=False)
class Region:
    """The blocks that no earlier stage has claimed, and the piece among them.

    ``copies`` knows where a block's text stands once more.
    """

    document: Document
    copies: Copies

    @property
    def shapes(self) -> Sequence[Shape]:
        """What each block looks like."""
        return self.document.shapes

    @cached_property
    def free(self) -> tuple[int, ...]:
        """The blocks that no stage has claimed for anything but the piece, in page order."""
        claimed = self._claimed
        return tuple([i for i in range(len(self.document.blocks)) if i not in claimed])

    @cached_property
    def _claimed(self) -> frozenset[int]:
        """The blocks that a stage has claimed for something else than the piece."""
        return frozenset(
            index
            for index in self.document.leading
            if (claimed_role(self.document, index) or Role.BODY) not in BODY_ROLES
        )

    @cached_property
    def paragraphs(self) -> tuple[int, ...]:
        """The paragraphs of the piece: the free blocks inside it that read as prose."""
        first, last = self.span
        shapes = self.document.shapes
        return tuple([i for i in self.free if first <= i <= last and shapes[i].is_prose])

    @cached_property
    def span(self) -> tuple[int, int]:
        """The first and the last line of the piece; an empty range when there is none."""
        first, last = self._best_stretch()
        if last < 0:
            return first, last
        return self._extended(first, -1), self._extended(last, 1)

    def _extended(self, edge: int, step: int) -> int:
        """An edge moved over free lines to the next prose, as long as there is some in reach.

        A list between two paragraphs belongs to them; a line that a stage has
        claimed stops it.
        """
        index = edge + step
        while abs(index - edge) <= _REACH and 0 <= index < len(self.shapes):
            if index in self._claimed:
                break
            if self.shapes[index].is_sentence or self.shapes[index].is_prose:
                edge = index
            index += step
        return edge

    def _best_stretch(self) -> tuple[int, int]:
        best, best_span = 0.0, (len(self.document.blocks), -1)
        total, start = 0.0, 0
        run = 0.0
        for index, points in enumerate(self._points()):
            if total <= 0.0:
                total, start = 0.0, index
            run = run + points if points == _SHORT_LINE else 0.0
            total += points if run >= _SHORT_RUN else 0.0
            if total > best:
                best, best_span = total, (start, index)
        return best_span

    @property
    def first(self) -> int:
        """The first paragraph; the number of blocks when there is none."""
        return self.span[0]

    @property
    def last(self) -> int:
        """The last paragraph; -1 when there is none."""
        return self.span[1]

    def text(self, index: int) -> str:
        """The text of a block."""
        return self.document.blocks[index].text

    def _points(self) -> list[float]:
        """What each line pays or costs."""
        points = [
            (words if words < _MOST_WORDS else _MOST_WORDS)
            if is_prose
            else (_SHORT_SENTENCE * words if is_sentence else _SHORT_LINE)
            for words, is_sentence, is_prose in self.document.shapes
        ]
        for index in self._claimed:
            points[index] = _CLAIMED_LINE
        return points
