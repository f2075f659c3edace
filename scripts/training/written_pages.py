"""Pages written for the project, as flattened training pages labelled by hand.

Those in `THREADS` have no source: flattened threads, and look-alikes with as many times, in
37 languages, written and labelled line by line. Golden pages are read as their
labels have them, a line for each line of a block. Those of golden/unseen nobody learns from.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from cleaner.rendering.labels import unescape
from scripts.training.data import DataPage
from scripts.training.text_pages import ROLE_INDEX, TextPage

THREADS = Path(__file__).parent / "threads"
"""``NAME.labels``: a line ``role | text`` for each line of a page."""

_GOLDEN = Path(__file__).parents[2] / "golden"
_FOLDERS = (*(_GOLDEN / name for name in ("comments", "html", "unlisted")), THREADS)


def written_pages() -> list[TextPage]:
    """All of them, in the order of folders and names, each a site of its own."""
    return [
        written_page(path.stem, path.read_text(encoding="utf-8"))
        for folder in _FOLDERS
        for path in sorted(folder.glob("*.labels"))
    ]


def written_page(name: str, labels: str) -> TextPage:
    r"""The page that a file of labels tells. Raises `KeyError` on an unknown role.

    >>> page = written_page("sample", "# source: x.html\nbody | It rained.\\nTwice.")
    >>> page.lines, page.roles.tolist() == [ROLE_INDEX["body"]] * 2
    (['It rained.', 'Twice.'], True)
    """
    pairs = list(_pairs(labels))
    nothing = np.zeros(len(pairs))
    return TextPage(
        DataPage(name, name, b""),
        "full",
        [text for _, text in pairs],
        nothing.astype(int),
        nothing.astype(int),
        nothing,
        nothing,
        np.array([ROLE_INDEX[role] for role, _ in pairs], int),
    )


def _pairs(labels: str) -> Iterator[tuple[str, str]]:
    """Role and text of each line of each block, without headers."""
    for line in labels.split("\n"):
        role, found, block = line.partition(" | ")
        if line.startswith("#") or not found:
            continue
        for text in unescape(block).split("\n"):
            if text.strip():
                yield role, " ".join(text.split())
