"""The date of a piece, as its markup states it or as it is written."""

from __future__ import annotations

import pickle

import pytest

import cleaner
from cleaner.dates import iso_date

TEXT = (
    "<p>The town council voted on Monday to build a second bridge across the river, although "
    "nobody had asked for it and the first one is hardly used by anybody at all.</p>"
    "<p>The first bridge, built in 1911, carries forty carts a day and could carry four thousand, "
    "its keeper said, and he has counted them every day since he took the post.</p>"
)


def page(head: str) -> cleaner.Page:
    return cleaner.clean(
        "<!doctype html><html><body><article><h1>The bridge that nobody wanted</h1>"
        f"{head}{TEXT}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("<p class='byline'>By Ada Example</p><p class='dateline'><time datetime='2021-05-04'>2 years ago</time></p>", "2021-05-04"),
        ("<p class='dateline'><time datetime='2021-05-04T10:20:30Z'>May 4, 2021</time></p>", "2021-05-04T10:20:30+00:00"),
        ("<p class='date'>Published <time datetime='2021-05-04T10:20:30+02:00'><span>4 May 2021</span></time></p>", "2021-05-04T10:20:30+02:00"),
        ("<p class='byline'>By Ada Example, <time datetime='2021-05-04T10:20-0500'>May 4, 2021</time></p>", "2021-05-04T10:20:00-05:00"),
        ("<p class='date'><time class='entry-date published updated' datetime='2021-05-04T10:20'>May 4, 2021</time></p>", "2021-05-04T10:20:00"),
        # Nothing is stated, or nothing that is a date of publication.
        ("<p class='date'>May 4, 2021</p>", "2021-05-04"),
        ("<p class='date'><time>May 4, 2021</time></p>", "2021-05-04"),
        ("<p class='date'><time datetime='yesterday'>May 4, 2021</time></p>", "2021-05-04"),
        ("<p class='date'>May 4, 2021 <time class='updated' datetime='2021-06-01'>Updated June 1, 2021</time></p>", "2021-05-04"),
        ("<p class='date'>May 4, 2021 <time itemprop='dateModified' datetime='2021-06-01'>Updated June 1, 2021</time></p>", "2021-05-04"),
        ("<p class='byline'>By Ada Example</p>", None),
    ],
)  # fmt: skip
def test_a_piece_has_the_date_that_its_markup_states(head: str, date: str | None) -> None:
    assert page(head).date_published == date


def test_the_date_of_a_comment_is_not_that_of_the_piece() -> None:
    comments = "".join(
        f"<li class='comment'><div class='author'>reader{day}</div><div><time "
        f"datetime='2022-06-0{day}'>June {day}, 2022</time></div><p>I counted thirty carts only, on the last Sunday of month {day}.</p></li>"
        for day in (1, 2, 3)
    )
    found = page(
        f"<p class='byline'>By Ada Example</p></article><ol class='comments'>{comments}</ol>"
    )
    assert [comment.date for comment in found.comments] == [
        "2022-06-01",
        "2022-06-02",
        "2022-06-03",
    ]
    assert found.date_published is None


def test_a_stated_date_is_a_value_of_the_page() -> None:
    found = page("<p class='dateline'><time datetime='2021-05-04T10:20:30Z'>May 4, 2021</time></p>")
    assert found.date_stated == "2021-05-04T10:20:30Z"
    copy = pickle.loads(pickle.dumps(found))
    assert copy == found
    assert copy.date_published == "2021-05-04T10:20:30+00:00"


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2021-05-04T10:20:30Z", "2021-05-04T10:20:30+00:00"),
        ("Published 2021-05-04T10:20:30+02:00", "2021-05-04T10:20:30+02:00"),
        ("2021-05-04 10:20 +0200", "2021-05-04T10:20:00+02:00"),
        ("2021-05-04 10:20", "2021-05-04T10:20:00"),
        ("2021-05-04", "2021-05-04"),
        ("2021-05-04T25:20Z", None),
    ],
)
def test_a_written_date_keeps_its_time_zone(written: str, date: str | None) -> None:
    assert iso_date(written) == date
