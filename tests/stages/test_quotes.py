"""The words of what may be quoted are those of the text that quotes it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.stages.comments.quotes import _bare_words, _words


@given(st.text() | st.text(st.sampled_from("aBİſß’'ŉ1 _.-")))
def test_bare_words_are_the_words_without_their_places(text: str) -> None:
    assert _bare_words(text) == tuple(word for word, _, _ in _words(text))
