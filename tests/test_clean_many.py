"""Pages cleaned together are cleaned as each alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
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
    monkeypatch.setattr("cleaner.pipeline.cleaning.BATCH", size)
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


def test_a_wrong_record_is_named_by_its_number() -> None:
    with pytest.raises(cleaner.UsageError, match="record 1: a page is bytes or str, not NoneType"):
        list(cleaner.clean_many(["One bridge.", None]))  # type: ignore[list-item]
    with pytest.raises(cleaner.UsageError, match=r"not PosixPath; give its read_bytes\(\)"):
        cleaner.clean(Path("a.html"))  # type: ignore[arg-type]


@pytest.mark.parametrize("one", ["abc", b"abc", Record("abc")])
@pytest.mark.parametrize("jobs", [None, 1])
def test_one_page_is_no_iterable_of_pages(one: object, jobs: int | None) -> None:
    with pytest.raises(cleaner.UsageError, match=r"not one page; give \[page\]"):
        cleaner.clean_many(one, jobs=jobs)  # type: ignore[arg-type]
    with pytest.raises(cleaner.UsageError, match="an iterable of pages, not int"):
        cleaner.clean_many(3, jobs=jobs)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"jobs": 0}, "jobs is a whole number"),
        ({"settings": cleaner.Settings(without=("nosuch",))}, "no stage or rule 'nosuch'"),
        ({"settings": cleaner.Settings(without=("nosuch",)), "jobs": 2}, "no stage or rule"),
        ({"settings": "adverts"}, "settings is Settings or None, not str"),
        ({"settings": cleaner.Settings(witnesses=("nosuch",))}, "no witness 'nosuch'"),
    ],
)
def test_what_is_wrong_is_said_before_the_first_page(options: dict[str, object], said: str) -> None:
    with pytest.raises(cleaner.UsageError, match=said):
        cleaner.clean_many(["One bridge."], **options)  # type: ignore[arg-type]


def test_witnesses_asked_for_here_are_not_asked_in_a_thread() -> None:
    settings = cleaner.Settings(witnesses=("trafilatura",))
    pages = cleaner.clean_many(["One bridge."], settings=settings)
    with ThreadPoolExecutor(1) as pool, pytest.raises(cleaner.UsageError, match="in threads"):
        pool.submit(list, pages).result()


def test_jobs_do_not_matter() -> None:
    contents = [path.read_bytes() for path in SOURCES] * 2
    alone = [rendered(page) for page in cleaner.clean_many(contents)]
    pages = list(cleaner.clean_many(contents, jobs=2))
    assert [rendered(page) for page in pages] == alone
    assert all(page.chances is None for page in pages)
    assert pages[0].blocks[3].why == cleaner.clean(contents[0]).blocks[3].why


def test_a_record_that_takes_too_long_is_a_page_with_that_outcome() -> None:
    slow = "<p>" + "The bridge opens on Monday. " * 2_000_000
    limits = cleaner.Limits(timeout=0.3)
    one, two, three = cleaner.clean_many(["One bridge.", slow, "Two."], jobs=1, limits=limits)
    assert (two.outcome.state, len(two.blocks)) == ("timed out", 0)
    assert "0.3 seconds" in two.outcome.reason
    assert [page.outcome.state for page in (one, three)] == ["ok", "ok"]
