"""Signatures under comments, and what only looks like one; opening posts that a model misreads."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.document import Role

SIGNATURE = "Norfolk reed since 1974, ask me anything"
POSTS = (
    ("pondweaver", "Norfolk reed, cut after the first frost, lasts sixty years on a roof."),
    ("Thatchlet", "Sixty is long. Ours lasted forty and then a storm took it in one night."),
    ("pondweaver", "Then it was cut too early, or the roof was not steep enough for reed."),
    ("gale_warning", "No insurance covers either of them here, so ask before you build."),
)


def thread(*posts: tuple[str, str]) -> str:
    items = "".join(
        f"<li class='comment' id='c{number}'><b class='comment-author'>{author}</b>"
        f"<time datetime='2019-05-{number:02}'>May {number}, 2019</time>"
        f"<div class='comment-body'>{text}</div></li>"
        for number, (author, text) in enumerate(posts, start=1)
    )
    prose = "<p>The council has voted for a roof of reed on the new town hall, after all.</p>" * 4
    return f"<!doctype html><title>Reed</title><article>{prose}</article><ol>{items}</ol>"


def signed(author: str, end: str) -> str:
    posts = [
        (who, f"<p>{text}</p><p>{end}</p>" if who == author else f"<p>{text}</p>")
        for who, text in POSTS
    ]
    return thread(*posts)


def test_what_ends_every_comment_of_a_writer_is_a_signature() -> None:
    page = cleaner.clean(signed("pondweaver", SIGNATURE))
    assert [comment.text for comment in page.comments] == [text for _, text in POSTS]
    lines = [block for block in page.blocks if block.text == SIGNATURE]
    assert [(line.role, line.rule) for line in lines] == [
        (Role.COMMENT_META, "repeated:signature")
    ] * 2


@pytest.mark.parametrize(
    ("author", "end"), [("pondweaver", "Thanks!"), ("gale_warning", SIGNATURE)]
)
def test_thanks_and_what_is_said_once_are_text(author: str, end: str) -> None:
    found = cleaner.clean(signed(author, end)).comments
    ends = [comment.text.endswith(end) for comment in found]
    assert ends == [who == author for who, _ in POSTS]


def test_a_comment_sent_twice_is_no_signature() -> None:
    twice = ("pondweaver", f"<p>{POSTS[0][1]}</p><p>{SIGNATURE}</p>")
    found = cleaner.clean(thread(twice, POSTS[1], twice, POSTS[3])).comments
    assert [comment.text.endswith(SIGNATURE) for comment in found] == [True, False, True, False]
