"""Linear weights of class and id names, learned from the names on the paths to all blocks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from cleaner.evidence.html.name_tokens import TABLE_SIZE, element_kinds
from cleaner.evidence.html.page import NameWeights
from cleaner.parsing.tree import Tree
from scripts.training.html_pages import HtmlTrainingPage
from scripts.training.lessons import Floats, Lessons
from scripts.training.linear import fit_linear

_HEAVIEST_PATH = 10.0  # times the mean weight of a path
_HEAVIEST_ROLES = 20.0


class NameRows:
    """The different paths of each page as rows of places; ``path`` is the row of each block."""

    def __init__(self, pages: Sequence[HtmlTrainingPage]) -> None:
        paths: list[np.ndarray] = []
        path: list[np.ndarray] = []
        for page in pages:
            found, of_block = _paths(page.parsed.tree)
            path.append(of_block + len(paths))
            paths += found
        sizes = np.fromiter(map(len, paths), np.int64, len(paths))
        flat = np.concatenate(paths).astype(np.int32)
        bounds = np.concatenate([[0], np.cumsum(sizes)])
        ones = np.ones(len(flat), np.float32)
        self.rows = csr_matrix((ones, flat, bounds), (len(paths), TABLE_SIZE))
        self.rows.sum_duplicates()
        self.path = np.concatenate(path)

    def sums(self, values: np.ndarray) -> np.ndarray:
        """The sum of a column over the blocks of each path."""
        return np.bincount(self.path, weights=values, minlength=self.rows.shape[0])


def _paths(tree: Tree) -> tuple[list[np.ndarray], np.ndarray]:
    """The places of all names around a block, for each different path, and each block's path."""
    kinds = element_kinds(tree)
    own = np.split(kinds.places, kinds.starts[1:])
    numbers: dict[tuple[int, int], int] = {}
    of_element: list[int] = []
    above: list[tuple[int, int]] = []
    for kind, parent in zip(kinds.of_element.tolist(), tree.parent.tolist(), strict=True):
        key = (of_element[parent] if parent >= 0 else -1, kind)
        if key not in numbers:
            numbers[key] = len(numbers)
            above.append(key)
        of_element.append(numbers[key])
    wanted, of_block = np.unique(np.array(of_element)[tree.inner], return_inverse=True)
    return [_path(number, above, own) for number in wanted.tolist()], of_block


def _path(number: int, above: list[tuple[int, int]], own: list[np.ndarray]) -> np.ndarray:
    parts = []
    while number >= 0:
        number, kind = above[number]
        parts.append(own[kind])
    return np.concatenate(parts)


def fit_yes(rows: NameRows, target: np.ndarray, weight: np.ndarray) -> np.ndarray:
    """The weights of names for a target of 0 and 1; where it is less it is unknown."""
    weight = weight * (target >= 0)
    yes, no = rows.sums(weight * (target > 0.5)), rows.sums(weight * (target <= 0.5))
    with_yes, with_no = np.flatnonzero(yes > 0), np.flatnonzero(no > 0)
    chosen = np.concatenate([with_yes, with_no])
    weights = np.concatenate([yes[with_yes], no[with_no]])
    fitted = SGDClassifier(
        loss="log_loss", alpha=3e-6, max_iter=8, tol=None, random_state=0, average=True
    ).fit(
        rows.rows[chosen],
        np.arange(len(chosen)) < len(with_yes),
        sample_weight=np.minimum(weights / weights.mean(), _HEAVIEST_PATH),
    )
    return np.asarray(fitted.coef_[0])


def fit_roles(rows: NameRows, roles: Floats, weight: np.ndarray) -> Floats:
    """The weights of names (places, roles) for roles, of each block a row of chances."""
    total = rows.sums(weight)
    chosen = np.flatnonzero(total > 0)
    means = np.stack([rows.sums(weight * column) for column in roles.T], axis=1)[chosen]
    means /= total[chosen, None]
    heavy = np.minimum(total[chosen] / total[chosen].mean(), _HEAVIEST_ROLES)
    none = np.zeros((len(chosen), 1), np.float32)
    lessons = Lessons(means.astype(np.float32), heavy.astype(np.float32), none, none)
    return fit_linear(rows.rows[chosen], lessons)[:, :-1]


def in_whole_numbers(weights: np.ndarray) -> NameWeights:
    """The weights as int8, each column with its scale."""
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 127
    return NameWeights(np.rint(weights / scale).astype(np.int8), scale.astype(np.float32))
