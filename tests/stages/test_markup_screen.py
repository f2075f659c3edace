"""What is told of many groups or lines at once is what is told of each alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from cleaner.encoding.detect import decode
from cleaner.evidence.html.asking import ask_about_html
from cleaner.parsing.html import parse_html
from cleaner.parsing.html_document import HtmlDocument
from cleaner.stages.comments.markup.blocks import Blocks
from cleaner.stages.comments.markup.evidence import LEAST, Facts, evidence
from cleaner.stages.comments.markup.group_facts import GroupFacts
from cleaner.stages.comments.markup.groups import Group, rows_of
from cleaner.stages.comments.markup.members import Members, quality
from cleaner.stages.comments.markup.names import AUTHOR, REPLY
from cleaner.stages.comments.markup.outline import Outline
from cleaner.stages.comments.markup.screen import likely_groups
from cleaner.stages.comments.markup.upper_bounds import _DOUBTED
from cleaner.stages.comments.times import LONGEST, find_time, find_times

PAGES = sorted((Path(__file__).parents[2] / "golden" / "html" / "pages").glob("*.html"))


def documents(page: Path) -> Iterator[HtmlDocument]:
    """A page without a model, with it, and where it takes the page for a discussion."""
    html = parse_html(decode(page.read_bytes())[0])
    chances = ask_about_html(html)
    for said in (None, chances, replace(chances, kind="thread")):
        yield HtmlDocument(html.text, html.blocks, tree=html.tree, head=html.head, chances=said)


def groups_of(outline: Outline) -> list[Group]:
    rows = rows_of(outline)
    return rows.groups(range(len(rows.group_starts)))


def is_thread(blocks: Blocks, group: Group) -> bool:
    members = Members(blocks)
    items = members.of(group)
    if not items or quality(items) < members.least(items) * len(items):
        return False
    return GroupFacts(blocks, items).evidence >= LEAST


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_screen_lets_every_thread_through(page: Path) -> None:
    for document in documents(page):
        blocks = Blocks(Outline(document))
        likely = set(likely_groups(blocks))
        threads = {group for group in groups_of(blocks.outline) if is_thread(blocks, group)}
        assert threads <= likely


def test_the_screen_keeps_back_most_groups_of_a_page_without_a_thread() -> None:
    page = next(page for page in PAGES if page.stem == "press-release-en")
    for document in documents(page):
        blocks = Blocks(Outline(document))
        assert 10 * len(likely_groups(blocks)) < len(groups_of(blocks.outline))


def test_groups_come_in_the_order_in_which_the_page_names_them() -> None:
    row = "<div class='{}'><p>It rained all day in the valley.</p></div>"
    html = parse_html("<body>" + row.format("b a") + row.format("a c") + row.format("b c"))
    document = HtmlDocument(html.text, html.blocks, tree=html.tree, head=html.head)
    first, second, third = (e for e, names in enumerate(html.tree.names) if names)
    groups = groups_of(Outline(document))
    assert groups == [(first, third), (first, second), (first, second, third), (second, third)]


LINES = [
    "Ada",
    "3 days ago",
    "3 votes",
    "",
    "May 4, 2019",
    "at 7:12 pm",
    "3日前",
    "3\xa0days\xa0ago",
    "Ada\n3 days ago\nReply",
    "May\n4, 2019",
    "\ud800 3 days ago",
    "a line that says 3 days ago, and goes on " + "and on " * LONGEST,
    "vor 3 Tagen",
]


def test_times_of_many_lines_are_those_of_each() -> None:
    assert find_times(LINES) == [find_time(line) for line in LINES]
    assert find_times(LINES[::-1]) == [find_time(line) for line in LINES[::-1]]
    assert find_times([]) == []


def test_a_time_does_not_go_on_in_the_next_line() -> None:
    assert find_times(["on May 4,", "2019 at 7:12 pm"]) == ["May 4", ""]


def test_no_thread_can_be_where_nothing_tells_a_time_or_names_one() -> None:
    """The most that such a group has: named as a post, with names inside, more than three."""
    yes, no, none = np.array([True]), np.array([False]), np.array([0])
    facts = Facts(
        count=np.array([9]),
        has_schema=no,
        names=none | REPLY,
        around=none,
        inside=none | AUTHOR,
        names_against=none,
        near_against=none,
        around_against=none,
        is_timed=no,
        is_signed=yes,
        is_alone=no,
        chance=np.array([_DOUBTED]),
        answered=np.array([0.0]),
        is_counted=no,
        is_headed=no,
        is_elsewhere=no,
        is_nested=no,
        place=np.array([0.5]),
        titled=np.array([0.0]),
        is_linked=no,
        is_discussion=False,
    )
    assert evidence(facts)[0] < LEAST
