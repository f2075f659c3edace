"""Pages are values: compared, shown, pickled."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

import cleaner

ROOT = Path(__file__).parents[1]
SOURCES = [
    *sorted((ROOT / "seeds").glob("*.txt")),
    *sorted((ROOT / "golden" / "html" / "pages").glob("*")),
]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_a_pickled_page_is_the_same_without_its_chances(path: Path) -> None:
    page = cleaner.clean(path.read_bytes())
    copy = pickle.loads(pickle.dumps(page))
    assert copy == page
    assert copy.chances is None
    assert [block.why for block in copy.blocks] == [block.why for block in page.blocks]
    assert (copy.text, copy.comments) == (page.text, page.comments)


def test_pages_of_the_same_content_are_equal() -> None:
    text = "Home\nIt rained all day in the valley, and the bridge was closed."
    assert cleaner.clean(text) == cleaner.clean(text)
    assert cleaner.clean(text) != cleaner.clean(text + " It is open again.")


def test_a_page_shows_itself_in_a_few_words() -> None:
    page = cleaner.clean(SOURCES[-1].read_bytes())
    assert f"<{len(page.blocks)} blocks>" in repr(page)
    assert "array(" not in repr(page)
    assert page.markup not in repr(page)
