"""The model of HTML pages: what it reads of a block."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.html.features import html_feature_names, html_features
from cleaner.evidence.html.page import HtmlPage, NameWeights
from cleaner.evidence.learned.loading import MODELS, PAGE_BLOCK, load_ngrams
from cleaner.evidence.learned.row_model import RowModel, load_row_model
from cleaner.evidence.lines.ngrams import NgramTable
from cleaner.parsing.html import ParsedHtml

Floats = NDArray[np.float32]


def load_html_model(folder: Path | None = None) -> tuple[RowModel, NameWeights, NgramTable]:
    """The model, its table of names, and the text model's table of n-grams."""
    return load_row_model("html", folder), load_names(folder), load_ngrams(folder)


@cache
def load_names(folder: Path | None = None) -> NameWeights:
    """The learned weights of class and id names; read once for each process."""
    place = (folder or MODELS) / "html"
    weights = np.load(place / "names.npy", allow_pickle=False)
    known = json.loads((place / "names.json").read_text(encoding="utf-8"))
    return NameWeights(weights, np.array(known["scale"], np.float32))


def html_page_of(parsed: ParsedHtml, names: NameWeights, table: NgramTable) -> HtmlPage:
    """A parsed page with the tables its features are looked up in."""
    return HtmlPage(parsed.blocks, parsed.tree, parsed.head, names, table)


def html_model_features(page: HtmlPage) -> Floats:
    """What the model reads of each block; no rows without blocks."""
    return np.concatenate(list(html_model_rows(page)))


def html_model_rows(page: HtmlPage) -> Iterator[Floats]:
    """The same, as many rows at a time as the model computes at once; they take 8 MB."""
    if not page.blocks:
        yield np.zeros((0, len(html_model_names())), np.float32)
        return
    features = html_features(page)
    for start in range(0, features.count, PAGE_BLOCK):
        yield features.rows(slice(start, min(start + PAGE_BLOCK, features.count)))


def html_model_names() -> tuple[str, ...]:
    """The columns of `html_model_features`."""
    return html_feature_names()
