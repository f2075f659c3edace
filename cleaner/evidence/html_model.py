"""What the model says of the blocks of an HTML page.

It reads the element tree (`html_features`) and, from the text model's table of
n-grams, what the words of a block and of its neighbours say.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Block, Role
from cleaner.evidence.html_features import HtmlPage, html_feature_names, html_features
from cleaner.evidence.lines import gather_lines
from cleaner.evidence.model import MODELS, Model, load_model
from cleaner.evidence.ngrams import NgramTable
from cleaner.evidence.stacked import context_of
from cleaner.parsing.head import Head
from cleaner.parsing.tree import Tree

Floats = NDArray[np.float32]

_COLUMNS = len(Role) + 1  # a score for each role, and one for main content
_WINDOW, _PAGE = 4, 7  # places in `context_of`: three lines either way, the whole page


def load_html_model(folder: Path | None = None) -> tuple[Model, Floats, NgramTable]:
    """The model, its table of names, and the text model's table of n-grams."""
    model, text = load_model("html", folder), load_model("text", folder)
    if text.table is None:
        raise ValueError("a text model has a table of n-grams")
    return model, load_names(folder), text.table


@cache
def load_names(folder: Path | None = None) -> Floats:
    """The learned weights of class and id names, a row per place; read once for each process."""
    weights = np.load((folder or MODELS) / "html" / "names.npy", allow_pickle=False)
    return np.asarray(weights, np.float32)


def html_model_features(
    blocks: Sequence[Block], tree: Tree, head: Head, *, names: Floats, table: NgramTable
) -> tuple[Floats, Floats]:
    """What the model reads of each block, and the words of each block; empty without blocks."""
    if not blocks:
        return np.zeros((0, len(html_model_names())), np.float32), np.zeros(0, np.float32)
    page = HtmlPage(blocks, tree, head, names)
    lines = gather_lines([[block.text.replace("\n", " ") for block in blocks]])
    scores = table.scores(lines)
    context = context_of(lines, scores)
    near = (context[:, i * _COLUMNS : (i + 1) * _COLUMNS] for i in (_WINDOW, _PAGE))
    return np.concatenate([html_features(page), scores, *near], axis=1), page.characters.words


def html_model_names() -> tuple[str, ...]:
    """The columns of `html_model_features`."""
    columns = (*(role.value for role in Role), "main")
    around = [f"{column} {where}" for where in ("-3+3", "page") for column in columns]
    return (*html_feature_names(), *(f"words say {column}" for column in columns), *around)
