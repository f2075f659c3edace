"""What the markup of a page says of its kind: its own types, a few counts, its address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.stated.address import ADDRESS, address_features
from cleaner.parsing.tags import TAG_NUMBERS

if TYPE_CHECKING:  # the parser comes with them, which a flattened page does not need
    from cleaner.parsing.head import Head
    from cleaner.parsing.tree import Tree

Floats = NDArray[np.float32]

_TYPES = {
    "article": ("article", "newsarticle", "blogposting", "reportagenewsarticle",
                "liveblogposting", "opinionnewsarticle", "analysisnewsarticle", "scholarlyarticle"),
    "thread": ("discussionforumposting", "qapage", "question", "answer"),
    "product": ("product", "offer", "aggregateoffer", "product.item", "og:product"),
    "listing": ("itemlist", "collectionpage", "searchresultspage", "offercatalog", "listitem"),
    "service": ("service", "localbusiness", "professionalservice", "faqpage", "store"),
    "documentation": ("techarticle", "howto", "apireference", "softwareapplication"),
    "comment": ("comment", "usercomments", "review"),
    "home": ("website", "blog", "profilepage", "profile"),
}  # fmt: skip
_TAGS = ("h1", "h2", "h3", "article", "time", "form", "table", "figure", "pre", "blockquote", "p")

_COUNTED = (*(f"type {name}" for name in _TYPES), *(f"count {tag}" for tag in _TAGS))

FACTS = (*_COUNTED, *ADDRESS)
"""The columns of `page_facts`."""

_OF_TYPE = {word: number for number, words in enumerate(_TYPES.values()) for word in words}


def page_facts(head: Head, tree: Tree) -> Floats:
    """Logarithms of how often a page says each type of itself and has each element; its address.

    >>> from cleaner.parsing.html import parse_html
    >>> page = parse_html("<meta property='og:type' content='article'><p>One</p>")
    >>> float(page_facts(page.head, page.tree)[0]) == float(np.log1p(np.float32(1)))
    True
    """
    counts = np.zeros(len(_COUNTED), np.float32)
    for name in _types(head, tree):
        number = _OF_TYPE.get(name.rpartition("/")[2].lower())
        if number is not None:
            counts[number] += 1
    of_tag = np.bincount(tree.tag, minlength=len(TAG_NUMBERS))
    counts[len(_TYPES) :] = of_tag[[TAG_NUMBERS[tag] for tag in _TAGS]]
    return np.concatenate([np.log1p(counts), address_features(head)])


def _types(head: Head, tree: Tree) -> Iterator[str]:
    yield head.meta.get("og:type", "")
    for value in tree.itemtypes.values():
        yield value.strip()
    for linked in head.linked:
        yield from _strings(linked.get("@type"))


def _strings(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str):
            yield each
