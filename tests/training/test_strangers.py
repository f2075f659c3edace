import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from cleaner.evidence.lines import gather_lines
from cleaner.evidence.ngrams import NgramTable, ngrams
from scripts.training.strangers import strange_places, strange_table

BUCKETS = 1 << 12
LINES = gather_lines([["Read more about the bridge", "Log in", "12.05.2021", "0 00"]])
TABLE = NgramTable(np.random.default_rng(3).integers(-90, 90, (BUCKETS, 3)).astype(np.int8), 0.01)


@pytest.mark.parametrize("page", [0, 1, 77])
def test_the_table_of_a_page_is_the_table_looked_up_elsewhere(page: int) -> None:
    places, bounds = ngrams(LINES.words, BUCKETS)
    moved = strange_places(places, np.full(len(places), page), BUCKETS)
    sums = np.add.reduceat(TABLE.weights[moved], bounds[:-1], axis=0, dtype=np.int16)
    expected = sums * np.float32(0.01) / np.sqrt(np.diff(bounds))[:, None]
    assert strange_table(TABLE, page).scores(LINES) == pytest.approx(expected)


def test_words_are_unknown_and_numbers_are_not() -> None:
    words = ngrams(gather_lines([["bridge river water harbour street garden"]]).words, BUCKETS)[0]
    assert (strange_places(words, np.full(len(words), 5), BUCKETS) != words).mean() > 0.6
    dates = ngrams(gather_lines([["11.12.2021", "10:30"]]).words, BUCKETS)[0]
    assert strange_places(dates, np.full(len(dates), 5), BUCKETS).tolist() == dates.tolist()


def test_every_page_has_its_own_unknown_words() -> None:
    places = np.arange(BUCKETS)
    one, other = (strange_places(places, np.full(BUCKETS, page), BUCKETS) for page in (1, 2))
    assert (one != other).mean() > 0.8
