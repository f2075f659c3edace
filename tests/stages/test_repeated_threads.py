"""Threads in flattened text that only their rhythm shows."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.stages.comments.times import find_time

BODY = """\
The bridge that nobody wanted
By Ada Example
May 3, 2019
The town council voted on Monday to build a second bridge across the river, although nobody had asked for it.
The first bridge, built in 1911, carries forty carts a day and could carry four thousand, its keeper said.
Work will begin in the spring, when the floods are over, and is to end before the next winter, the council said.
"""

THREAD = """\
4 Comments
otter
3 days ago
I counted thirty carts only, on the last Sunday of the month. Still, the keeper is right.
Reply
Bo Sample
3 days ago
You counted on a Sunday, my friend. Nobody crosses on a Sunday.
Reply
weir_watcher
2 days ago
Build it anyway, I say. We will find some use for it in the end.
Reply
Cy Sample
1 day ago
@otter The keeper has counted wrong for years, and everybody knows it.
Reply
"""


def test_a_rhythm_of_names_and_times_comes_out_as_records() -> None:
    page = cleaner.clean(BODY + THREAD)
    assert [each.author for each in page.comments] == [
        "otter",
        "Bo Sample",
        "weir_watcher",
        "Cy Sample",
    ]
    assert (
        page.comments[1].text == "You counted on a Sunday, my friend. Nobody crosses on a Sunday."
    )
    assert [each.date_text for each in page.comments][:2] == ["3 days ago", "3 days ago"]
    assert page.comments[3].reply_to == 0
    assert page.comments[3].depth == 1
    assert "forty carts" in page.body
    assert "Sunday" not in page.body


def test_an_article_with_dates_is_no_thread() -> None:
    years = "".join(
        f"May {day}, 1911\\nThe keeper counted {day} carts on that day, and wrote them down.\\n"
        for day in range(1, 9)
    )
    assert cleaner.clean(BODY + years.replace("\\\\n", "\\n")).comments == ()


@pytest.mark.parametrize(
    "line",
    ["3 days ago", "vor 3 Tagen", "il y a 3 jours", "hace 3 días", "3 giorni fa", "3日前", "3 дня назад",
     "30 წუთის წინ", "3 นาทีที่แล้ว", "prije 3 dana", "منذ ٤٠ دقيقة", "أمس، ١٠:٤٥ مساءً", "2024. 5. 3. 오후 3:21",
     "May 4, 2019 at 7:12 pm", "4. Mai 2019 um 19:12 Uhr", "Yesterday at 7:12 pm", "2019-05-04 19:12"],
)  # fmt: skip
def test_times_of_many_languages(line: str) -> None:
    assert find_time(line) == line


@pytest.mark.parametrize(
    "line", ["3 votes", "Level 1", "In the spring of that year", "He may be 3"]
)
def test_look_alikes_of_times(line: str) -> None:
    assert find_time(line) == ""
