"""What a page says about itself without showing it: title, meta, canonical address, JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Head:
    """The page's own statements, wherever they stand in the markup.

    ``title`` is the text of the first ``<title>``, white space collapsed.
    ``meta`` maps the lower-cased ``name``, ``property``, ``itemprop`` or
    ``http-equiv`` of a ``<meta>`` to its ``content``; the first one counts.
    ``canonical`` is the address of ``<link rel="canonical">`` as written,
    ``lang`` the ``lang`` of ``<html>``. ``json_ld`` are the raw texts of the
    ``application/ld+json`` scripts. What is not stated is empty.
    """

    title: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    canonical: str = ""
    lang: str = ""
    json_ld: tuple[str, ...] = ()

    @property
    def open_graph(self) -> dict[str, str]:
        """The ``og:`` and ``article:`` properties of `meta`, by their names as written there."""
        return {
            name: value for name, value in self.meta.items() if name.startswith(("og:", "article:"))
        }


def json_ld_objects(head: Head) -> Iterator[dict[str, Any]]:
    """Every JSON-LD object of a page, those in lists and ``@graph`` included, top level first.

    Objects that are values of other objects' properties are not listed by
    themselves. Text that is not JSON is passed over.

    >>> [o["@type"] for o in json_ld_objects(Head(json_ld=('[{"@type": "Person"}]', "{")))]
    ['Person']
    """
    for text in head.json_ld:
        pending = [_parsed(text)]
        while pending:
            value = pending.pop()
            if isinstance(value, list):
                pending.extend(reversed(value))
            elif isinstance(value, dict):
                yield value
                pending.append(value.get("@graph"))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
