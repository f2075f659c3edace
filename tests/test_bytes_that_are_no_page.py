"""Bytes that are no page, given to the library."""

from __future__ import annotations

import gzip

import pytest

import cleaner


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (gzip.compress(b"<p>The bridge is open.</p>"), "gz data"),
        (b"%PDF-1.7\n1 0 obj", "a PDF file"),
        (bytes(range(256)) * 9, "binary data"),
    ],
)
def test_bytes_that_are_no_page_fail_with_what_they_are(content: bytes, what: str) -> None:
    page = cleaner.clean(content)
    assert page.outcome.state == "failed"
    assert page.outcome.reason.startswith(f"{what} is no page; ")
    assert not page.blocks
    good, bad = cleaner.clean_many(["The bridge is open.", content])
    assert good.text == "The bridge is open."
    assert bad.outcome == page.outcome


@pytest.mark.parametrize("charset", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_of_more_bytes_a_letter_is_a_page(charset: str) -> None:
    text = "The bridge over the river is open again."
    media_type = f"text/plain; charset={charset}"
    assert cleaner.clean(text.encode(charset), media_type=media_type).text == text
