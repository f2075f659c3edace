"""HTML to blocks, with the element tree they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from cleaner.document import Block
from cleaner.parsing.gathering import Piece
from cleaner.parsing.head import Head
from cleaner.parsing.sniff import is_html
from cleaner.parsing.tree import Bools, Ints, Tree
from cleaner.parsing.walk import Walk

__all__ = ["ParsedHtml", "is_html", "parse_html"]

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, eq=False)
class ParsedHtml:
    """A page: its visible text in blocks, its tree, its head, and what was left out.

    ``text`` is the blocks' texts with a blank line between them; a block's
    ``line`` is its place counted from 1. ``tally`` counts the characters of
    ``markup`` by kind: ``text`` (of blocks), ``script``, ``style``, ``head``,
    ``comment``, ``template``, ``svg``, ``math``, ``iframe``, ``noframes``, and
    ``markup``, which is all the rest: tags with their attributes, and white
    space. ``cut`` says in words what was taken out before parsing because the
    parser would not end in bounded time; it is empty for nearly every page.
    """

    text: str
    blocks: tuple[Block, ...]
    tree: Tree
    head: Head
    tally: Mapping[str, int] = field(default_factory=dict)
    cut: str = ""


def parse_html(markup: str) -> ParsedHtml:
    """The blocks of a page, and its tree.

    Takes decoded text, a whole page or a piece of one; never raises on
    content. Markup without visible text has no blocks.

    >>> page = parse_html("<title>T</title><h1>One</h1><p>Two <b>three</b></p>")
    >>> [block.text for block in page.blocks], page.head.title
    (['One', 'Two three'], 'T')
    """
    walk = Walk()
    parser = LexborHTMLParser(_SURROGATES.sub("\ufffd", markup).encode())
    if parser.root is not None and parser.root.parent is not None:
        walk.run(parser.root.parent)
    blocks = tuple(_blocks(walk.texts))
    text = "\n\n".join(walk.texts)
    return ParsedHtml(text, blocks, _tree(walk), _head(walk), _tally(walk, text, markup))


def _blocks(texts: Sequence[str]) -> Iterator[Block]:
    start = 0
    for index, text in enumerate(texts):
        end = start + len(text)
        yield Block(index, start, end, text, index + 1)
        start = end + 2


def _tree(walk: Walk) -> Tree:
    raw_tokens, tokens = _tokens(walk.names)
    pieces: Sequence[Piece] = walk.pieces
    return Tree(
        tag=_ints(walk.tags),
        parent=_ints(walk.parents),
        end=_ints(walk.ends),
        depth=_ints(walk.depths),
        hidden=_bools(walk.hidden),
        tokens=tokens,
        raw_tokens=raw_tokens,
        element=_ints([piece.container for piece in pieces]),
        inner=_ints([piece.inner for piece in pieces]),
        chars=_ints([piece.chars for piece in pieces]),
        link_chars=_ints([piece.link_chars for piece in pieces]),
        bold_chars=_ints([piece.bold_chars for piece in pieces]),
        hidden_chars=_ints([piece.hidden_chars for piece in pieces]),
        links=_ints([piece.links for piece in pieces]),
        anchors=walk.anchors,
        itemtypes=walk.itemtypes,
        itemprops=walk.itemprops,
        roles=walk.roles,
        hrefs=walk.hrefs,
    )


def _tokens(
    names: Sequence[str],
) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, ...], ...]]:
    """The words of each name as written and in lower case; equal names share one tuple."""
    raw = {name: tuple(name.split()) for name in set(names)}
    lower = {name: tuple(name.lower().split()) for name in raw}
    return tuple(map(raw.__getitem__, names)), tuple(map(lower.__getitem__, names))


def _head(walk: Walk) -> Head:
    title = " ".join(walk.titles[0].split()) if walk.titles else ""
    return Head(title, walk.meta, walk.canonical, walk.lang, tuple(walk.json_ld))


def _tally(walk: Walk, text: str, markup: str) -> dict[str, int]:
    tally = {"text": sum(map(len, walk.texts)), **walk.tally}
    tally["markup"] = max(0, len(markup) - sum(tally.values()))
    return tally


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int32)


def _bools(values: Sequence[bool]) -> Bools:
    return np.array(values, dtype=np.bool_)
