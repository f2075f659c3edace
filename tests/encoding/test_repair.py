from __future__ import annotations

import random
import time

import ftfy
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.encoding.repair import repair


@pytest.mark.parametrize(
    "text",
    [
        "“curly” and ‘curly’",
        "ｆｕｌｌ width",
        "ﬁne ligature",
        "naïve café",
        "日本語",
        "a\u2028b",
        "\N{NO-BREAK SPACE}",
    ],
)
def test_undamaged_text_is_untouched(text: str) -> None:
    assert repair(text) == (text, ())


def test_repair_is_recorded() -> None:
    text, (record,) = repair("one\r\ntwo â€œthreeâ€\x9d\rfour")
    assert text == "one\ntwo “three”\nfour"
    assert (record.line, record.after) == (2, "two “three”")
    assert record.before == "two â€œthreeâ€\x9d"
    assert record.steps


@pytest.mark.parametrize("entity", ["&#10;", "&#13;", "&#x0A;"])
def test_an_entity_does_not_break_a_line(entity: str) -> None:
    text, _ = repair(f"one{entity}two")
    assert len(text.split("\n")) == 1


@pytest.mark.parametrize("line", ["\0", "\0\0", "\x1b", "\ufeff", "\u200b", "\x7f"])
def test_a_line_of_control_characters_is_not_deleted(line: str) -> None:
    text, _ = repair(f"a\n{line}\nb")
    assert text.split("\n")[1].strip()


def test_white_space_that_was_misread_is_an_empty_line() -> None:
    assert repair("a\nÂ\xa0\nb")[0].split("\n")[1].strip() == ""


@pytest.mark.parametrize(
    "space", ["\x0b", "\x0c", "\x1c", "\x1f", "\x85", "\u2028", "\u2029", "\xa0", "\t"]
)
def test_white_space_inside_a_line_stays_white_space(space: str) -> None:
    for word in ("one", "ünö", "Ã¼n"):
        text, _ = repair(f"{word}{space}two")
        assert len(text.split()) == 2
        assert len(text.split("\n")) == 1
    assert repair(space)[0].isspace()


def test_c1_controls_become_what_windows_meant() -> None:
    assert repair("\x93quoted\x94\x85so")[0] == "“quoted”…so"
    assert repair("Ã\x85ngstrom")[0] == "Ångstrom"


DAMAGED = st.text(
    st.one_of(st.characters(), st.sampled_from("Ãâ€œ™Â\xa0\x85\x93\x0b&;#1ltamp\x1b[\0<")),
    max_size=60,
)


@given(DAMAGED)
def test_repairing_repaired_text_changes_nothing(text: str) -> None:
    repaired, _ = repair(text)
    assert repair(repaired) == (repaired, ())


@given(
    st.text(st.characters(min_codepoint=32, max_codepoint=126, exclude_characters="&"), max_size=80)
)
def test_lines_that_are_not_shown_to_ftfy_are_sound(text: str) -> None:
    assert ftfy.fix_text(text, uncurl_quotes=False) == text


def test_a_long_line_is_repaired_in_pieces() -> None:
    text = "schÃ¶ne BrÃ¼cke " * 2000
    repaired, (record,) = repair(text)
    assert repaired == "schöne Brücke " * 2000
    assert record.line == 1


def test_repair_can_be_switched_off() -> None:
    settings = cleaner.Settings(without=("encoding",))
    page = cleaner.clean("cafÃ©\r\nau lait".encode(), settings=settings)
    assert [block.text for block in page.blocks] == ["cafÃ©", "au lait"]
    assert page.encoding.repairs == ()


def test_random_bytes_are_not_repaired_at_length() -> None:
    text = random.Random(3).randbytes(300_000).decode("cp1252", "replace")
    begin = time.process_time()
    assert repair(text)[1] == ()
    assert time.process_time() - begin < 1
