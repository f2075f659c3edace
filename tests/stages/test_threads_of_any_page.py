"""Threads and look-alikes that no class name of a known language tells."""

from __future__ import annotations

from bridge_page import ARTICLE, BODY, END

import cleaner

SAID = [
    ("Ada Example", "2 hours ago", "I counted thirty carts only, on the last Sunday of the month."),
    ("otter", "an hour ago", "Counting on a Sunday proves nothing at all, my dear friend."),
    ("Bo Sample", "40 minutes ago", "The keeper counts on Sundays, too, as far as I know of him."),
]


def said_on(*parts: str) -> list[tuple[str | None, str | None, str]]:
    """Author, time and text of the comments of a page with these parts below its piece."""
    page = cleaner.clean("".join((ARTICLE, *parts, END)))
    assert all(paragraph in page.body for paragraph in BODY)
    return [(comment.author, comment.date_text, comment.text) for comment in page.comments]


def test_custom_elements_are_named_by_their_tags() -> None:
    notes = "".join(
        f"<reader-comment><rc-top><rc-who>{name}</rc-who><rc-when>{when}</rc-when></rc-top>"
        f"<rc-words>{text}</rc-words><rc-foot><a href='#'>Reply</a></rc-foot></reader-comment>"
        for name, when, text in SAID
    )
    assert said_on(f"<reader-notes>{notes}</reader-notes>") == SAID


def nested(entries: list[tuple[str, str, str]]) -> str:
    """Each entry inside the one before."""
    (name, when, text), *rest = entries
    inside = nested(rest) if rest else ""
    return (
        f"<article class='abq'><header><b>{name}</b><small>{when}</small></header>"
        f"<div class='wex'><p>{text}</p></div><div class='zul'>{inside}</div></article>"
    )


def test_answers_inside_what_they_answer_are_told_by_that_alone() -> None:
    page = "<section class='ory'>" + nested(SAID) + nested(SAID[:1]) + "</section>"
    assert [text for *_, text in said_on(page)] == [text for *_, text in (*SAID, SAID[0])]


def test_comments_on_other_pieces_are_no_thread() -> None:
    entries = "".join(
        f"<li class='comment'><b>{name}</b> <a href='/{number}'>The piece number {number}</a>"
        f"<p>{text}</p><small>{when}</small></li>"
        for number, (name, when, text) in enumerate(SAID)
    )
    assert said_on(f"<div><h3>Recent comments</h3><ul>{entries}</ul></div>") == []


def test_pieces_that_each_count_their_comments_are_no_thread() -> None:
    entries = "".join(
        f"<div class='post'><a href='/{number}'>The piece that has the number {number}</a>"
        f"<span class='author'>{name}</span><i>{when} · {number + 3} comments</i><p>{text}</p></div>"
        for number, (name, when, text) in enumerate(SAID)
    )
    assert said_on(f"<section>{entries}</section>") == []
