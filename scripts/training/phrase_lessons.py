"""The phrases of many languages as lessons for the table of n-grams."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_matrix

from cleaner.document import BODY_ROLES, ROLE_NUMBERS, Group
from cleaner.evidence.lines.arrays import gather_lines
from scripts.training.lessons import Lessons, one_hot
from scripts.training.ngram_rows import ngram_rows
from scripts.training.phrases import phrases

_OF_ROLE, _OF_MAIN = 2.0, 0.5  # what a line counts; more, and the words of the pages lose by it


def phrase_lessons(buckets: int) -> tuple[csr_matrix, Lessons]:
    """The n-grams of all lines, and what they should come out as.

    Boilerplate is no main content, a subheading is; of the rest that is not known.
    """
    roles, lines = zip(*phrases(), strict=True)
    is_main = np.array([role in BODY_ROLES for role in roles], np.float32)
    is_known = np.array([role.group is Group.BOILERPLATE for role in roles]) | (is_main > 0)
    numbers = np.array([ROLE_NUMBERS[role] for role in roles])
    lessons = Lessons(
        one_hot(numbers, len(ROLE_NUMBERS)),
        np.full(len(lines), _OF_ROLE, np.float32),
        is_main[:, None],
        np.where(is_known, _OF_MAIN, 0).astype(np.float32)[:, None],
    )
    return ngram_rows([gather_lines([lines])], buckets), lessons
