"""Whom a byline names."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner.bylines import author_of

NAME = "Ada Example"


@pytest.mark.parametrize(
    "byline",
    [
        "By Ada Example", "by Ada Example", "BY: Ada Example", "By : Ada Example", "Written by: Ada Example",
        "Posted by Ada Example", "Author: Ada Example", "Author Ada Example", "Autor: Ada Example",
        "Auteur : Ada Example", "Автор: Ada Example", "作者：Ada Example", "Geschrieben von Ada Example",
        "Scritto da Ada Example", "Von Ada Example", "von Ada Example", "VON: Ada Example", "Di Ada Example",
        "Par Ada Example", "Por: Ada Example", "Door Ada Example", "Av Ada Example", "By  Ada\n Example",
    ],
)  # fmt: skip
def test_what_stands_before_a_name_is_no_part_of_it(byline: str) -> None:
    assert author_of(byline) == NAME


@pytest.mark.parametrize(
    "byline",
    [
        "By Ada Example, May 4, 2021", "By Ada Example May 4, 2021", "By Ada Example on May 4, 2021",
        "By Ada Example, Tuesday, May 4, 2021 at 9:30 AM EDT", "By Ada Example Published May 4, 2021 9:30 am",
        "By Ada Example, 4 May 2021", "By Ada Example - 2021-05-04", "By Ada Example (2021-05-04T10:20:30Z)",
        "By Ada Example, 9:30 am, May 4, 2021", "By Ada Example | 3 May 2021", "Par Ada Example le 3 mai 2023 à 10h30",
        "Von Ada Example am 10. Februar 2019", "Von Ada Example, 04.05.2021, 19:12 Uhr", "Posted by Ada Example at 8:14 PM",
        "Publicado por Ada Example el 3 de mayo de 2023", "Posted on March 4, 2020 by Ada Example",
    ],
)  # fmt: skip
def test_a_date_or_a_time_is_no_part_of_a_name(byline: str) -> None:
    assert author_of(byline) == NAME


@pytest.mark.parametrize(
    "byline",
    [
        "Di Marco", "Von der Leyen, Ursula", "Von Ada Example, Hamburg", "Door County News", "Par Avion Magazine",
        "Door onze verslaggever", "Bylaws Committee", "Authority Press", "Studio 54", "By", "Author", "Von:",
        "May 4, 2021", "9:30 am", "Ada Example at The Times", "湊瀬支局 大庭みつ子", "",
    ],
)  # fmt: skip
def test_look_alikes_of_words_and_dates_stay(byline: str) -> None:
    assert author_of(byline) == byline


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        ("Di Marco Rossi", "Marco Rossi"), ("Door Sanne de Wit", "Sanne de Wit"), ("por Nicanor", "Nicanor"),
        ("Von Ada Example, Bo Sample und Cy Probe", "Ada Example, Bo Sample und Cy Probe"),
        ("By Ada Example, Reuters, May 4, 2021", "Ada Example, Reuters"), ("By the Editors", "the Editors"),
    ],
)  # fmt: skip
def test_the_rest_of_a_byline_stays(byline: str, author: str) -> None:
    assert author_of(byline) == author


@given(st.text(st.sampled_from("Von di by ,:|-49.May2021 posted on"), max_size=300))
def test_any_byline_has_an_author(byline: str) -> None:
    assert author_of(byline) in " ".join(byline.split())


@pytest.mark.parametrize("part", ["posted on ", "a ", "on x ", "May 4, 2021 ", ", ", "1:20 "])
def test_a_long_byline_is_read_at_once(part: str) -> None:
    begin = time.process_time()
    for length in (190, 1_000_000):
        author_of(part * (length // len(part)))
    assert time.process_time() - begin < 2


def test_the_author_of_a_page_is_a_name() -> None:
    page = cleaner.clean(
        "The bridge that nobody wanted\nBy: Ada Example, May 4, 2021\nThe town council voted on "
        "Monday to build a second bridge across the river, although nobody had asked for it.\n"
    )
    assert page.author == NAME
