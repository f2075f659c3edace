"""The pages of WCXB that mark up their comments with schema.org, shown without that markup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from cleaner.encoding.detect import decode
from cleaner.evaluation.cases import Case, Cases
from cleaner.evaluation.datasets.files import need_some
from cleaner.evaluation.datasets.schema_comments import (
    MARKUP,
    gold_comments,
    without_comment_markup,
)
from cleaner.evaluation.datasets.wcxb import load_wcxb

LAYOUT = "pages of WCXB with schema.org Comment markup"


def load_comments(folder: Path, *, split: str = "dev") -> Cases:
    """These pages by id; gold is ``comments``, and the ``html`` no longer says where they are.

    All pages of the split are read to find them. Raises `UsageError` on another layout.
    """
    readers = [reader for reader in load_wcxb(folder, split=split).readers if _is_marked(reader())]
    need_some(readers, folder, LAYOUT)
    return Cases([partial(_read, reader) for reader in readers])


def _is_marked(case: Case) -> bool:
    html = case.html or b""
    return bool(MARKUP.search(html) and gold_comments(decode(html)[0]))


def _read(reader: Callable[[], Case]) -> Case:
    case = reader()
    html, _ = decode(case.html or b"")
    hidden = without_comment_markup(html).encode("utf-8-sig", "replace")
    return replace(case, html=hidden, text="", title="", comments=gold_comments(html))
