"""Who wrote what in flattened text: names among ranks, places, counts, and what looks like them."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

import cleaner
from cleaner.document import Role
from cleaner.stages.comments.heads import Head, writers

POSTS = (
    ("pondweaver", "Lower Mill, Fenland", "Reed cut after the first frost lasts sixty years."),
    ("Thatchlet", "Ostend", "Sixty is long, ours lasted forty and then a storm took it."),
    ("pondweaver", "Lower Mill, Fenland", "Then it was cut too early, or your roof is flat."),
    ("gale_warning", "Upper Mill", "No insurance covers either of them, so ask before you build."),
    ("Old Tarry", "Ostend", "Mine does, but they wanted to see the chimney first of all."),
)
AUTHORS = [author for author, *_ in POSTS]


def heads(*lines: str, places: Sequence[str] = ()) -> list[Head]:
    """A head for each post, of lines in which NAME, PLACE and N stand for its own."""
    made = []
    for number, (author, place, _) in enumerate(POSTS):
        said = [
            line.replace("NAME", author)
            .replace("PLACE", place)
            .replace("N", str(number * 37 + 5))
            .replace("INITIAL", author[0].upper())
            for line in lines
        ]
        texts = {number * 100 + at: line.removesuffix("@") for at, line in enumerate(said)}
        time = next(at for at, line in enumerate(said) if line.endswith("@"))
        made.append(Head(texts, number * 100 + time))
    return made


@pytest.mark.parametrize(
    "lines",
    [
        ("NAME", "@"),
        ("NAME", "PLACE", "@"),
        ("NAME", "Member", "N posts", "@"),
        ("NAME", "Keeper of Swans", "N posts · Joined 20N", "#N@"),
        ("INITIAL", "NAME", "PLACE", "@"),
        ("@", "NAME", "N posts", "Location", "PLACE"),
        ("Reply With Quote N", "@", "NAME", "View Profile", "Join Date"),
        ("by NAME@", "PLACE"),
        ("message N: by NAME (new)@",),
        ("NAME Members@",),
        ("Location", "PLACE", "Posts: N", "NAME@"),
        ("Reputation: N", "Reply to Ada Example", "NAME", "@"),
    ],
)
def test_names_are_told_from_what_stands_beside_them(lines: tuple[str, ...]) -> None:
    found = writers(heads(*lines))
    assert [writer and writer[1] for writer in found] == AUTHORS


@pytest.mark.parametrize(
    "lines", [("N posts", "@"), ("Reputation: N", "#N@"), ("2006-09-01T16:0N", "@"), ("@",)]
)
def test_counts_alone_name_nobody(lines: tuple[str, ...]) -> None:
    assert writers(heads(*lines)) == [None] * len(POSTS)


def test_a_missing_place_does_not_move_the_names() -> None:
    without = [
        Head({block: line for block, line in head.lines.items() if "Ostend" not in line}, head.time)
        for head in heads("NAME", "PLACE", "N posts", "@")
    ]
    assert [writer and writer[1] for writer in writers(without)] == AUTHORS


def test_no_head_has_no_writer() -> None:
    assert writers([]) == []


TOPIC = """\
How long does a roof of reed last?
Ada Example
May 1, 2021
We are to thatch the new town hall, and the council would like to know how long that will last.
"""


def posts(head: str, foot: str = "Reply\n") -> str:
    return "".join(
        head.format(author=author, place=place, count=number * 41 + 3, day=number + 2)
        + f"{text}\n"
        + foot.format(author=author, day=number + 3)
        for number, (author, place, text) in enumerate(POSTS)
    )


def topic(head: str, foot: str = "Reply\n") -> str:
    return f"{TOPIC}5 replies\n{posts(head, foot)}"


HEADS = (
    "{author}\n{place}\n{count} posts\nMay {day}, 2021\n",
    "{author}\nKeeper of Swans\n{count} posts · Joined 2011\nMay {day}, 2021\n",
    "Posted by {author}\n{place}\nMay {day}, 2021\n{count} posts\n",
)


@pytest.mark.parametrize("head", HEADS)
def test_posts_of_a_forum_that_nobody_listed_are_signed(head: str) -> None:
    page = cleaner.clean(topic(head))
    assert [comment.author for comment in page.comments] == AUTHORS
    assert [comment.text for comment in page.comments] == [text for *_, text in POSTS]


def test_a_note_that_a_post_was_edited_begins_no_other() -> None:
    foot = "Edited May {day}, 2021 by {author}\nReply\n"
    page = cleaner.clean(topic(HEADS[0], foot))
    assert [comment.text for comment in page.comments] == [text for *_, text in POSTS]


def test_the_head_of_a_quotation_begins_no_comment() -> None:
    quoted = topic(HEADS[0]).replace(
        POSTS[3][2], f"On May 2, 2021 at 7:01 PM, Thatchlet said:\n{POSTS[1][2]}\n{POSTS[3][2]}"
    )
    page = cleaner.clean(quoted)
    assert [comment.author for comment in page.comments] == AUTHORS
    assert page.comments[3].text.endswith(POSTS[3][2])
    assert page.comments[3].reply_to == 1


def test_a_signature_over_the_buttons_is_no_text_of_a_post() -> None:
    signature = "Norfolk reed since 1974, ask me anything"
    foot = f"{signature}\nWebsite Find\nReply\n"
    parts = topic(HEADS[0]).split("Reply\n")
    signed = foot.join((parts[0], "Reply\n".join(parts[1:3]), "Reply\n".join(parts[3:])))
    page = cleaner.clean(signed)
    assert [comment.author for comment in page.comments] == AUTHORS
    assert not any(signature in comment.text for comment in page.comments)
    roles = {block.role for block in page.blocks if block.text == signature}
    assert roles == {Role.COMMENT_META}


NAME_AND_TIME = "{author} · 0{day}/05/2021 19:0{day}\n"


def test_names_and_times_without_a_piece_are_a_discussion() -> None:
    page = cleaner.clean("Swans and Chimneys\nHow long does a roof last?\n" + posts(NAME_AND_TIME))
    assert page.kind == "thread"
    assert POSTS[0][2] in page.body
    assert [comment.author for comment in page.comments] == AUTHORS[1:]


def test_names_and_times_under_a_piece_are_its_comments() -> None:
    prose = (
        "The council has voted for a roof of reed on the new town hall, after all of that.\n" * 5
    )
    page = cleaner.clean("A roof of reed\n" + prose + "5 comments\n" + posts(NAME_AND_TIME))
    assert page.kind != "thread"
    assert [comment.author for comment in page.comments] == AUTHORS
