"""AEB, scrapinghub's article-extraction-benchmark.

Published layout: ``ground-truth.json``, an object from page id to
``articleBody`` and ``url``, and ``html/ID.html.gz``.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from cleaner.errors import UsageError
from cleaner.evaluation.cases import Case, Cases
from cleaner.evaluation.datasets.files import (
    need,
    need_packed,
    need_some,
    read_object,
    read_packed,
)

LAYOUT = "the layout of article-extraction-benchmark: ground-truth.json, html/ID.html.gz"


def load_aeb(folder: Path) -> Cases:
    """The pages by id; gold is ``text``, the article's body without its headline.

    Raises `UsageError` on another layout.
    """
    truth = read_object(need(folder / "ground-truth.json", LAYOUT))
    need_some(list(truth), folder, LAYOUT)
    return Cases([partial(_read, folder, name, truth[name]) for name in sorted(truth)])


def _read(folder: Path, name: str, record: Any) -> Case:
    if not isinstance(record, dict):
        raise UsageError(f"{folder}: ground-truth.json: {name}: no object; expected {LAYOUT}")
    page = need_packed(folder / "html" / f"{name}.html", LAYOUT)
    return Case(
        name=name,
        html=read_packed(page),
        url=record.get("url") or "",
        text=record.get("articleBody") or "",
        title=record.get("headline") or "",
    )
