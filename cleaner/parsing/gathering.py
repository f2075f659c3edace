"""Pieces of text to blocks: what stands together, where a block ends, how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

CELL_LIMIT = 200
"""Visible characters of a table cell from which on its row is a layout and not a record."""

BREAK = "\0"
"""Stands for ``<br>`` in a piece; a parsed page holds no NUL of its own."""

_SPACE = re.compile(r"[ \t\n\r\f]+")
_AROUND_BREAK = re.compile(f" ?{BREAK} ?")
_LINE_END = re.compile("\r\n?")


@dataclass(slots=True)
class Piece:
    """A block in the making, or one cell of a row."""

    container: int = 0
    inner: int = 0
    parts: list[str] = field(default_factory=list)
    chars: int = 0
    link_chars: int = 0
    bold_chars: int = 0
    hidden_chars: int = 0
    links: int = 0
    keeps_space: bool = False

    def text(self) -> str:
        """The piece as it is read: white space collapsed, unless it is kept."""
        text = "".join(self.parts)
        if self.keeps_space:
            return _LINE_END.sub("\n", text).replace(BREAK, "\n").strip()
        text = _SPACE.sub(" ", text)
        if BREAK in text:
            text = _AROUND_BREAK.sub("\n", text)
        return text.strip()
