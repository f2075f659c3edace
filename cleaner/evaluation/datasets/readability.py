"""The article pages of Readability.js's tests (``test-pages``, Apache-2.0).

Published layout: a folder per page with ``source.html``, ``expected.html``
(each may be gzipped) and ``expected-metadata.json``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from cleaner.evaluation.cases import Case, Cases
from cleaner.evaluation.datasets.files import (
    find_packed,
    need,
    need_packed,
    need_some,
    read_object,
    read_packed,
)
from cleaner.evaluation.datasets.markup import html_text, without_title

LAYOUT = (
    "the layout of Readability's test-pages: NAME/source.html, NAME/expected.html, "
    "NAME/expected-metadata.json"
)


def load_readability(folder: Path) -> Cases:
    """The pages by name; gold is ``text``, the expected article without its title.

    Raises `UsageError` on another layout.
    """
    pages = sorted(path for path in need(folder, LAYOUT).iterdir() if _is_page(path))
    need_some(pages, folder, LAYOUT)
    return Cases([partial(_read, page) for page in pages])


def _is_page(folder: Path) -> bool:
    return folder.is_dir() and find_packed(folder / "source.html") is not None


def _read(folder: Path) -> Case:
    expected = read_packed(need_packed(folder / "expected.html", LAYOUT)).decode("utf-8", "replace")
    metadata = read_object(need_packed(folder / "expected-metadata.json", LAYOUT))
    title = metadata.get("title") or ""
    return Case(
        name=folder.name,
        html=read_packed(need_packed(folder / "source.html", LAYOUT)),
        text=without_title(html_text(expected), title),
        title=title,
    )
