"""The model of HTML pages: what it reads of a block."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.html_features import HtmlPage, NameWeights, html_feature_names, html_features
from cleaner.evidence.model import MODELS, Model, load_model
from cleaner.evidence.ngrams import NgramTable
from cleaner.parsing.html import ParsedHtml

Floats = NDArray[np.float32]


def load_html_model(folder: Path | None = None) -> tuple[Model, NameWeights, NgramTable]:
    """The model, its table of names, and the text model's table of n-grams."""
    model, text = load_model("html", folder), load_model("text", folder)
    if text.table is None:
        raise ValueError("a text model has a table of n-grams")
    return model, load_names(folder), text.table


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
    if not page.blocks:
        return np.zeros((0, len(html_model_names())), np.float32)
    return html_features(page)


def html_model_names() -> tuple[str, ...]:
    """The columns of `html_model_features`."""
    return html_feature_names()
