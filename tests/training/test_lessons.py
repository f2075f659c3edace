import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from scripts.training.lessons import one_hot, shares_of_pages


def test_a_page_counts_no_more_the_longer_it_is_beyond_some_length() -> None:
    sizes = np.array([3, 0, 250, 1000])
    shares = np.split(shares_of_pages(sizes), np.cumsum(sizes)[:-1])
    assert [share.sum() for share in shares] == pytest.approx([3, 0, 250, 250])


def test_what_has_no_role_is_nothing() -> None:
    rows = one_hot(np.array([2, -1, 0]), 3)
    assert rows.argmax(axis=1).tolist() == [2, 0, 0]
    assert rows.sum(axis=1).tolist() == [1, 0, 1]
