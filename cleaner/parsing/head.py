"""What a page says about itself without showing it: title, meta, canonical address, JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from cleaner.parsing.elements import Elements
from cleaner.parsing.lexbor_tags import LEXBOR_NUMBERS
from cleaner.parsing.nodes import Nodes
from cleaner.parsing.tags import TALLY_KINDS

_LINK = LEXBOR_NUMBERS["link"]
_META = LEXBOR_NUMBERS["meta"]
_SCRIPT = LEXBOR_NUMBERS["script"]
_TITLE = LEXBOR_NUMBERS["title"]
_META_NAMES = ("property", "name", "itemprop", "http-equiv")


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

    @cached_property
    def linked(self) -> tuple[dict[str, Any], ...]:
        """The page's JSON-LD objects, see `json_ld_objects`; read once."""
        return tuple(json_ld_objects(self))


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


def read_head(nodes: Nodes, elements: Elements) -> tuple[Head, dict[str, int]]:
    """What the page states, and how many characters of each kind were not read.

    Statements count wherever they stand: a ``noscript`` with a picture ends
    ``head`` for a parser without scripts, and all after it lands in ``body``.
    """
    statements = _Statements()
    for element in np.flatnonzero(elements.kind).tolist():
        statements.read(element, nodes.lexbor[element], nodes.attributes[element])
    tally = statements.read_texts(nodes, elements)
    html = nodes.attributes[1] if len(nodes.attributes) > 1 else {}
    head = Head(
        title=" ".join("".join(statements.titles).split()),
        meta=statements.meta,
        canonical=statements.canonical,
        lang=html.get("lang") or html.get("xml:lang") or "",
        json_ld=tuple(filter(None, statements.json_ld.values())),
    )
    return head, tally


class _Statements:
    def __init__(self) -> None:
        self.meta: dict[str, str] = {}
        self.canonical = ""
        self.json_ld: dict[int, str] = {}
        self.titles: list[str] = []
        self.title = 0

    def read(self, element: int, lexbor: int, attributes: dict[str, str | None]) -> None:
        """Take what a ``meta``, ``link``, ``script`` or ``title`` says; others say nothing."""
        if lexbor == _SCRIPT:
            if "ld+json" in (attributes.get("type") or "").lower():
                self.json_ld[element] = ""
        elif lexbor == _META:
            self.read_meta(attributes)
        elif lexbor == _LINK:
            if not self.canonical and "canonical" in (attributes.get("rel") or "").lower().split():
                self.canonical = attributes.get("href") or ""
        elif lexbor == _TITLE and not self.title:
            self.title = element

    def read_meta(self, attributes: dict[str, str | None]) -> None:
        """Keep a ``meta`` under its name; the first of a name counts."""
        content = attributes.get("content")
        name = next(filter(None, map(attributes.get, _META_NAMES)), None)
        if content and name:
            self.meta.setdefault(name.strip().lower(), content)

    def read_texts(self, nodes: Nodes, elements: Elements) -> dict[str, int]:
        """Put texts to the title and the scripts they belong to, and count all by kind."""
        tally: dict[str, int] = {"comment": nodes.comment_chars}
        kinds = elements.kind[nodes.text_parents]
        for text in np.flatnonzero(kinds).tolist():
            kind, written = TALLY_KINDS[kinds[text]], nodes.texts[text]
            tally[kind] = tally.get(kind, 0) + len(written)
            parent = int(nodes.text_parents[text])
            if parent == self.title:
                self.titles.append(written)
            elif parent in self.json_ld:
                self.json_ld[parent] += written
        return tally


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None
