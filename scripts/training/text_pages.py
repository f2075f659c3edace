"""Training pages as flattened lines in three styles, with what is known of each line.

Every text node of the HTML gets one private-use character before its text; the
characters come through the flattening, so that each line knows its text nodes and,
by way of them, the labels that another style of the same page has.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree, NodeType, traverse_dom

from cleaner.document import BODY_ROLES, Role
from scripts.training.data import DataPage
from scripts.training.excerpts import copied_lines

STYLES = ("full", "wet", "half")
"""Those of whole pages."""

EXCERPT = "excerpt"
"""The style of what was copied of a page."""

_CUT_FROM = ("full", "half")

ROLES = tuple(Role)
ROLE_INDEX = {role.value: number for number, role in enumerate(ROLES)}
"""The number of each role, by name."""

_PIECE = [ROLES.index(role) for role in (*BODY_ROLES, Role.HEADLINE)]
_KEEP: dict[str, Any] = {
    "preserve_formatting": True,
    "alt_texts": False,
    "links": False,
    "form_fields": False,
    "noscript": False,
    "comments": True,
}
_FIRST_MARK = 0xF0000
_MARK = re.compile("[\U000f0000-\U0010fffd]")
_WORD = re.compile(r"\w+")
_MOST_NODES = 60_000


@dataclass
class TextPage:
    """One page in one style, and what is known of its lines.

    ``main`` is 1 for content, 0 for the rest, with ``weight`` 0 where it is not
    known; ``roles`` is the number of the hand-labelled role, -1 where there is none.
    """

    page: DataPage
    style: str
    lines: list[str]
    gaps: np.ndarray
    indents: np.ndarray
    main: np.ndarray
    weight: np.ndarray
    roles: np.ndarray


@dataclass
class _Flat:
    lines: list[str]
    gaps: list[int]
    indents: list[int]
    nodes: list[dict[int, int]]


def text_pages(page: DataPage) -> list[TextPage]:
    """A page in the three styles; a style without lines is left out."""
    tree = HTMLTree.parse(page.text)
    _mark_nodes(tree)
    full = _flat(extract_plain_text(tree, main_content=False, list_bullets=False, **_KEEP))
    half = _flat(extract_plain_text(tree, main_content=True, list_bullets=True, **_KEEP))
    main, weight, roles = _labels(page, full)
    pages = []
    for style in STYLES:
        flat = half if style == "half" else full
        if not flat.lines or not full.lines:
            continue
        place = _carry(full, flat) if style == "half" else np.arange(len(full.lines))
        known = place >= 0
        plain = style == "wet"
        pages.append(
            TextPage(
                page,
                style,
                flat.lines,
                np.zeros(len(flat.lines), int) if plain else np.array(flat.gaps),
                np.zeros(len(flat.lines), int) if plain else np.array(flat.indents),
                main[place],
                np.where(known, weight[place], 0.0),
                np.where(known, roles[place], -1),
            )
        )
    return pages


def excerpt_of(styles: Sequence[TextPage]) -> TextPage | None:
    """An excerpt of a page, given in its styles: of the whole page or of the half-cleaned one.

    None where nobody knows what the page's content is, or it has none in that style.
    """
    named = {page.style: page for page in styles}
    seed = crc32(styles[0].page.name.encode()) if styles else 0
    page = named.get(_CUT_FROM[seed % len(_CUT_FROM)])
    if page is None:
        return None
    rows = copied_lines(_is_piece(page).tolist(), seed)
    if rows.start == rows.stop:
        return None
    gaps = page.gaps[rows].copy()
    gaps[0] = 0
    return TextPage(
        page.page,
        EXCERPT,
        page.lines[rows],
        gaps,
        page.indents[rows],
        page.main[rows],
        page.weight[rows],
        page.roles[rows],
    )


def _is_piece(page: TextPage) -> np.ndarray:
    """Which lines are of the piece, its title among them."""
    is_main = (page.main > 0) & (page.weight > 0)
    found: np.ndarray = np.where(page.roles >= 0, np.isin(page.roles, _PIECE), is_main)
    return found


def _mark_nodes(tree: HTMLTree) -> None:
    """Put a mark before each text."""
    nodes: list[Any] = []

    def see(context: Any) -> None:
        if context.node.type == NodeType.TEXT and context.node.value.strip():
            nodes.append(context.node)

    if tree.body is not None:
        traverse_dom(tree.body, see)
    for number, node in enumerate(nodes[:_MOST_NODES]):
        value = node.value
        start = len(value) - len(value.lstrip())
        node.value = value[:start] + chr(_FIRST_MARK + number) + value[start:]


def _flat(text: str) -> _Flat:
    flat = _Flat([], [], [], [])
    gap = 0
    for raw in text.split("\n"):
        line = _MARK.sub("", raw)
        stripped = line.strip()
        if not stripped:
            gap += 1
            continue
        flat.lines.append(stripped)
        flat.gaps.append(gap)
        flat.indents.append(len(line) - len(line.lstrip()))
        flat.nodes.append(_nodes_of(raw))
        gap = 0
    return flat


def _nodes_of(raw: str) -> dict[int, int]:
    """The text nodes of a raw line, with how many characters each has in it."""
    parts = _MARK.split(raw)[1:]
    marks = [ord(mark) - _FIRST_MARK for mark in _MARK.findall(raw)]
    return {mark: len(part.strip()) for mark, part in zip(marks, parts, strict=True)}


def _carry(full: _Flat, other: _Flat) -> np.ndarray:
    """For each line of another style the line of the full one it shares most with, or -1."""
    home: dict[int, list[tuple[int, int]]] = {}
    for number, nodes in enumerate(full.nodes):
        for node, size in nodes.items():
            home.setdefault(node, []).append((number, size))
    places = []
    for nodes in other.nodes:
        votes: Counter[int] = Counter()
        for node, size in nodes.items():
            for number, held in home.get(node, ()):
                votes[number] += min(size, held) + 1
        places.append(votes.most_common(1)[0][0] if votes else -1)
    return np.array(places, int)


def _labels(page: DataPage, full: _Flat) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    count = len(full.lines)
    roles = np.full(count, -1)
    if page.roles:
        if [text for _, text in page.roles] != full.lines:
            raise ValueError(f"{page.name}: the labelled lines are not those of its HTML")
        roles = np.array([ROLE_INDEX[role] for role, _ in page.roles])
    if page.gold is not None:
        main = align(full.lines, page.gold).astype(float)
        known = 1.0 if page.gold.strip() else 0.0
        return main, np.full(count, known), roles
    if page.roles:
        body = [ROLES.index(role) for role in BODY_ROLES]
        return np.isin(roles, body).astype(float), np.ones(count), roles
    return np.zeros(count), np.zeros(count), roles


_GRAM = 3
_ANCHOR_WORDS = 7
_SURE = 0.6


def align(lines: Sequence[str], gold: str) -> np.ndarray:
    """Which lines belong to the gold text.

    Lines of seven words or more are anchors when most of their three-word runs
    stand in the gold text; a shorter line belongs to it when its words stand
    there in order, between those of the anchors around it. Of two equal long
    lines the first counts.

    >>> align(["Home", "One two three four five six seven.", "Ten"],
    ...       "One two three four five six seven. Ten").tolist()
    [False, True, True]
    """
    words = [_tokens(line) for line in lines]
    target = _tokens(gold)
    places: dict[tuple[str, ...], list[int]] = {}
    for start in range(len(target) - _GRAM + 1):
        places.setdefault(tuple(target[start : start + _GRAM]), []).append(start)
    kept = np.zeros(len(lines), bool)
    spans: dict[int, tuple[int, int]] = {}
    seen: set[tuple[str, ...]] = set()
    at = 0
    for number, line in enumerate(words):
        if len(line) < _ANCHOR_WORDS or tuple(line) in seen:
            continue
        span = _anchor(line, places, at)
        if span is not None:
            seen.add(tuple(line))
            kept[number] = True
            spans[number] = span
            at = span[1]
    _place_short(words, target, spans, kept)
    return kept


def _tokens(text: str) -> list[str]:
    return _WORD.findall(re.sub(r"([぀-ヿ㐀-鿿])", r" \1 ", text.lower()))


def _anchor(
    line: list[str], places: dict[tuple[str, ...], list[int]], at: int
) -> tuple[int, int] | None:
    grams = [tuple(line[start : start + _GRAM]) for start in range(len(line) - _GRAM + 1)]
    hits = [(offset, places[gram]) for offset, gram in enumerate(grams) if gram in places]
    if len(hits) < _SURE * len(grams):
        return None
    offset, starts = hits[0]
    start = next((place for place in starts if place >= at), starts[0])
    return start - offset, start - offset + len(line)


def _place_short(
    words: list[list[str]],
    target: list[str],
    spans: dict[int, tuple[int, int]],
    kept: np.ndarray,
) -> None:
    """Short lines, each searched after the line placed last and before the next anchor."""
    anchors = sorted(spans)
    upcoming = iter([*anchors, len(words)])
    following = next(upcoming)
    at = 0
    for number, line in enumerate(words):
        if number == following:
            at = max(0, spans[number][1])
            following = next(upcoming)
            continue
        if number in spans or len(line) >= _ANCHOR_WORDS or not line:
            continue
        until = spans[following][0] if following in spans else len(target)
        if until < at:
            until = min(len(target), at + 60)
        place = _run(target, line, at, until)
        if place >= 0:
            kept[number] = True
            at = place + len(line)


def _run(target: list[str], line: list[str], start: int, until: int) -> int:
    first, size = line[0], len(line)
    for place in range(start, min(until, len(target)) - size + 1):
        if target[place] == first and target[place : place + size] == line:
            return place
    return -1
