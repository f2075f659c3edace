"""All blocks of all HTML training pages as columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scripts.training.html_pages import ROLES, HtmlTrainingPage
from scripts.training.lessons import Floats, one_hot, shares_of_pages


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
    def hand_roles(self) -> Floats:
        """The hand-labelled role as a row of chances, all 0 without one."""
        return one_hot(self.roles, len(ROLES))

    @cached_property
    def share(self) -> Floats:
        """How much of a block counts: `shares_of_pages`."""
        return shares_of_pages(np.diff(self.bounds))


def html_corpus(pages: Sequence[HtmlTrainingPage]) -> HtmlCorpus:
    """The pages' columns, joined."""
    sizes = [len(page.words) for page in pages]
    joined = {
        name: np.concatenate([getattr(page, name) for page in pages])
        for name in ("words", "main", "article", "article_weight", "roles")
    }
    fold = np.repeat([page.page.fold for page in pages], sizes)
    return HtmlCorpus(pages, np.concatenate([[0], np.cumsum(sizes)]), fold, **joined)
