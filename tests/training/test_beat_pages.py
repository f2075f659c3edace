"""Pages from which the model of times learns."""

from __future__ import annotations

import pytest

pytest.importorskip("resiliparse")

from scripts.training.beat_pages import (
    ABOVE,
    BELOW,
    NONE,
    beats_of,
    classes_of,
    turned_beats,
    turned_order,
)
from scripts.training.written_pages import written_page, written_pages

PAGE = written_page(
    "sample",
    """headline | The bridge
dateline | 2 May 2019
body | The council has decided to build a second bridge.
comment-meta | Ada, 3 May 2019
comment | It rained.
comment-meta | Bo, 4 May 2019
comment | Did it?
notice | © Sample""",
)


def test_times_of_comments_have_their_texts_below() -> None:
    assert classes_of([1, 3, 5], PAGE.roles).tolist() == [NONE, BELOW, BELOW]


def test_times_under_their_texts_are_told_by_the_first() -> None:
    order = turned_order([1, 3, 5], PAGE.lines, 0)
    lines = [PAGE.lines[line] for line in order]
    assert sorted(order) == list(range(len(PAGE.lines)))
    assert lines[3:6] == ["It rained.", "Ada, 3 May 2019", "Did it?"]
    assert turned_beats(PAGE).classes.tolist() == [NONE, ABOVE, ABOVE]


def test_a_page_whose_times_stand_under_texts_is_not_turned_once_more() -> None:
    order = turned_order([1, 3, 5], PAGE.lines, 0)
    turned = written_page(
        "turned",
        "\n".join(
            f"{'comment' if text in ('It rained.', 'Did it?') else 'comment-meta'} | {text}"
            for text in (PAGE.lines[line] for line in order[3:])
        ),
    )
    assert turned_beats(turned) is None
    assert (beats_of(turned.lines, turned).classes == ABOVE).all()


def test_written_pages_have_a_role_for_each_line() -> None:
    pages = written_pages()
    assert all(len(page.lines) == len(page.roles) > 0 for page in pages)
