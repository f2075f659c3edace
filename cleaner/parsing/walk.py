"""One walk over a parsed page, in document order: elements to rows, text to pieces."""

from __future__ import annotations

import re
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from cleaner.parsing.gathering import BREAK, CELL_LIMIT, Piece
from cleaner.parsing.tags import (
    BLOCK_LEVEL,
    KEEPS_SPACE,
    LEXBOR,
    LEXBOR_TALLIED,
    OTHER,
    ROWLESS,
    TAG_NUMBERS,
    TALLIED,
    UNSEEN,
)

_TEXT = 2
_COMMENT = 4
_HIDING_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.I)
_A = TAG_NUMBERS["a"]
_BR = TAG_NUMBERS["br"]
_BOLD = frozenset((TAG_NUMBERS["b"], TAG_NUMBERS["strong"]))
_CELLS = frozenset((TAG_NUMBERS["td"], TAG_NUMBERS["th"]))
_DIALOG = TAG_NUMBERS["dialog"]
_HTML = TAG_NUMBERS["html"]
_LINKS_TO_PAGE = "canonical"


class Frame(NamedTuple):
    """An open element: what holds for the text directly in it."""

    node: int
    row: int
    tag: int
    container: int
    skip: str
    keeps_space: bool
    link: int
    bold: bool
    hidden: bool


