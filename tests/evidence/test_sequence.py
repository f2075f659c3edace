from __future__ import annotations

import numpy as np
import pytest

from cleaner.evidence.lines import gather_lines
from cleaner.evidence.sequence import in_sequence

ROLES = 17


def _pages() -> list[np.ndarray]:
    generator = np.random.default_rng(4)
    pages = []
    for height in generator.integers(1, 40, 64):
        roles = generator.random((int(height), ROLES), dtype=np.float32) ** 8
        pages.append(roles / roles.sum(axis=1, keepdims=True))
    return pages


FOLLOWS = np.random.default_rng(5).integers(13, 5120, (ROLES, ROLES)).astype(np.int16)


def _ask(pages: list[np.ndarray]) -> np.ndarray:
    lines = gather_lines([["x"] * len(page) for page in pages])
    return in_sequence(lines, np.concatenate(pages), FOLLOWS)


@pytest.mark.parametrize("size", [2, 16, 64])
def test_in_sequence_does_not_hang_on_the_batch(size: int) -> None:
    pages = _pages()
    alone = np.concatenate([_ask([page]) for page in pages])
    batched = [_ask(pages[at : at + size]) for at in range(0, len(pages), size)]
    assert np.array_equal(np.concatenate(batched), alone)


def test_in_sequence_leaves_the_only_line_of_a_page_alone() -> None:
    (page,) = (page for page in _pages()[:1])
    assert np.allclose(_ask([page[:1]]), page[:1], atol=1e-6)


def test_in_sequence_takes_no_lines() -> None:
    assert _ask([np.zeros((0, ROLES), np.float32)]).shape == (0, ROLES)


def test_in_sequence_does_not_change_what_it_is_given() -> None:
    page = _pages()[1]
    before = page.copy()
    _ask([page])
    assert np.array_equal(page, before)
