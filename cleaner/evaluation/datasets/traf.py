"""trafilatura's own benchmark (its ``tests/``, Apache-2.0): snippets that must and must not appear.

Published layout: ``evaldata.json``, an object from URL to ``file``, ``with``
and ``without``, beside the folders ``cache`` and ``eval``; or the pages, packed
or not, in ``html``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from cleaner.errors import UsageError
from cleaner.evaluation.cases import Case, Cases
from cleaner.evaluation.datasets.files import (
    find_packed,
    need,
    need_some,
    read_object,
    read_packed,
)

FOLDERS = ("cache", "eval", "html")
"""Where a page may be; the first that has it counts."""

LAYOUT = "the layout of trafilatura's tests: evaldata.json, and FILE[.gz] in cache, eval or html"


def load_traf(folder: Path) -> Cases:
    """The pages by URL; the name is the page's file, gold are ``within`` and ``without``.

    Raises `UsageError` on another layout.
    """
    records = read_object(need(folder / "evaldata.json", LAYOUT))
    need_some(list(records), folder, LAYOUT)
    return Cases([partial(_read, folder, url, records[url]) for url in sorted(records)])


def _read(folder: Path, url: str, record: Any) -> Case:
    if not isinstance(record, dict) or not isinstance(record.get("file"), str):
        raise UsageError(f"{folder}: evaldata.json: {url}: no 'file'; expected {LAYOUT}")
    name = record["file"]
    page = next(filter(None, (find_packed(folder / each / name) for each in FOLDERS)), None)
    if page is None:
        raise UsageError(f"{folder}: no page {name}[.gz]; expected {LAYOUT}")
    return Case(
        name=name,
        html=read_packed(page),
        url=url,
        title=record.get("title") or "",
        within=tuple(record.get("with") or ()),
        without=tuple(record.get("without") or ()),
    )
