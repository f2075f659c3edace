"""Threads of one comment or a few, and comments of a word or two."""

from __future__ import annotations

import pytest

import cleaner

PIECE = "The council decided on Monday to build a second bridge, which nobody had asked for. " * 5


def html(heading: str, *comments: str) -> str:
    return (
        f"<html><body><article><h1>The bridge</h1><p>{PIECE}</p></article>"
        f"<div id=comments><h2>{heading}</h2>{''.join(comments)}</div></body></html>"
    )


def time_first(name: str, time: str, text: str) -> str:
    return f"<div class=comment><b class=author>{name}</b> <time>{time}</time><p>{text}</p></div>"


def time_last(name: str, time: str, text: str) -> str:
    return f"<div class=comment><b class=author>{name}</b><p>{text}</p><time>{time}</time></div>"


@pytest.mark.parametrize("made", [time_first, time_last])
@pytest.mark.parametrize(
    "texts",
    [
        ("Nice.",),
        ("Great!", "So true."),
        ("Is it so? Yes.", "I think that this is a very good idea for the town."),
        ("👍", "lol", "same"),
    ],
)
def test_short_comments_are_text_where_names_say_that_they_are_comments(made, texts) -> None:  # type: ignore[no-untyped-def]
    names = ("Ada", "Bo", "Cy")
    comments = [
        made(name, f"{day + 3} May 2019, 8:15", text)
        for day, (name, text) in enumerate(zip(names, texts, strict=False))
    ]
    page = cleaner.clean(html(f"{len(texts)} Comments", *comments))
    found = [(comment.author, comment.text) for comment in page.comments]
    assert found == list(zip(names, texts, strict=False))
    assert page.body == PIECE.strip()


def test_boxes_of_comments_with_nothing_but_a_name_and_a_time_lose_no_article() -> None:
    page = cleaner.clean(
        html("2 Comments", time_first("Ada", "3 May 2019", ""), time_first("Bo", "4 May 2019", ""))
    )
    assert page.body == PIECE.strip()
    assert not any(comment.text for comment in page.comments)


def test_a_short_sentence_between_two_names_with_times_is_the_text_of_the_first() -> None:
    thread = "2 Comments\nAda\n3 May 2019\nNice one!\nBo\n4 May 2019\nSo true, my friend."
    page = cleaner.clean(f"Home\nThe bridge\n{PIECE}\n{thread}\n© 2019")
    found = [(comment.author, comment.text) for comment in page.comments]
    assert found == [("Ada", "Nice one!"), ("Bo", "So true, my friend.")]


def test_a_name_that_is_a_month_is_no_date() -> None:
    thread = (
        "Reacties (3)\nJan 3 mei 2019, 8:15\nWat een onzin.\nPiet 3 mei 2019, 9:15\n"
        "Helemaal mee eens!\nKees 4 mei 2019, 10:01\nIk woon er en vind het prachtig."
    )
    piece = "De gemeenteraad heeft maandag besloten om een tweede brug te bouwen.\n" * 5
    page = cleaner.clean(f"Home\nDe brug\n{piece}{thread}")
    assert [(comment.author, comment.text) for comment in page.comments] == [
        ("Jan", "Wat een onzin."),
        ("Piet", "Helemaal mee eens!"),
        ("Kees", "Ik woon er en vind het prachtig."),
    ]


def test_buttons_to_answer_tell_comments_without_times_or_names_of_elements() -> None:
    texts = [
        "I read this on the tram and had to laugh.",
        "Nice.",
        "Thank you for writing about our village, where the boat comes every two weeks.",
        "We once waited six days for it, and ate noodles.",
        "Me too!",
    ]
    items = "".join(
        f"<dt>Reader {letter}</dt><dd><p>{text}</p><div><a href='#r'>Balas</a></div></dd>"
        for letter, text in zip("abcde", texts, strict=True)
    )
    page = cleaner.clean(
        f"<html><body><h1>The bridge</h1><p>{PIECE}</p><h3>Obrolan</h3><dl>{items}</dl></body></html>"
    )
    found = " ".join(comment.text for comment in page.comments)
    assert all(text in found for text in texts)
    assert not any(text in page.body for text in texts)
