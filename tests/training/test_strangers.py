import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from cleaner.evidence.lines.arrays import gather_lines
from cleaner.evidence.lines.codepoints import Kind
from cleaner.evidence.lines.ngrams import NgramTable, ngrams
from scripts.training.strangers import (
    has_spaces,
    in_strange_script,
    strange_places,
    strange_table,
)

BUCKETS = 1 << 12
LINES = ["Read more about the bridge over the river", "Log in", "12.05.2021", "0 00", "Share"]
TABLE = NgramTable(np.random.default_rng(3).integers(-90, 90, (BUCKETS, 3)).astype(np.int8), 0.01)


def moved(lines: list[str], page: int) -> tuple[list[int], list[int]]:
    places, bounds = ngrams(gather_lines([lines]).words, BUCKETS)
    pages = np.full(len(lines), page)
    return places.tolist(), strange_places(places, bounds, pages, BUCKETS).tolist()


@pytest.mark.parametrize("page", [0, 1, 77])
def test_the_table_of_a_page_is_the_table_looked_up_elsewhere(page: int) -> None:
    lines = gather_lines([LINES])
    places, bounds = ngrams(lines.words, BUCKETS)
    found = strange_places(places, bounds, np.full(len(LINES), page), BUCKETS)
    sums = np.add.reduceat(TABLE.weights[found], bounds[:-1], axis=0, dtype=np.int16)
    expected = sums * np.float32(0.01) / np.sqrt(np.diff(bounds))[:, None]
    strange = strange_table(TABLE, places, bounds, page)
    assert strange.scores(lines) == pytest.approx(expected)


def test_words_are_unknown_and_numbers_are_not() -> None:
    words, elsewhere = moved(["bridge river water harbour street garden"], 5)
    assert np.mean(np.not_equal(words, elsewhere)) > 0.6
    dates, the_same = moved(["11.12.2021", "10:30"], 5)
    assert the_same == dates


def test_some_short_lines_are_known_whole_as_phrases_are() -> None:
    lines = [
        f"{chr(0x3B1 + number % 17)}{chr(0x3B1 + number // 17)}n more" for number in range(280)
    ]
    words, elsewhere = moved(lines, 5)
    same = np.equal(words, elsewhere).reshape(280, 5).all(axis=1)
    assert 0.2 < same.mean() < 0.5


def test_every_page_has_its_own_unknown_words() -> None:
    line = ["bridge river water harbour street garden"]
    assert np.mean(np.not_equal(moved(line, 1)[1], moved(line, 2)[1])) > 0.6


@pytest.mark.parametrize(("page", "kind"), [(2, Kind.CASELESS), (3, Kind.UNSPACED)])
def test_pages_are_in_scripts_without_capital_letters_or_spaces(page: int, kind: Kind) -> None:
    line = "The bridge was closed on Monday, and nobody knew why."
    strange = gather_lines([[in_strange_script(line, page)]])
    counts = strange.counts[0]
    assert counts[kind] > 10 * (counts[Kind.LOWER] + counts[Kind.UPPER])
    assert (counts[Kind.SPACE] > 3) == has_spaces(page)
    assert counts[Kind.STOP] == counts[Kind.COMMA] == 1


def test_pages_in_the_same_script_are_as_they_are() -> None:
    assert in_strange_script("Read on.", 0) == in_strange_script("Read on.", 1) == "Read on."
