"""A page of HTML as its features read it: parsed, with the learned tables of names and n-grams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Block, Role
from cleaner.evidence.html.feature_table import Floats
from cleaner.evidence.html.name_tokens import ElementKinds, element_kinds
from cleaner.evidence.html.neighbours import elements_around
from cleaner.evidence.language.function_words import languages_of, page_languages
from cleaner.evidence.lines.arrays import Ints, Lines, gather_lines
from cleaner.evidence.lines.codepoints import Kind
from cleaner.evidence.lines.ngrams import NgramTable
from cleaner.parsing.head import Head
from cleaner.parsing.tree import Tree

SCORES = (*(role.value for role in Role), "main", "article")
"""The columns of the learned weights of names."""

SAID = SCORES[:-1]
"""The columns of the learned weights of n-grams."""


@dataclass(frozen=True)
class NameWeights:
    """Learned weights of names: whole numbers (places, `SCORES`), each column times its scale."""

    weights: NDArray[np.int8]
    scale: Floats


@dataclass(frozen=True, eq=False)
class HtmlPage:
    """What the features are made of; what is counted on its blocks is counted once."""

    blocks: Sequence[Block]
    tree: Tree
    head: Head
    names: NameWeights
    table: NgramTable

    @cached_property
    def texts(self) -> list[str]:
        """The blocks' texts, each on one line."""
        return [block.text.replace("\n", " ") for block in self.blocks]

    @cached_property
    def lines(self) -> Lines:
        """The blocks as lines."""
        return gather_lines([self.texts])

    @cached_property
    def words(self) -> Floats:
        """Words of each block, two letters to a word in scripts without spaces."""
        lines = self.lines
        unspaced = lines.counts[:, Kind.UNSPACED] // 2
        return (lines.words.end - lines.words.begin - unspaced).astype(np.float32)

    @cached_property
    def languages(self) -> tuple[Ints, NDArray[np.float64]]:
        """The number of the page's language, and the share of its function words."""
        return page_languages(self.lines)

    @cached_property
    def language(self) -> str:
        """The code of the language that its words are in, empty where they do not say."""
        return next(iter(languages_of(self.lines)), "")

    def forget_lines(self) -> None:
        """Let go of the lines, which on a page of 5 MB take 36; what is counted on them stays."""
        _ = self.words, self.languages, self.language
        self.__dict__.pop("lines", None)

    @cached_property
    def kinds(self) -> ElementKinds:
        """Elements with the same tag and names are one kind: their names are looked up once.

        Asked are those around blocks; the others say nothing of these.
        """
        return element_kinds(self.tree, elements_around(self.tree, self.tree.inner))
