import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from scripts.training.excerpts import copied_lines

PIECE = [10 <= line < 20 for line in range(30)]
SEEDS = range(60)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_copied_is_of_the_piece_and_little_more(seed: int) -> None:
    rows = copied_lines(PIECE, seed)
    assert any(PIECE[rows])
    assert 6 <= rows.start < rows.stop <= 24


def test_pages_are_cut_in_several_ways_and_always_the_same() -> None:
    cuts = [copied_lines(PIECE, seed) for seed in SEEDS]
    sizes = {rows.stop - rows.start for rows in cuts}
    assert min(sizes) < 10 < max(sizes)
    assert 10 in sizes
    assert cuts == [copied_lines(PIECE, seed) for seed in SEEDS]


def test_what_stands_between_lines_of_the_piece_is_copied_too() -> None:
    piece = [line in (3, 9) for line in range(12)]
    assert slice(3, 10) in [copied_lines(piece, seed) for seed in SEEDS]


def test_the_ends_of_a_page_are_the_ends_of_what_is_copied() -> None:
    cuts = [copied_lines([True, True], seed) for seed in SEEDS]
    assert all(0 <= rows.start < rows.stop <= 2 for rows in cuts)


def test_nothing_is_copied_of_a_page_without_a_piece() -> None:
    assert copied_lines([False] * 9, 4) == slice(0, 0)
    assert copied_lines([], 4) == slice(0, 0)
