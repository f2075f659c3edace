"""All blocks of all HTML training pages as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scripts.training.html_pages import HtmlTrainingPage

_MOST_BLOCKS = 300  # of a page without hand labels that are studied
_KINDS = {"article": 0, "forum": 1, "product": 2, "listing": 3, "collection": 3}
_OTHER = 4


@dataclass(frozen=True, eq=False)
class HtmlCorpus:
    """The pages' columns, joined; ``bounds`` is where each page's blocks begin, and the end."""

    pages: Sequence[HtmlTrainingPage]
    bounds: np.ndarray
    fold: np.ndarray
    words: np.ndarray
    main: np.ndarray
    article: np.ndarray
    article_weight: np.ndarray
    roles: np.ndarray

    def seen(self, left_out: int | None) -> NDArray[np.bool_]:
        """The blocks of all folds but one."""
        return self.fold != (-1 if left_out is None else left_out)

    @cached_property
    def is_hand(self) -> NDArray[np.bool_]:
        """The blocks with a hand-labelled role."""
        return self.roles >= 0

    @cached_property
    def studied(self) -> NDArray[np.bool_]:
        """The blocks that the model learns from: of a long page without hand labels a sample."""
        generator = np.random.default_rng(3)
        studied = np.zeros(len(self.fold), np.bool_)
        for page, begin, end in zip(self.pages, self.bounds, self.bounds[1:], strict=False):
            if page.page.roles or end - begin <= _MOST_BLOCKS:
                studied[begin:end] = True
            else:
                chosen = generator.choice(np.arange(begin, end), _MOST_BLOCKS, replace=False)
                studied[chosen] = True
        return studied

    @cached_property
    def known(self) -> np.ndarray:
        """1 and 0 for gold text and other, -1 where there is no gold text.

        Snippets are left out: on hand-labelled pages they would be the answer.
        """
        gold = self._spread([page.page.gold is not None for page in self.pages])
        return np.where(self.main >= 0, self.main, np.where(gold, self.article, -1))

    @cached_property
    def privileged(self) -> NDArray[np.float32]:
        """What only training knows: gold text of a block and its neighbours, kind of the page."""
        kinds = self._spread([_KINDS.get(page.page.kind, _OTHER) for page in self.pages])
        columns = [self.known, self._moved(1), self._moved(-1)]
        columns += [kinds == kind for kind in range(_OTHER + 1)]
        return np.stack(columns, axis=1).astype(np.float32)

    def _spread(self, values: Sequence[object]) -> np.ndarray:
        return np.repeat(np.array(values), np.diff(self.bounds))

    def _moved(self, by: int) -> np.ndarray:
        moved = np.roll(self.known, by)
        edges = self.bounds[:-1] if by > 0 else self.bounds[1:] - 1
        moved[edges[np.diff(self.bounds) > 0]] = 0
        return moved


def html_corpus(pages: Sequence[HtmlTrainingPage]) -> HtmlCorpus:
    """The pages' columns, joined."""
    sizes = [len(page.words) for page in pages]
    joined = {
        name: np.concatenate([getattr(page, name) for page in pages])
        for name in ("words", "main", "article", "article_weight", "roles")
    }
    fold = np.repeat([page.page.fold for page in pages], sizes)
    return HtmlCorpus(pages, np.concatenate([[0], np.cumsum(sizes)]), fold, **joined)
