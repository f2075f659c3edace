"""Threads of sites that nobody listed, made as few sites make them; and look-alikes."""

from __future__ import annotations

import pytest
from bridge_page import ARTICLE, BODY, END

import cleaner

SAID = (
    ("Ada", "8:41", "Forty carts a day is what the keeper counts, and he counts the wheelbarrows."),
    ("otter", "9:15", "Yes."),
    ("Bo Sample", "10:52", "The council has never asked us, and it will not ask us now, I fear."),
    ("heron_on_leg", "11:20", "Ask the fish."),
)
"""Author, hour and text; two texts of no more words than a name has."""


def found(thread: str) -> list[tuple[str | None, str | None, str]]:
    page = cleaner.clean(f"{ARTICLE}{thread}{END}")
    assert all(paragraph in page.body for paragraph in BODY)
    return [(each.author, each.date_text, each.text) for each in page.comments]


def expected(date: str = "{} 11. 3. 2021") -> list[tuple[str, str, str]]:
    return [(author, date.format(hour), text) for author, hour, text in SAID]


def test_a_thread_without_a_single_class_is_found_by_its_bars_of_buttons() -> None:
    items = "".join(
        f"<div><div><span>{hour}</span> <span>11. 3. 2021</span> <b>{author}</b></div>"
        f"<div>{text}</div><div><a href='#'>+{len(text)}</a> <a href='#'>−2</a> "
        "<a href='#'>Reagovat</a> <a href='#'>Nahlásit</a></div></div>"
        for author, hour, text in SAID
    )
    assert found(f"<div>{items}</div>") == expected()


def nested(said: tuple[tuple[str, str, str], ...]) -> str:
    """Each comment in the one before, in elements without names."""
    if not said:
        return ""
    (author, hour, text), *rest = said
    inner = nested(tuple(rest))
    return (
        f"<li><b>{author}</b> <i>{hour} 11. 3. 2021</i><p>{text}</p><a>Reply</a> <span>12</span>"
        f"{f'<ul>{inner}</ul>' if inner else ''}</li>"
    )


def test_comments_inside_comments_are_told_by_how_they_are_made() -> None:
    page = cleaner.clean(
        f"{ARTICLE}<ul>{nested(SAID)}{nested(SAID[2:])}{nested(SAID[:1])}</ul>{END}"
    )
    assert [each.author for each in page.comments] == [
        *(author for author, *_ in SAID),
        *(author for author, *_ in SAID[2:]),
        SAID[0][0],
    ]
    assert [each.depth for each in page.comments] == [0, 1, 2, 3, 0, 1, 0]


def test_classes_that_say_how_a_thing_looks_are_on_other_things_too() -> None:
    items = "".join(
        f"<article class='flex gap-3'><div class='grid h-9'>{author[0]}</div><div><header "
        f"class='flex text-sm'><span class='bold'>{author}</span><span>{hour} 11. 3. 2021</span>"
        f"</header><div class='mt-1'>{text}</div><footer class='flex gap-3'><button>Reply</button>"
        "<button>Share</button></footer></div></article>"
        for author, hour, text in SAID
    )
    assert found(f"<section class='flex gap-3'>{items}</section>") == expected()


def pasted(comments: str) -> cleaner.Page:
    head = "The bridge that nobody wanted\nBy Cy Writer\n"
    return cleaner.clean(head + "\n".join(BODY) + f"\n4 Comments\n{comments}© 2021\n")


def test_letters_of_avatars_and_whom_a_line_answers_are_no_text() -> None:
    answers = ["", "In reply to Ada\n", "", "In reply to Bo Sample\n"]
    page = pasted(
        "".join(
            f"{author[0].upper()}{author} {place} hours ago\n{answer}{text} So it is in the valley.\n"
            f"{place}7\nReply\n"
            for place, ((author, _, text), answer) in enumerate(zip(SAID, answers, strict=True), 2)
        )
    )
    assert [(each.author, each.text) for each in page.comments] == [
        (author, f"{text} So it is in the valley.") for author, _, text in SAID
    ]
    assert [each.reply_to for each in page.comments] == [None, 0, None, 2]


@pytest.mark.parametrize("line", ["____________________", "--"])
def test_what_stands_under_a_drawn_line_is_signed_and_not_said(line: str) -> None:
    items = "".join(
        f"<li class='comment'><b class='author'>{author}</b> <time>{hour} 11. 3. 2021</time>"
        f"<div class='text'><p>{text}</p>{f'<p>{line}<br>Wet feet, dry wit.</p>' if at else ''}"
        "</div></li>"
        for at, (author, hour, text) in enumerate(SAID)
    )
    assert [text for *_, text in found(f"<ol class='comments'>{items}</ol>")] == [
        text for *_, text in SAID
    ]


def test_a_long_text_under_a_drawn_line_is_said() -> None:
    rest = " ".join(["and the river went on as if nobody had ever built a thing"] * 5)
    items = "".join(
        f"<li class='comment'><b class='author'>{author}</b> <time>{hour} 11. 3. 2021</time>"
        f"<div class='text'><p>{text}</p><p>-----</p><p>{author} adds: {rest}</p></div></li>"
        for author, hour, text in SAID
    )
    assert all(text.endswith(rest) for *_, text in found(f"<ol class='comments'>{items}</ol>"))


def test_dated_teasers_with_their_writers_are_no_comments() -> None:
    teasers = "".join(
        f"<div><div><span>{hour}</span> <span>11. 3. 2021</span> <b>{author}</b></div><h3><a "
        f"href='/{place}'>A piece about the river, number {place}</a></h3><div>{text}</div>"
        f"<div><a href='/{place}'>Read more</a> <a href='/{place}#c'>Share</a></div></div>"
        for place, (author, hour, text) in enumerate(SAID)
    )
    assert found(f"<div>{teasers}</div>") == []


def test_votes_stand_beside_thumbs_and_arrows() -> None:
    items = "".join(
        f"<li class='comment'><b class='author'>{author}</b> <time>{hour} 11. 3. 2021</time>"
        f"<p>{text}</p><button>▲ {place}6</button> <button>▼ {place}</button></li>"
        for place, (author, hour, text) in enumerate(SAID)
    )
    page = cleaner.clean(f"{ARTICLE}<ol class='comments'>{items}</ol>{END}")
    assert [(each.up, each.down) for each in page.comments] == [(6, 0), (16, 1), (26, 2), (36, 3)]


def test_replies_are_told_by_classes_that_move_them_to_the_side() -> None:
    indents = ("py-4", "py-4 ml-8", "py-4 ml-16", "py-4 ml-8")
    items = "".join(
        f"<div class='comment {indent}'><b class='author'>{author}</b> <time>{hour} 11. 3. 2021"
        f"</time><p>{text}</p></div>"
        for indent, (author, hour, text) in zip(indents, SAID, strict=True)
    )
    page = cleaner.clean(f"{ARTICLE}<section class='comments'>{items}</section>{END}")
    assert [each.reply_to for each in page.comments] == [None, 0, 1, 0]
    assert [each.depth for each in page.comments] == [0, 1, 2, 1]


def test_comments_that_are_all_moved_alike_answer_nobody() -> None:
    items = "".join(
        f"<div class='comment py-4 ml-8'><b class='author'>{author}</b> <time>{hour} 11. 3. 2021"
        f"</time><p>{text}</p></div>"
        for author, hour, text in SAID
    )
    page = cleaner.clean(f"{ARTICLE}<section class='comments'>{items}</section>{END}")
    assert [each.reply_to for each in page.comments] == [None] * len(SAID)
