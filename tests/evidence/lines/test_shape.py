"""Words counted on characters are those that a regular expression finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.evidence.lines.shape import count_words, is_sentence, shapes_of

LETTERS = st.sampled_from("ab7_ '’-–.\n橋月กé\u0301٣𝒜🌉\ud800")
TEXTS = st.lists(st.text() | st.text(LETTERS))


def words_found(text: str) -> int:
    unspaced = re.compile(
        r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
    )
    words = re.findall(r"\w+(?:['’-]\w+)*", unspaced.sub(" ", text))
    return len(words) + -(-len(unspaced.findall(text)) // 2)


@given(TEXTS)
def test_words_are_counted_as_they_are_found(texts: list[str]) -> None:
    assert count_words(texts) == [words_found(text) for text in texts]


def test_words_of_many_lines_are_those_of_each() -> None:
    texts = [f"line {'of words ' * (number % 7)}" for number in range(3000)]
    assert count_words(texts) == [words_found(text) for text in texts]


@given(TEXTS)
def test_a_line_has_the_same_shape_alone_and_among_others(texts: list[str]) -> None:
    assert shapes_of(texts) == [shape for text in texts for shape in shapes_of([text])]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        *[
            ("It rained.", True),
            ("“It rained.”)", True),
            ("Rained…", True),
            ("雨が降った。」", True),
        ],
        *[("", False), ("”", False), ("Rained,", False), ("a.b", False)],
    ],
)
def test_where_a_sentence_ends(text: str, ends: bool) -> None:
    assert is_sentence(text) is ends
