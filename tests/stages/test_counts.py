"""Votes and counts as pages write them, with what stands behind their digits."""

from __future__ import annotations

import pytest

import cleaner
from cleaner.stages.comments.counts import parse_number

THREAD = """\
The bridge that nobody wanted
The town council voted on Monday to build a second bridge across the river.
Add a comment...
@slowglaze
3 years ago
I counted thirty carts, and the keeper is right.
1.2K
Reply
@KilnAndKin
2 years ago
Nobody crosses on a Sunday, my dear friend.
2M
Reply
@otter
1 year ago
Build it anyway, we shall find some use for it.
12
Reply
"""

COMMENT = """\
<li class="comment"><span class="comment-author">{author}</span>
<time class="comment-date">May 4, 2019 at 7:12 pm</time>
<div class="comment-text"><p>{text}</p></div><div class="vote-score">{votes}</div></li>
"""
COMMENTS = [
    ("otter", "I counted thirty carts, and the keeper is right.", "1.2k"),
    ("Bo Sample", "Nobody crosses on a Sunday, my dear friend.", "3,4 Mio likes"),
    ("weir_watcher", "Build it anyway, we shall find some use for it.", "−3"),
]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.2K", 1200), ("1,2k likes", 1200), ("1,2\u00a0k", 1200), ("2.3k", 2300), ("-1.2k", -1200),
        ("3,4 Mio", 3_400_000), ("3,4 Mio.", 3_400_000), ("2M", 2_000_000), ("1,2 mil", 1200),
        ("12 тыс. голосов", 12_000), ("1.2万", 12_000), ("3천명", 3000), ("1'234", 1234),
        ("1’234’567", 1_234_567), ("1,234", 1234), ("12 345", 12_345), ("-2", -2), ("−3", -3), ("+4", 4),
    ],
)  # fmt: skip
def test_counts_are_read_with_what_stands_behind_them(text: str, number: int) -> None:
    assert parse_number(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12 Kommentare", 12), ("12 months", 12), ("5 m", 5), ("3 million", 3),
        ("none", None), ("K", None), ("", None), ("9" * 5000, None),
    ],
)  # fmt: skip
def test_look_alikes_of_counts(text: str, number: int | None) -> None:
    assert parse_number(text) == number


def test_short_counts_of_a_flattened_thread_are_read() -> None:
    assert [comment.up for comment in cleaner.clean(THREAD).comments] == [1200, 2_000_000, 12]


def test_short_counts_of_a_thread_in_markup_are_read() -> None:
    items = "".join(
        COMMENT.format(author=author, text=text, votes=votes) for author, text, votes in COMMENTS
    )
    page = cleaner.clean(
        "<!doctype html><body><article><h1>The bridge that nobody wanted</h1><p>The town council "
        "voted on Monday to build a second bridge across the river, although nobody had asked "
        f'for it.</p></article><ol class="comments">{items}</ol></body>'
    )
    assert [comment.votes for comment in page.comments] == [1200, 3_400_000, -3]
