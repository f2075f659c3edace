"""A page as labels: one line per block, ``role | text``, the body of a golden file."""

from __future__ import annotations

import re

from cleaner.document import Role
from cleaner.page import Page

CUT = " | "
"""What stands between role and text; only the first one on a line is cut."""

_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r"}
_UNESCAPES = {written: plain for plain, written in _ESCAPES.items()}
_PLAIN = re.compile(r"[\\\n\r]")
_WRITTEN = re.compile(r"\\.?", re.DOTALL)


def escape(text: str) -> str:
    r"""The text on one line: a backslash as ``\\``, LF as ``\n``, CR as ``\r``.

    VT, FF, NEL, U+2028 and U+2029 end no line here and stay as they are.

    >>> print(escape("C:\\new\nline"))
    C:\\new\nline
    """
    return _PLAIN.sub(lambda match: _ESCAPES[match[0]], text)


def unescape(text: str) -> str:
    r"""What `escape` was given. Raises `ValueError` on any other use of a backslash.

    >>> unescape(escape("C:\\new\nline")) == "C:\\new\nline"
    True
    """
    return _WRITTEN.sub(_unescaped, text)


def label_line(role: str, text: str) -> str:
    r"""One block as a line, without the LF at its end; ``role`` may be ``?``.

    >>> label_line(Role.BODY, "one | two")
    'body | one | two'
    """
    return f"{role}{CUT}{escape(text)}"


def render_labels(page: Page, keep: frozenset[Role] | None = None) -> str:
    """The page's blocks as label lines, each ending in LF; empty for a page without blocks.

    ``keep`` leaves out the blocks with other roles; None keeps all.
    """
    blocks = (block for block in page.blocks if keep is None or block.role in keep)
    return "".join(label_line(block.role, block.text) + "\n" for block in blocks)


def _unescaped(match: re.Match[str]) -> str:
    written = match[0]
    if written not in _UNESCAPES:
        raise ValueError(f"{written!r} is no escape; a backslash is written \\\\, a line break \\n")
    return _UNESCAPES[written]