class Walk:
    """What one walk gathers; filled by `run`."""

    def __init__(self) -> None:
        self.tags: list[int] = []
        self.parents: list[int] = []
        self.ends: list[int] = []
        self.depths: list[int] = []
        self.hidden: list[bool] = []
        self.names: list[str] = []
        self.anchors: dict[int, str] = {}
        self.itemtypes: dict[int, str] = {}
        self.itemprops: dict[int, str] = {}
        self.roles: dict[int, str] = {}
        self.hrefs: dict[int, str] = {}
        self.tally: dict[str, int] = {}
        self.meta: dict[str, str] = {}
        self.titles: list[str] = []
        self.json_ld: list[str] = []
        self.canonical = ""
        self.lang = ""
        self.texts: list[str] = []
        self.pieces: list[Piece] = []
        self._cells: list[Piece] = []
        self._piece = Piece()
        self._breaks = 0
        self._last_link = 0
        self._links = 0
        self._low = 0
        self._stack: list[Frame] = []

    def run(self, document: LexborNode) -> None:
        """Walk over a document node and everything in it; never raises on content."""
        root = Frame(document.mem_id, -1, OTHER, 0, "", False, 0, False, False)
        stack = self._stack
        stack.append(root)
        nodes = document.traverse(include_text=True)
        next(nodes)
        for node in nodes:
            above = node.parent.mem_id
            if stack[-1].node != above:
                self._leave(above)
            tag = node.tag_id
            if tag == _TEXT:
                self._text(node.text_content or "", stack[-1])
            elif tag == _COMMENT:
                self._count("comment", len(node.comment_content or ""))
            else:
                self._enter(node, tag, stack[-1])
        self._leave(root.node)
        self._close()

    def _leave(self, above: int) -> None:
        stack, rows = self._stack, len(self.tags)
        closes = False
        while stack[-1].node != above:
            frame = stack.pop()
            if not frame.skip:
                self.ends[frame.row] = rows
                closes = closes or (frame.tag in BLOCK_LEVEL and frame.tag not in _CELLS)
        if closes:
            self._close()
        elif len(stack) < self._low:
            self._low = len(stack)

    def _enter(self, node: LexborNode, lexbor_tag: int, above: Frame) -> None:
        stack = self._stack
        if above.skip and above.skip != "head":
            stack.append(above._replace(node=node.mem_id))
            return
        attributes = node.attributes
        tallied = LEXBOR_TALLIED.get(lexbor_tag)
        if tallied is not None or above.skip:
            self._enter_tallied(node, tallied or "head", attributes, above)
            return
        tag = LEXBOR.get(lexbor_tag, OTHER)
        row = self._row(tag, above.row, len(stack) - 1)
        hidden = above.hidden or tag in UNSEEN
        link = above.link
        if attributes:
            hidden = self._read(row, tag, attributes) or hidden
            if tag == _A and "href" in attributes:
                self._links += 1
                link = self._links
        if tag == _DIALOG and "open" not in attributes:
            hidden = True
        self.hidden.append(hidden)
        container = above.container
        if tag in BLOCK_LEVEL:
            container = row
            if tag in _CELLS:
                self._next_cell()
            else:
                self._close()
        elif tag == _BR:
            self._break(above.keeps_space)
        stack.append(
            Frame(
                node.mem_id,
                row,
                tag,
                container,
                "",
                above.keeps_space or tag in KEEPS_SPACE,
                link,
                above.bold or tag in _BOLD,
                hidden,
            )
        )

    def _row(self, tag: int, parent: int, depth: int) -> int:
        row = len(self.tags)
        self.tags.append(tag)
        self.parents.append(parent)
        self.ends.append(row + 1)
        self.depths.append(depth)
        self.names.append("")
        return row

    def _read(self, row: int, tag: int, attributes: dict[str, str | None]) -> bool:
        """Keep what a feature may ask for; whether the element hides itself."""
        get = attributes.get
        name, anchor = get("class"), get("id")
        if name or anchor:
            self.names[row] = f"{name or ''} {anchor or ''}"
        if anchor:
            self.anchors[row] = anchor
        if tag == _A:
            if href := get("href"):
                self.hrefs[row] = href
            if not anchor and (name := get("name")):
                self.anchors[row] = name
        if value := get("itemtype"):
            self.itemtypes[row] = value
        if value := get("itemprop"):
            self.itemprops[row] = value
        if value := get("role"):
            self.roles[row] = value
        if tag == _HTML:
            self.lang = get("lang") or get("xml:lang") or ""
        style = get("style")
        return (
            "hidden" in attributes
            or (style is not None and _HIDING_STYLE.search(style) is not None)
            or get("aria-hidden") == "true"
        )

    def _enter_tallied(
        self, node: LexborNode, name: str, attributes: dict[str, str | None], above: Frame
    ) -> None:
        skip, row = TALLIED[name], above.row
        if name not in ROWLESS:
            row = self._row(LEXBOR.get(node.tag_id, OTHER), above.row, len(self._stack) - 1)
            self._read(row, OTHER, attributes)
            self.hidden.append(above.hidden)
        elif name == "meta":
            self._meta(attributes)
        elif name == "link":
            self._link(attributes)
        elif name == "title":
            skip = "title"
        elif name == "script" and "ld+json" in (attributes.get("type") or "").lower():
            skip = "json_ld"
        self._stack.append(above._replace(node=node.mem_id, row=row, skip=skip))

    def _meta(self, attributes: dict[str, str | None]) -> None:
        content = attributes.get("content")
        if content:
            for key in ("name", "property", "itemprop", "http-equiv"):
                if name := attributes.get(key):
                    self.meta.setdefault(name.strip().lower(), content)

    def _link(self, attributes: dict[str, str | None]) -> None:
        relations = (attributes.get("rel") or "").lower().split()
        if _LINKS_TO_PAGE in relations and not self.canonical:
            self.canonical = attributes.get("href") or ""

    def _count(self, kind: str, chars: int) -> None:
        self.tally[kind] = self.tally.get(kind, 0) + chars

    def _text(self, text: str, frame: Frame) -> None:
        if frame.skip:
            self._skipped(text, frame.skip)
            return
        piece = self._piece
        visible = len("".join(text.split()))
        if not visible:
            if piece.chars:
                piece.parts.append(text)
            return
        if self._breaks:
            if piece.chars and self._breaks > 1:
                self._close()
                piece = self._piece
            elif piece.chars:
                piece.parts.append(BREAK)
            self._breaks = 0
        if piece.chars:
            piece.inner = self._stack[self._low - 1].row
        else:
            self._low = len(self._stack)
            piece.container, piece.inner = frame.container, frame.row
            piece.keeps_space = frame.keeps_space
        piece.chars += visible
        link = frame.link
        if link:
            piece.link_chars += visible
            if link != self._last_link:
                piece.links += 1
                if self._last_link:
                    piece.parts.append(" ")
        self._last_link = link
        if frame.bold:
            piece.bold_chars += visible
        if frame.hidden:
            piece.hidden_chars += visible
        piece.parts.append(text)

    def _skipped(self, text: str, kind: str) -> None:
        if kind == "title":
            self.titles.append(text)
            kind = "head"
        elif kind == "json_ld":
            self.json_ld.append(text)
            kind = "script"
        self._count(kind, len(text))

    def _break(self, keeps_space: bool) -> None:
        if not keeps_space:
            self._breaks += 1
        elif self._piece.chars:
            self._piece.parts.append(BREAK)

    def _next_cell(self) -> None:
        self._breaks = self._last_link = 0
        if self._piece.chars:
            self._cells.append(self._piece)
            self._piece = Piece()

    def _close(self) -> None:
        """End the open block, or the open row of cells."""
        self._breaks = self._last_link = 0
        if self._piece.chars:
            self._cells.append(self._piece)
            self._piece = Piece()
        if self._cells:
            cells, self._cells = self._cells, []
            if len(cells) > 1 and max(cell.chars for cell in cells) <= CELL_LIMIT:
                self._emit_row(cells)
            else:
                for cell in cells:
                    self._emit(cell, cell.text())

    def _emit_row(self, cells: list[Piece]) -> None:
        row = self.parents[cells[0].container]
        joined = Piece(container=row, inner=row)
        for cell in cells:
            joined.chars += cell.chars
            joined.link_chars += cell.link_chars
            joined.bold_chars += cell.bold_chars
            joined.hidden_chars += cell.hidden_chars
            joined.links += cell.links
        self._emit(joined, "\t".join(cell.text() for cell in cells))

    def _emit(self, piece: Piece, text: str) -> None:
        self.pieces.append(piece)
        self.texts.append(text)
