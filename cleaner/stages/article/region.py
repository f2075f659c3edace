"""Where the piece lies: from its first paragraph to its last.

Every line pays or costs: a paragraph pays a point per word, a short line costs
some, a line of boilerplate more. The piece is the stretch with the highest sum
(the maximum subarray, found in one pass), so a menu between two paragraphs does
not belong to it, and a list between long paragraphs does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cleaner.document import BODY_ROLES, Document, Role
from cleaner.evidence.shape import Shape, shape_of
from cleaner.stages.runs import claimed_role

_SHORT_LINE = -3.0  # points: a list of eight under an introduction of 25 words still belongs to it
_SHORT_SENTENCE = 1.0
_CLAIMED_LINE = -10.0  # points for a line that an earlier stage has claimed
_MOST_WORDS = 80  # points of one paragraph at most, or a licence text would draw the piece to it


@dataclass(frozen=True)
class Region:
    """The blocks that no earlier stage has claimed, and the piece among them."""

    document: Document

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The shape of every block."""
        return tuple(shape_of(block.text) for block in self.document.blocks)

    @cached_property
    def free(self) -> tuple[int, ...]:
        """The blocks that no stage has claimed for anything but the piece, in page order."""
        return tuple(index for index in range(len(self.document.blocks)) if self._is_free(index))

    @cached_property
    def paragraphs(self) -> tuple[int, ...]:
        """The paragraphs of the piece: the free blocks inside it that read as prose."""
        inside = (index for index in self.free if self.first <= index <= self.last)
        return tuple(index for index in inside if self.shapes[index].is_prose)

    @cached_property
    def span(self) -> tuple[int, int]:
        """The first and the last paragraph of the piece; an empty range when there is none."""
        best, best_span = 0.0, (len(self.document.blocks), -1)
        total, start = 0.0, 0
        for index in range(len(self.document.blocks)):
            if total <= 0.0:
                total, start = 0.0, index
            total += self._points(index)
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

    def _points(self, index: int) -> float:
        if not self._is_free(index):
            return _CLAIMED_LINE
        shape = self.shapes[index]
        if shape.is_prose:
            return float(min(shape.words, _MOST_WORDS))
        return _SHORT_SENTENCE if shape.is_sentence else _SHORT_LINE

    def _is_free(self, index: int) -> bool:
        return (claimed_role(self.document, index) or Role.BODY) in BODY_ROLES
