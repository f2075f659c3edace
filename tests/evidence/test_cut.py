from __future__ import annotations

import itertools

import numpy as np
import pytest

from cleaner.evidence.cut import expected_f1_cut


def _expected(chances: np.ndarray, words: np.ndarray, kept: np.ndarray) -> float:
    return float(2 * (chances * words)[kept].sum() / (words[kept].sum() + (chances * words).sum()))


@pytest.mark.parametrize("seed", range(20))
def test_cut_is_the_best_of_all_choices(seed: int) -> None:
    generator = np.random.default_rng(seed)
    chances, words = generator.random(8), generator.integers(1, 60, 8).astype(float)
    choices = [np.array(c, bool) for c in itertools.product([0, 1], repeat=8) if any(c)]
    best = max(_expected(chances, words, choice) for choice in choices)
    assert _expected(chances, words, expected_f1_cut(chances, words)) == pytest.approx(best)


def test_cut_keeps_nothing_where_nothing_can_be_content() -> None:
    assert not expected_f1_cut([0.0, 0.0], [5, 5]).any()
    assert not expected_f1_cut([0.9, 0.9], [0, 0]).any()


def test_cut_treats_equal_chances_alike() -> None:
    assert expected_f1_cut([0.8, 0.8, 0.8], [1, 100, 0]).tolist() == [True, True, True]


def test_cut_leaves_its_input_alone() -> None:
    chances = np.array([0.2, 0.9])
    expected_f1_cut(chances, [3, 4])
    assert chances.tolist() == [0.2, 0.9]
