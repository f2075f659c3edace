"""Pages cleaned together are cleaned as each alone."""

from __future__ import annotations

from pathlib import Path

import pytest

import cleaner
from cleaner import Record
from cleaner.rendering.formats import render

ROOT = Path(__file__).parents[1]
SOURCES = [
    *sorted((ROOT / "seeds").glob("*.txt")),
    *sorted((ROOT / "golden" / "html" / "pages").glob("*")),
]


def rendered(page: cleaner.Page) -> tuple[str, list[tuple[str, float]]]:
    shown = [(block.role.value, round(block.score, 4)) for block in page.blocks]
    return render(page, "json", comments="none"), shown


@pytest.mark.parametrize("size", [2, 16, 64])
def test_batches_do_not_matter(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    contents = [path.read_bytes() for path in SOURCES]
    alone = [rendered(cleaner.clean(content)) for content in contents]
    monkeypatch.setattr("cleaner.pipeline.BATCH", size)
    assert [rendered(page) for page in cleaner.clean_many(contents * 3)] == alone * 3


def test_records_know_url_and_media_type() -> None:
    records = [Record("<p>Two words.</p>", "https://example.org/a", "text/html"), Record("<p>")]
    html, text = cleaner.clean_many(records)
    assert (html.is_html, html.url, text.is_html) == (True, "https://example.org/a", False)
    assert [block.text for block in html.blocks] == ["Two words."]


def test_records_are_taken_a_batch_at_a_time() -> None:
    taken = 0

    def records():  # type: ignore[no-untyped-def]
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield f"Page {number} is about a bridge over the river, which is open."

    pages = cleaner.clean_many(records())
    next(pages)
    assert taken <= 64


def test_wrong_records_are_wrong_usage() -> None:
    with pytest.raises(cleaner.UsageError, match="bytes or str"):
        list(cleaner.clean_many([3]))  # type: ignore[list-item]
