"""HTML to blocks, with the element tree they stand in.

A page is parsed as a browser without scripts does it (lexbor), and read in one
walk without recursion. Style sheets are not read; what a browser's own style
sheet says of an element is in `cleaner.parsing.tags`.

- **Blocks.** A block-level element begins and ends a block; text directly in a
  ``div`` between two of them is a block of its own. Inline elements and unknown
  names join the block they stand in; links that touch get a space between them.
  Custom elements (``reader-note``) are block-level in a block-level element
  without text of its own, and their names count as classes.
- **Line breaks.** One ``br`` is a line break in its block, two in a row end it.
- **White space** collapses to one space, but a no-break space stays. ``pre``,
  ``textarea``, ``listing``, ``xmp`` and ``plaintext`` keep theirs: one block.
- **Tables.** The cells of a row are one block with tabs between them, unless one
  of them is long, has block-level elements or is parted by breaks: then the
  table is a layout, and each cell is read like a ``div``.
- **Forms.** ``button``, ``option``, ``textarea``, ``legend`` are blocks; values
  of ``input`` are attributes.
- **``noscript``** is read: forum software puts whole threads there.
- **``details``** is read, open or not, its ``summary`` as a block. A ``dialog``
  that is not open, the fallback text of ``object``, ``video``, ``audio`` and
  ``canvas``, and ``datalist`` are read and flagged as hidden, as are elements
  with ``hidden``, ``aria-hidden`` or a hiding ``style``. Nothing hidden is dropped.
- **``main``** and **``article``** are block-level and nothing else here; whether
  they hold the piece is for the model to say.
- **Tallied, not read:** ``script``, ``style``, ``template`` (declarative shadow
  roots too), ``iframe`` (its text is markup), ``noframes``, ``noembed``, ``svg``
  (drawn labels and its ``title``), the ``annotation`` of ``math`` (whose other
  text is read), comments, everything that belongs into ``head``, wherever it
  stands, and all attributes, ``alt`` included.

What would keep the parser busy for hours is taken out before, and said in
`ParsedHtml.cut`; see `cleaner.parsing.guard`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from operator import add
from typing import cast

import numpy as np
from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser, LexborNode

from cleaner.document import Block
from cleaner.parsing.columns import counts_before
from cleaner.parsing.elements import Elements, read_elements
from cleaner.parsing.gathering import Gathered, gather
from cleaner.parsing.guard import make_harmless
from cleaner.parsing.head import Head, read_head
from cleaner.parsing.nodes import Nodes, read_nodes
from cleaner.parsing.sniff import is_html
from cleaner.parsing.tree import Tree

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
    data, cut = make_harmless(_encoded(markup))
    nodes = _nodes(data)
    elements = read_elements(nodes)
    gathered = gather(nodes, elements)
    head, tally = read_head(nodes, elements)
    tally["text"] = sum(map(len, gathered.texts))
    tally["markup"] = max(0, len(markup) - sum(tally.values()))
    return ParsedHtml(
        text="\n\n".join(gathered.texts),
        blocks=_blocks(gathered.texts),
        tree=_tree(elements, gathered),
        head=head,
        tally=tally,
        cut=cut,
    )


def _nodes(data: bytes) -> Nodes:
    parser = LexborHTMLParser(data, options=LexborDocumentOptions.WO_EVENTS)
    html = cast(LexborNode, parser.root)  # whatever the input is, a page has this element
    return read_nodes(cast(LexborNode, html.parent))


def _encoded(markup: str) -> bytes:
    try:
        return markup.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", markup).encode()


def _blocks(texts: Sequence[str]) -> tuple[Block, ...]:
    """The blocks of these texts, which stand in the page's with a blank line between them."""
    sizes = list(map(len, texts))
    starts = list(accumulate([size + 2 for size in sizes], initial=0))
    ends = map(add, starts, sizes)
    places = range(len(texts)), starts, ends, texts, range(1, len(texts) + 1)
    # As ``Block(...)`` does, without a call of Python for each block.
    return tuple(map(partial(tuple.__new__, Block), zip(*places, strict=False)))


def _tree(elements: Elements, gathered: Gathered) -> Tree:
    """The tree of the elements that have a row; all above such an element have one, too."""
    chosen = np.flatnonzero(elements.has_row)
    rows = counts_before(elements.has_row)
    parent = rows[elements.parent[chosen]]
    parent[:1] = -1
    said = elements.attributes
    row_of = np.where(elements.has_row, rows[:-1], -1).tolist()

    def in_tree(sparse: Mapping[int, str]) -> dict[int, str]:
        return {row: value for e, value in sparse.items() if (row := row_of[e]) >= 0}

    return Tree(
        tag=elements.tag[chosen],
        parent=parent,
        end=rows[elements.end[chosen]],
        depth=elements.depth[chosen],
        hidden=elements.is_hidden[chosen],
        names=tuple([said.names[element] for element in chosen.tolist()]),
        element=rows[gathered.element],
        inner=rows[gathered.inner],
        chars=gathered.chars,
        link_chars=gathered.link_chars,
        bold_chars=gathered.bold_chars,
        hidden_chars=gathered.hidden_chars,
        links=gathered.links,
        pieces=gathered.pieces,
        piece_block=gathered.piece_block,
        piece_parent=rows[gathered.piece_parent],
        piece_place=rows[gathered.piece_place],
        anchors=in_tree(said.anchors),
        itemtypes=in_tree(said.itemtypes),
        itemprops=in_tree(said.itemprops),
        roles=in_tree(said.roles),
        hrefs=in_tree(said.hrefs),
        times=in_tree(said.times),
    )
