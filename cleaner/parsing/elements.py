"""Elements as columns: where each one ends, what it inherits, what its attributes say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from cleaner.parsing.columns import Bools, Ints, covered, ints
from cleaner.parsing.lexbor_tags import tag_and_kind
from cleaner.parsing.nodes import Nodes
from cleaner.parsing.tags import (
    HEAD_KIND,
    IS_BLOCK_LEVEL,
    IS_BOLD,
    IS_UNSEEN,
    KEEPS_SPACE,
    TAG_NUMBERS,
    TAGS,
    TALLY_KINDS,
)

_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_IS_BOX = np.array([kind in ("iframe", "svg") for kind in TALLY_KINDS])
_TEXT_ONLY = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "summary", "button", "option")
_SPARSE = frozenset(
    ("id", "itemtype", "itemprop", "role", "datetime", "title", "hidden", "aria-hidden", "style")
)
_HOLDS_TEXT = np.isin(np.arange(len(TAGS)), [TAG_NUMBERS[name] for name in _TEXT_ONLY])
"""By number: holds text and what stands in it, but no other block."""

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(slots=True)
class Attributes:
    """What the attributes of the elements say; keys and members of ``hiding`` are elements."""

    names: list[str] = field(default_factory=list)
    anchors: dict[int, str] = field(default_factory=dict)
    itemtypes: dict[int, str] = field(default_factory=dict)
    itemprops: dict[int, str] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)
    hrefs: dict[int, str] = field(default_factory=dict)
    times: dict[int, str] = field(default_factory=dict)
    hiding: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Elements:
    """Columns over all elements of `Nodes`, the document (element 0) and unseen ones included.

    ``kind`` is the kind under which an element's text is counted, 0 when it is
    read; ``container`` the element itself or the nearest block-level one around
    it; ``link`` the nearest link around it, 0 without; ``has_row`` whether it
    belongs into the `Tree`.
    """

    tag: Ints
    is_block_level: Bools
    kind: Ints
    parent: Ints
    end: Ints
    depth: Ints
    container: Ints
    link: Ints
    is_bold: Bools
    is_hidden: Bools
    keeps_space: Bools
    has_row: Bools
    attributes: Attributes


def read_elements(nodes: Nodes) -> Elements:
    """The columns of a page's elements."""
    tag, own_kind = tag_and_kind(nodes.lexbor)
    attributes = _read_attributes(nodes, np.flatnonzero(tag == TAG_NUMBERS["a"]).tolist())
    end, ends, parent = nodes.ends, ints(nodes.ends), ints(nodes.parents)
    kind = _kinds(own_kind, end)
    closed = np.flatnonzero(tag == TAG_NUMBERS["dialog"]).tolist()
    hiding = [
        *attributes.hiding,
        *(dialog for dialog in closed if "open" not in nodes.attributes[dialog]),
        *np.flatnonzero(IS_UNSEEN[tag]).tolist(),
    ]
    has_row = (kind == 0) | (_IS_BOX[own_kind] & (kind[parent] == 0))
    has_row[0] = False
    is_block_level = _are_block_level(tag, nodes)
    return Elements(
        tag=tag,
        is_block_level=is_block_level,
        kind=kind,
        parent=parent,
        end=ends,
        depth=_depths(ends),
        container=_containers(parent, is_block_level),
        link=_links(list(attributes.hrefs), end),
        is_bold=covered(np.flatnonzero(IS_BOLD[tag]).tolist(), ends),
        is_hidden=covered(hiding, ends),
        keeps_space=covered(np.flatnonzero(KEEPS_SPACE[tag]).tolist(), ends),
        has_row=has_row,
        attributes=attributes,
    )


def _are_block_level(tag: Ints, nodes: Nodes) -> Bools:
    """Which elements begin and end a block of their own.

    A browser draws custom elements inline unless the page's style sheet says otherwise, which it
    mostly does: they are taken for block-level in a block-level element without text of its own.
    """
    found: Bools = IS_BLOCK_LEVEL[tag].copy()
    if not nodes.custom:
        return found
    parents = {nodes.parents[element] for element in nodes.custom}
    pairs = zip(nodes.text_parents.tolist(), nodes.texts, strict=True)
    with_text = {parent for parent, text in pairs if parent in parents and not text.isspace()}
    for element in nodes.custom:
        parent = nodes.parents[element]
        if found[parent] and parent not in with_text and not _HOLDS_TEXT[tag[parent]]:
            found[element] = True
    return found


def _read_attributes(nodes: Nodes, links: list[int]) -> Attributes:
    """The attributes that say something of an element's part on the page."""
    found = Attributes([attributes.get("class") or "" for attributes in nodes.attributes])
    for element in links:
        _read_link(found, element, nodes.attributes[element])
    for element, attributes in enumerate(nodes.attributes):
        if not _SPARSE.isdisjoint(attributes):
            _read_sparse(found, element, attributes)
    return found


def _read_link(found: Attributes, element: int, attributes: dict[str, str | None]) -> None:
    if "href" in attributes:
        found.hrefs[element] = attributes["href"] or ""
    if value := attributes.get("name"):
        found.anchors[element] = value


def _read_sparse(found: Attributes, element: int, attributes: dict[str, str | None]) -> None:
    get = attributes.get
    if value := get("id"):
        found.anchors[element] = value
        found.names[element] += " " + value
    if value := get("itemtype"):
        found.itemtypes[element] = value
    if value := get("itemprop"):
        found.itemprops[element] = value
    if value := get("role"):
        found.roles[element] = value
    if (value := get("datetime")) or ((value := get("title")) and _ISO_DATE.match(value)):
        found.times[element] = value
    if (
        "hidden" in attributes
        or get("aria-hidden") == "true"
        or ((style := get("style")) and _hides(style))
    ):
        found.hiding.append(element)


def _hides(style: str) -> bool:
    """Whether a ``style`` hides its element; most are done with the quick look for the words."""
    lower = style.lower()
    return ("none" in lower or "hidden" in lower) and _HIDING_STYLE.search(lower) is not None


def _depths(ends: Ints) -> Ints:
    """How deep each element stands, ``html`` at 0: those before it, less those that ended."""
    ended = np.cumsum(np.bincount(ends, minlength=len(ends)))[: len(ends)]
    return (np.arange(-1, len(ends) - 1) - ended).astype(np.int32)


def _containers(parents: Ints, is_block_level: Bools) -> Ints:
    """For each element itself or the nearest block-level one around it, else the document."""
    containers: Ints = np.where(is_block_level, np.arange(len(parents), dtype=np.int32), parents)
    while True:  # each time twice as far up
        farther = containers[containers]
        if np.array_equal(farther, containers):
            return containers
        containers = farther


def _kinds(own: Ints, ends: list[int]) -> Ints:
    """The kind of each element: that of the outermost one with a kind; ``head`` gives way."""
    kinds = np.zeros(len(own), dtype=np.int32)
    after = 0
    for element in np.flatnonzero(own).tolist():
        if element >= after:
            kinds[element : ends[element]] = own[element]
            if own[element] != HEAD_KIND:
                after = ends[element]
    return kinds


def _links(links: list[int], ends: list[int]) -> Ints:
    """For each element the last link that begins around it, 0 without."""
    column = np.zeros(len(ends), dtype=np.int32)
    for link in links:
        column[link : ends[link]] = link
    return column
