"""What a large page takes: the arrays and strings that are held at once, not what the system gives."""

from __future__ import annotations

import tracemalloc

import cleaner

PARAGRAPH = "<p>The bridge over the river is open again, the town council said.</p>"
MOST = 31
"""Bytes for each byte of a page of short paragraphs, which are the most of what costs."""


def test_a_large_page_takes_no_more_than_so_many_times_its_size():
    page = "<html><body><article>" + PARAGRAPH * (1_000_000 // len(PARAGRAPH))
    cleaner.clean(page[: len(page) // 100])  # models and rules are not the page's
    tracemalloc.start()
    try:
        assert len(cleaner.clean(page).blocks) == page.count("<p>")
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most <= MOST * len(page), f"{most / len(page):.1f} bytes a byte"
