"""WCXB, the Web Content Extraction Benchmark (Murrough Foley 2026, arXiv 2605.21097).

Published layout: ``metadata.json`` and, per split, ``html/ID.html.gz`` and
``ground-truth/ID.json``.
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

SPLITS = ("dev", "test")

LAYOUT = "WCXB's layout: metadata.json, SPLIT/html/ID.html.gz, SPLIT/ground-truth/ID.json"


def load_wcxb(folder: Path, *, split: str = "dev") -> Cases:
    """The pages of one split, by id; gold is ``text`` and ``title``, kind the page type.

    An empty ``text`` marks what the benchmark calls a single-page app. Raises
    `UsageError` on another layout or an unknown split.
    """
    if split not in SPLITS:
        raise UsageError(f"no split {split!r} in WCXB; there are {', '.join(SPLITS)}")
    metadata = read_object(need(folder / "metadata.json", LAYOUT)).get("files", {})
    paths = sorted(need(folder / split / "ground-truth", LAYOUT).glob("*.json"))
    need_some(paths, folder / split / "ground-truth", LAYOUT)
    return Cases([partial(_read, path, metadata) for path in paths])


def _read(path: Path, metadata: dict[str, Any]) -> Case:
    name = path.stem
    record = read_object(path)
    gold = record.get("ground_truth")
    if not isinstance(gold, dict):
        raise UsageError(f"{path}: no object 'ground_truth' in it; expected {LAYOUT}")
    page = need_packed(path.parents[1] / "html" / f"{name}.html", LAYOUT)
    return Case(
        name=name,
        kind=_kind(metadata.get(name, {}), record),
        html=read_packed(page),
        url=record.get("url") or "",
        text=gold.get("main_content") or "",
        title=gold.get("title") or "",
    )


def _kind(entry: dict[str, Any], record: dict[str, Any]) -> str:
    """The page type in the metadata, else the one the annotation names."""
    kind = entry.get("page_type")
    if not kind:
        kind = record.get("_internal", {}).get("page_type", {}).get("primary")
    return str(kind or "")
