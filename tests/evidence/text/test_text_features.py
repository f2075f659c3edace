from __future__ import annotations

import numpy as np
import pytest

from cleaner.evidence.language.function_words import language_of
from cleaner.evidence.lines.arrays import gather_lines
from cleaner.evidence.lines.ngrams import NgramTable
from cleaner.evidence.text.features import feature_names, text_features
from cleaner.evidence.text.stacked import stacked_features, stacked_names

PROSE = (
    "The bridge across the river will open on Monday, the council said, after two years of work.",
    "Die Brücke über den Fluss wird am Montag geöffnet, und die Stadt ist damit sehr zufrieden.",
    "橋は月曜日に開通すると町議会が発表した。",
    "سيتم افتتاح الجسر فوق النهر يوم الاثنين كما قال المجلس.",
)
SHORT = (
    "Home", "News", "© 2024 Sample Press", "Reply", "3 Comments", "by Jane Doe", "12:30", "•",
    "...", "\u200b", "🎉", "Σ", "İ", "\ud800", "a" * 300, "|",
)  # fmt: skip


def _page(seed: int) -> list[str]:
    generator = np.random.default_rng(seed)
    lines = (*PROSE, *SHORT)
    count = int(generator.integers(1, 60))
    return [lines[at] for at in generator.integers(0, len(lines), count)]


PAGES = [_page(seed) for seed in range(64)]
GAPS = [[len(line) % 3 for line in page] for page in PAGES]
INDENTS = [[len(line) % 5 for line in page] for page in PAGES]
ALONE = np.concatenate(
    [
        text_features([page], [gaps], [indents])
        for page, gaps, indents in zip(PAGES, GAPS, INDENTS, strict=True)
    ]
)


@pytest.mark.parametrize("size", [2, 16, 64])
def test_text_features_do_not_hang_on_the_batch(size: int) -> None:
    starts = range(0, len(PAGES), size)
    batched = [
        text_features(PAGES[at : at + size], GAPS[at : at + size], INDENTS[at : at + size])
        for at in starts
    ]
    assert np.array_equal(np.concatenate(batched), ALONE)


@pytest.mark.parametrize("size", [2, 16, 64])
def test_stacked_features_do_not_hang_on_the_batch(size: int) -> None:
    generator = np.random.default_rng(1)
    table = NgramTable(generator.integers(-127, 128, (1 << 12, 18)).astype(np.int8), 0.05)

    def stacked(pages: list[list[str]]) -> np.ndarray:
        lines = gather_lines(pages)
        return stacked_features(lines, table.scores(lines))

    alone = np.concatenate([stacked([page]) for page in PAGES])
    parts = [stacked(PAGES[at : at + size]) for at in range(0, len(PAGES), size)]
    assert np.array_equal(np.concatenate(parts), alone)
    assert alone.shape[1] == len(stacked_names(tuple("abcdefghijklmnopq")))


def test_text_features_are_named_and_finite() -> None:
    assert ALONE.shape == (sum(map(len, PAGES)), len(feature_names()))
    assert ALONE.dtype == np.float32
    assert np.isfinite(ALONE).all()
    assert len(set(feature_names())) == len(feature_names())


def test_text_features_of_nothing_have_no_rows() -> None:
    assert text_features([]).shape == (0, len(feature_names()))
    assert text_features([[], []]).shape == (0, len(feature_names()))


def test_text_features_of_an_empty_page_between_others() -> None:
    found = text_features([["Home"], [], list(PROSE)])
    assert np.array_equal(found[1:], text_features([list(PROSE)]))


@pytest.mark.parametrize(("at", "language"), [(0, "en"), (1, "de")])
def test_language_is_that_of_the_function_words(at: int, language: str) -> None:
    assert language_of([PROSE[at]]) == language


def test_later_copies_are_told_from_the_first() -> None:
    column = feature_names().index("is later copy")
    assert text_features([["Read more", "Other", "Read more"]])[:, column].tolist() == [0, 0, 1]
