"""An HTML page as the stages see it: a document that still has its tree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.document import Document

if TYPE_CHECKING:  # the parser comes with them, which a flattened page does not need
    from cleaner.parsing.head import Head
    from cleaner.parsing.tree import Tree


@dataclass(frozen=True, kw_only=True)
class HtmlDocument(Document):
    """A document with the element tree of its blocks, and what the page states of itself.

    A stage that reads text alone need not know it; one that reads markup asks
    whether its document is one.
    """

    tree: Tree = field(repr=False)
    head: Head = field(repr=False)
