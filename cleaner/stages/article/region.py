"""Where the piece lies: from its first paragraph to its last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from cleaner.document import Document
from cleaner.evidence.shape import Shape, shape_of
from cleaner.stages.runs import claimed_role


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
        """The blocks without a strong mark, in page order."""
        blocks = range(len(self.document.blocks))
        return tuple(index for index in blocks if claimed_role(self.document, index) is None)

    @cached_property
    def paragraphs(self) -> tuple[int, ...]:
        """The free blocks that read as prose."""
        return tuple(index for index in self.free if self.shapes[index].is_prose)

    @cached_property
    def first(self) -> int:
        """The first paragraph; the number of blocks when there is none."""
        return self.paragraphs[0] if self.paragraphs else len(self.document.blocks)

    @cached_property
    def last(self) -> int:
        """The last paragraph; -1 when there is none."""
        return self.paragraphs[-1] if self.paragraphs else -1

    def text(self, index: int) -> str:
        """The text of a block."""
        return self.document.blocks[index].text
