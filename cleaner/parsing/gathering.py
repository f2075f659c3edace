"""Pieces of text to blocks: what stands together, where a block ends, how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from cleaner.parsing.columns import Bools, Ints, counts_before, ints, sums_before
from cleaner.parsing.elements import Elements
from cleaner.parsing.nodes import Nodes
from cleaner.parsing.tags import IS_CELL, TAG_NUMBERS

CELL_LIMIT = 200
"""Visible characters in a cell from which on its row is a layout, not a record."""

BREAKS_BETWEEN_BLOCKS = 2
"""So many ``<br>`` with nothing between them end a block."""

BREAK = "\0"
"""Stands for ``<br>`` within a text; a parsed page has no NUL of its own."""

CELL_END = BREAK * 2
"""Stands between the cells of a row, which are written with a tab between them."""

_AROUND_BREAK = re.compile(f" *{BREAK}[{BREAK} ]*")
_LINE_END = re.compile("\r\n?")
_NO_INTS = ints([])
_IS_SPACE = np.array([chr(code_point).isspace() for code_point in range(0x3002)])
"""Whether a code point is white space for `str.split`; the last one is not, nor is any beyond."""

_FIRST_SPACE, _LAST_BREAK, _LAST_SPACE, _LAST_ASCII = (
    np.uint32(ord(character)) for character in "\t\r \x7f"
)
_CONTROLS = np.uint32(ord("\x1c")) - _LAST_BREAK


@dataclass(frozen=True, slots=True)
class Gathered:
    """Blocks in page order: their texts, and columns over them; elements as in `Elements`.

    ``pieces`` are the texts that the blocks were put together from, with columns over
    them: the block, the element directly around, how many elements begin before.
    """

    texts: list[str]
    element: Ints
    inner: Ints
    chars: Ints
    link_chars: Ints
    bold_chars: Ints
    hidden_chars: Ints
    links: Ints
    pieces: tuple[str, ...]
    piece_block: Ints
    piece_parent: Ints
    piece_place: Ints


def gather(nodes: Nodes, elements: Elements) -> Gathered:
    """Put the texts that are read into blocks; every visible character goes to one of them."""
    pieces = _seen_texts(nodes, elements)
    if not len(pieces.chars):
        none = _NO_INTS
        return Gathered([], none, none, none, none, none, none, none, (), none, none, none)
    is_first = _begins_piece(pieces, elements)
    is_first, is_row = _join_rows(pieces, elements, is_first)
    first = np.flatnonzero(is_first)
    element = pieces.container[first]
    element = np.where(is_row[first], elements.parent[element], element)
    return Gathered(
        texts=_block_texts(pieces, first),
        element=element,
        inner=_inner(pieces, elements, first),
        chars=_sums(pieces.chars, first),
        link_chars=_sums(pieces.chars * (pieces.link > 0), first),
        bold_chars=_sums(pieces.chars * elements.is_bold[pieces.parent], first),
        hidden_chars=_sums(pieces.chars * elements.is_hidden[pieces.parent], first),
        links=_sums(_begins_link(pieces, is_first), first),
        pieces=tuple([pieces.texts[text] for text in pieces.at.tolist()]),
        piece_block=np.cumsum(is_first) - 1,
        piece_parent=pieces.parent,
        piece_place=pieces.place,
    )


def _sums(values: Ints, first: Ints) -> Ints:
    return np.add.reduceat(values, first, dtype=np.int32)


@dataclass(slots=True)
class _Pieces:
    """The texts with visible characters, and all ``texts`` that are read, white space included.

    ``at`` is the place of each piece in ``texts``; all else are columns over
    pieces. ``starts`` and ``breaks`` count the block-level elements and the
    ``br`` before a piece, the cells of tables excepted, ``place`` all elements.
    """

    texts: list[str]
    at: Ints
    chars: Ints
    parent: Ints
    container: Ints
    link: Ints
    starts: Ints
    breaks: Ints
    place: Ints
    keeps_space: Bools


def _seen_texts(nodes: Nodes, elements: Elements) -> _Pieces:
    parents, places = nodes.text_parents, nodes.text_places
    read = np.flatnonzero(elements.kind[parents] == 0)
    parents, places = parents[read], places[read]
    texts = [nodes.texts[text] for text in read.tolist()]
    chars = _visible_chars(texts)
    is_read, tag = elements.kind == 0, elements.tag
    breaks = counts_before((tag == TAG_NUMBERS["br"]) & is_read)[places]
    starts = counts_before(elements.is_block_level & ~IS_CELL[tag] & is_read)[places]
    _mark_breaks(texts, breaks)
    _part_links(texts, elements.link[parents])
    at = np.flatnonzero(chars)
    parents = parents[at]
    return _Pieces(
        texts=texts,
        at=at,
        chars=chars[at],
        parent=parents,
        container=elements.container[parents],
        link=elements.link[parents],
        starts=starts[at],
        breaks=breaks[at],
        place=places[at],
        keeps_space=elements.keeps_space[parents],
    )


def _visible_chars(texts: list[str]) -> Ints:
    """For each text its characters that are not white space, counted in one go for the page."""
    code_points = np.frombuffer("".join(texts).encode("utf-32-le"), dtype=np.uint32)
    is_visible = code_points > _LAST_SPACE
    # The few others one by one: control characters, and white space beyond ASCII.
    is_control = (code_points < _FIRST_SPACE) | (code_points - _LAST_BREAK <= _CONTROLS)
    for some in (np.flatnonzero(is_control), np.flatnonzero(code_points > _LAST_ASCII)):
        is_visible[some] = ~_IS_SPACE.take(code_points[some], mode="clip")
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    visible: Ints = np.diff(counts_before(is_visible)[sums_before(sizes, np.int64)])
    return visible


def _mark_breaks(texts: list[str], breaks: Ints) -> None:
    between = np.diff(breaks)
    for text in np.flatnonzero(between).tolist():
        texts[text + 1] = BREAK * int(between[text]) + texts[text + 1]


def _part_links(texts: list[str], link: Ints) -> None:
    """Put a space between links that touch: a style sheet keeps them apart, as in a menu."""
    touch = (link[1:] != link[:-1]) & (link[1:] > 0) & (link[:-1] > 0)
    for text in np.flatnonzero(touch).tolist():
        texts[text + 1] = " " + texts[text + 1]


def _begins_piece(pieces: _Pieces, elements: Elements) -> Bools:
    """Where the container changes, a block-level element began, or breaks part two pieces."""
    is_first = np.ones(len(pieces.chars), dtype=np.bool_)
    is_parted = (np.diff(pieces.breaks) >= BREAKS_BETWEEN_BLOCKS) & ~pieces.keeps_space[1:]
    is_first[1:] = (np.diff(pieces.container) != 0) | (np.diff(pieces.starts) != 0) | is_parted
    return is_first


def _join_rows(pieces: _Pieces, elements: Elements, is_first: Bools) -> tuple[Bools, Bools]:
    """Make one block of the cells of a row, unless they are a layout.

    They are one when one of them is long, has paragraphs or other elements of
    its own, or is parted by breaks.
    """
    first = np.flatnonzero(is_first)
    container, starts = pieces.container[first], pieces.starts[first]
    is_cell, row = IS_CELL[elements.tag[container]], elements.parent[container]
    goes_on = is_cell[1:] & is_cell[:-1] & (np.diff(row) == 0) & (np.diff(starts) == 0)
    is_row = np.zeros(len(is_first), dtype=np.bool_)
    if not goes_on.any():
        return is_first, is_row
    run = np.flatnonzero(np.append(True, ~goes_on))
    is_parted = np.append(False, goes_on & (np.diff(container) == 0))
    longest = np.maximum.reduceat(_sums(pieces.chars, first), run)
    lengths = np.diff(np.append(run, len(first)))
    joins = (lengths > 1) & (longest <= CELL_LIMIT) & ~np.logical_or.reduceat(is_parted, run)
    is_row[first] = np.repeat(joins, lengths)
    is_first = is_first.copy()
    is_first[first] = ~is_row[first]
    is_first[first[run]] = True
    for text in pieces.at[first[np.flatnonzero(~is_first[first])]].tolist():
        pieces.texts[text] = CELL_END + pieces.texts[text]
    return is_first, is_row


def _begins_link(pieces: _Pieces, is_first: Bools) -> Ints:
    begins = is_first.copy()
    begins[1:] |= np.diff(pieces.link) != 0
    return (begins & (pieces.link > 0)).astype(np.int32)


def _inner(pieces: _Pieces, elements: Elements, first: Ints) -> Ints:
    """The lowest element around all pieces of a block: up from the first until it holds all."""
    lowest = np.minimum.reduceat(pieces.parent, first)
    highest = np.maximum.reduceat(pieces.parent, first)
    for block in np.flatnonzero(elements.end[lowest] <= highest).tolist():
        element, reach = lowest[block], highest[block]
        while elements.end[element] <= reach:
            element = elements.parent[element]
        lowest[block] = element
    return lowest


def _block_texts(pieces: _Pieces, first: Ints) -> list[str]:
    begins = pieces.at[first].tolist()
    ends = (pieces.at[np.append(first[1:], len(pieces.at)) - 1] + 1).tolist()
    texts = pieces.texts
    return [
        (_kept if keeps_space else _collapsed)(
            "".join(texts[begin:end]) if end - begin > 1 else texts[begin]
        )
        for begin, end, keeps_space in zip(
            begins, ends, pieces.keeps_space[first].tolist(), strict=True
        )
    ]


def _kept(text: str) -> str:
    return _LINE_END.sub("\n", text).replace(BREAK, "\n").strip()


def _collapsed(text: str) -> str:
    """One space for each run of ASCII white space; a no-break space stays, as in a browser."""
    written = text
    if text.isascii():
        text = " ".join(text.split())
    else:
        text = b" ".join(text.encode().split()).decode().strip()
    if BREAK in text:
        text = _AROUND_BREAK.sub(_line_or_cell, text.strip(" " + BREAK)).strip()
    return written if text == written else text  # kept as a piece, it takes no memory twice


def _line_or_cell(breaks: re.Match[str]) -> str:
    return "\n" if breaks[0].count(BREAK) == 1 else "\t"
