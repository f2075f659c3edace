"""What the head of a page says, and how far a block is from it."""

from __future__ import annotations

from cleaner.evidence.html.feature_table import FeatureTable
from cleaner.evidence.html.features.place import add_distance
from cleaner.evidence.html.page import HtmlPage
from cleaner.evidence.stated.address import ADDRESS, address_features
from cleaner.evidence.stated.statements import SUBJECTS, statement_features, statement_names
from cleaner.parsing.head import Head

_TITLE_WORDS = 30


def add_statements(table: FeatureTable, page: HtmlPage) -> None:
    """What the page's head says, and how far the block is from the title it names."""
    names = statement_names()
    found, names_day, stated = statement_features(page.lines, page.texts, page.head)
    table.add_all(names, found)
    table.add("names the day", names_day)
    for subject, is_stated in zip(SUBJECTS, stated, strict=True):
        table.add_same(f"page states {subject}", is_stated)
    shared = found[:, names.index("words of title")]
    covered = found[:, names.index("covers title")]
    is_title = (shared > 0.7) & (covered > 0.4) & (page.words <= _TITLE_WORDS)
    add_distance(table, "title", is_title)


def add_address(table: FeatureTable, head: Head) -> None:
    """What the page's own address looks like."""
    of_page = address_features(head)[None]
    table.add_made(ADDRESS, lambda rows: of_page)
