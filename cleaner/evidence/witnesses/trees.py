"""Pages as lxml reads them, if it reads the whole of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cleaner.evidence.witnesses.witness import SilentError

DEPTH_LIMIT = 250
"""From 255 elements inside each other on, libxml2 leaves out the rest of the page silently."""

_DEEP = f"boolean({'/*' * DEPTH_LIMIT})"


def read_tree(parse: Callable[[str], Any], markup: str) -> Any:
    """The tree that a witness's own parser makes of a page.

    Raises `SilentError` when there is none, or when it is so deep that it may
    lack the rest of the page: what a witness has not seen, it has not rejected.
    """
    tree = parse(markup)
    if tree is None:
        raise SilentError("could not read the page")
    if tree.xpath(_DEEP):
        raise SilentError(f"cannot read pages deeper than {DEPTH_LIMIT} elements")
    return tree
