"""Where the quick look finds no damage, ftfy finds none."""

from __future__ import annotations

import unicodedata
from itertools import product

import ftfy
import pytest
from ftfy.badness import is_bad
from hypothesis import given
from hypothesis import strategies as st

from cleaner.encoding.damage import USUAL, may_be_damaged

_KEPT = ftfy.TextFixerConfig(
    uncurl_quotes=False,
    fix_character_width=False,
    fix_latin_ligatures=False,
    fix_line_breaks=False,
    unescape_html=False,
)
LATIN = st.characters(min_codepoint=0x20, max_codepoint=0x24F)


@given(st.text() | st.text(LATIN))
def test_sound_text_is_left_alone_by_ftfy(text: str) -> None:
    if not may_be_damaged(text, has_entities=False):
        assert ftfy.fix_text(text, _KEPT) == text


@given(st.text(st.sampled_from("&#x;amplt3 <é\n")))
def test_text_without_entities_is_left_alone_by_ftfy(text: str) -> None:
    if not may_be_damaged(text, has_entities=True):
        assert ftfy.fix_text(text, _KEPT._replace(unescape_html="auto")) == text


@given(st.text(LATIN) | st.text(LATIN).map(lambda text: text.encode().decode("cp1252", "ignore")))
def test_whatever_ftfy_calls_bad_is_looked_at(text: str) -> None:
    if is_bad(text):
        assert may_be_damaged(text, has_entities=False)


@pytest.mark.parametrize(
    "text", ["cafÃ©", "a\x00b", "\x85", "e\u0301", "\ud800", "\ufeff", "â€œ", "â‚¬"]
)
def test_damage_is_seen(text: str) -> None:
    assert may_be_damaged(text, has_entities=False)


def test_usual_characters_alone_are_never_bad() -> None:
    for text in map("".join, product(USUAL + " aA1.", repeat=3)):
        assert not is_bad(text), text
        assert unicodedata.is_normalized("NFC", text), text


@pytest.mark.parametrize("text", ["", "plain\r\n\ttext", "Größe «é» — ok", "日本語", "R&D"])
def test_sound_text_is_passed(text: str) -> None:
    assert not may_be_damaged(text, has_entities=False)


def test_an_entity_counts_where_entities_may_stand() -> None:
    assert may_be_damaged("R&amp;D", has_entities=True)
    assert not may_be_damaged("R&amp;D", has_entities=False)
    assert not may_be_damaged("R&D, fish & chips; &c.", has_entities=True)
