"""What holds on any input at all."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import cleaner
from cleaner import Settings
from cleaner.pipeline import read_document
from cleaner.reading.no_page import no_page_bytes
from cleaner.rendering.formats import render

SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
SEED_LINES = [line for path in SEEDS for line in path.read_text("utf-8").split("\n")]

LINE = st.one_of(
    st.sampled_from(SEED_LINES), st.text(max_size=60), st.sampled_from(["x says:", "1 ( +1 / -0 )"])
)
ENDS = st.sampled_from(["\n", "\r\n", "\r", "\n\n", "\x0b", "\u2028", "\x85"])
TEXT = st.lists(st.tuples(LINE, ENDS)).map(lambda rows: "".join(line + end for line, end in rows))


@given(TEXT)
def test_every_visible_character_lies_in_exactly_one_block(text: str) -> None:
    document, _ = read_document(text)
    covered = [False] * len(document.text)
    for block in document.blocks:
        assert document.text[block.start : block.end] == block.text == block.text.strip() != ""
        assert not any(covered[block.start : block.end])
        covered[block.start : block.end] = [True] * (block.end - block.start)
    assert all(
        c or character.isspace() for c, character in zip(covered, document.text, strict=True)
    )


@given(TEXT)
def test_every_line_is_one_block_with_one_decision(text: str) -> None:
    document, _ = read_document(text)
    lines = [line.strip() for line in re.split("\r\n|\r|\n", document.text) if line.strip()]
    page = cleaner.clean(text)
    assert [block.text for block in page.blocks] == lines
    assert [block.index for block in page.blocks] == list(range(len(lines)))
    for block in page.blocks:
        assert isinstance(block.role, cleaner.Role)
        assert 0 < block.score <= 1
        assert block.stage
        assert block.rule
        assert block.why


@given(TEXT)
def test_a_line_is_not_lost_when_the_text_is_sound(text: str) -> None:
    page = cleaner.clean(text)
    if not page.encoding.repairs:
        lines = [line.strip() for line in re.split("\r\n|\r|\n", text) if line.strip()]
        assert [block.text for block in page.blocks] == lines


@given(TEXT)
def test_the_same_text_gives_the_same_bytes(text: str) -> None:
    for name in ("text", "markdown", "json", "labels"):
        once, twice = (render(cleaner.clean(text), name, comments="none") for _ in range(2))
        assert once == twice


@given(st.lists(LINE))
def test_line_ends_do_not_matter(lines: list[str]) -> None:
    lines = [re.sub("[\r\n]", " ", line) for line in lines]
    pages = [cleaner.clean(end.join(lines)) for end in ("\n", "\r\n", "\r")]
    assert (
        len(
            {
                tuple((block.text, block.role, block.score) for block in page.blocks)
                for page in pages
            }
        )
        == 1
    )


@given(st.binary(max_size=400))
def test_bytes_never_raise_and_are_not_changed(data: bytes) -> None:
    copy = bytes(data)
    page = cleaner.clean(data)
    assert data == copy
    expected = ("failed",) if no_page_bytes(data) else ("ok", "empty")
    assert page.outcome.state in expected
    assert page.outcome.reason or page.text


@given(TEXT)
def test_records_keep_what_their_blocks_say(text: str) -> None:
    page = cleaner.clean(text)
    seen: set[int] = set()
    for number, comment in enumerate(page.comments):
        assert not seen & set(comment.blocks)
        seen |= set(comment.blocks)
        blocks = [page.blocks[i] for i in comment.blocks]
        own = [block for block in blocks if block.role is cleaner.Role.COMMENT]
        assert comment.text == "\n\n".join(" ".join(block.text.split()) for block in own)
        assert comment.reply_to is None or comment.reply_to < number
        for quote in comment.quotes:
            assert comment.text[quote.start : quote.end] == quote.text


@given(TEXT)
@example("0(+0/-0)\n" * 3 + "0\n" * 4)
def test_text_is_a_choice_of_roles_and_holds_no_comment(text: str) -> None:
    page = cleaner.clean(text)
    chosen = [block for block in page.blocks if block.role in page.text_roles]
    once = [block.text for block in chosen if block.index not in page.quoted_blocks]
    assert page.text == "\n\n".join(once)
    body = [block for block in page.blocks if block.role in cleaner.document.BODY_ROLES]
    assert page.body == "\n\n".join(block.text for block in body)
    assert all(block.role.group == "article" for block in body)


@pytest.mark.parametrize("without", ["navigation", "adverts", "comments", "article"])
@given(text=TEXT)
def test_any_stage_may_be_off(without: str, text: str) -> None:
    page = cleaner.clean(text, settings=Settings(without=(without,)))
    assert all(mark.stage != without for block in page.blocks for mark in block.marks)


def test_pages_in_any_order_give_the_same_result() -> None:
    texts = [path.read_bytes() for path in SEEDS]
    before = [render(cleaner.clean(text), "json", comments="none") for text in texts]
    order = list(range(len(texts)))
    random.Random(1).shuffle(order)
    after = {i: render(cleaner.clean(texts[i]), "json", comments="none") for i in order}
    assert before == [after[i] for i in range(len(texts))]


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\0\0\0",
        b"\xff\xfe",
        "",
        " \n \r\n\t",
        "\ud800 lone",
        "\x1b[31mred\x1b[0m",
        "word " * 1_000_000,
        "x" * 5_000_000,
        "a\n" * 50_000,
        random.Random(7).randbytes(100_000),
    ],
    ids=[
        "nothing",
        "nul",
        "bom",
        "empty",
        "blank",
        "surrogate",
        "escape",
        "words",
        "letters",
        "lines",
        "random",
    ],
)
def test_odd_content_is_cleaned_or_said_to_be_empty(source: bytes | str) -> None:
    page = cleaner.clean(source)
    assert page.outcome.state == "ok" or page.outcome.reason
    render(page, "json", comments="none").encode("utf-8")


@pytest.mark.parametrize("source", [None, 3, ["a"], bytearray(b"a")])
def test_wrong_types_are_wrong_usage(source: object) -> None:
    with pytest.raises(cleaner.UsageError, match="bytes or str"):
        cleaner.clean(source)  # type: ignore[arg-type]


@pytest.mark.parametrize("url", [None, "", "not a url", "http://[", "https://user@[::1]:x/"])
def test_any_url_will_do(url: str | None) -> None:
    assert cleaner.clean("A line.", url=url).url == (url or "")


@pytest.mark.parametrize(
    "argument", [{"url": 5}, {"url": b"a"}, {"media_type": 1}, {"settings": {}}]
)
def test_wrong_arguments_are_wrong_usage(argument: dict[str, object]) -> None:
    with pytest.raises(cleaner.UsageError, match=next(iter(argument))):
        cleaner.clean("a", **argument)  # type: ignore[arg-type]


def test_odd_media_types_do_no_harm() -> None:
    assert cleaner.clean(b"A line.", media_type="text/plain; charset=\ud800").text == "A line."
