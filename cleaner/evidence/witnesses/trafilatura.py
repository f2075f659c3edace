"""trafilatura (A. Barbaresi, ACL 2021) as a witness."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.evidence.witnesses.trees import read_tree
from cleaner.evidence.witnesses.witness import Ask, SilentError


def load_trafilatura() -> Ask:
    """Its fast mode, without comments. Raises `ImportError` when it is not installed.

    Without ``fast`` it would run readability and jusText inside itself; its
    ``deduplicate`` would make what it says depend on the pages before.
    """
    import logging

    from trafilatura import extract, load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs what is broken in pages

    def ask(markup: str) -> Sequence[str]:
        tree = read_tree(load_html, markup)
        text = extract(tree, fast=True, include_comments=False, deduplicate=False)
        if not text:
            raise SilentError("found no text")
        return str(text).split("\n")

    return ask
