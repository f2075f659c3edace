"""The elements around each block of a thread, inside its comment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from cleaner.stages.comments.markup.items import Found
from cleaner.stages.comments.markup.outline import Outline

Path = tuple[int, ...]
"""Elements or their signatures' numbers, from the innermost around a block outward."""


@dataclass(frozen=True, eq=False)
class Paths:
    """The paths of all blocks of one thread; the comments' own elements are left out."""

    outline: Outline
    found: Found

    @cached_property
    def elements(self) -> Mapping[int, Path]:
        """For each block the elements around it."""
        outline = self.outline
        return {
            block: tuple(outline.up(outline.inner[block], element))
            for element, own in zip(self.found.elements, self.found.own, strict=True)
            for block in own
        }

    @cached_property
    def signatures(self) -> Mapping[int, Path]:
        """For each block the numbers of these elements' signatures."""
        numbers = self.outline.signatures[0]
        return {
            block: tuple([numbers[element] for element in path])
            for block, path in self.elements.items()
        }
