"""What may reach a terminal: text in which nothing steers it."""

from __future__ import annotations

import re

_STEERING = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, less TAB and LF
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of what follows
    "\ud800-\udfff"  # lone surrogates: cannot be written as UTF-8
    "]"
)
_LINE = re.compile(r"[\t\n\u2028\u2029]")


def printable(text: str) -> str:
    r"""The text with control characters, bidi controls and lone surrogates as escapes.

    LF and TAB stay. A page that holds ESC sequences cannot move the cursor,
    change the title or hide text once they are visible escapes.

    >>> printable("one\x1b[2Jtwo")
    'one\\x1b[2Jtwo'
    """
    return _STEERING.sub(_escape, text)


def printable_line(text: str) -> str:
    r"""The same for text that must stay on one line, such as a file's name.

    >>> printable_line("a\nb")
    'a\\x0ab'
    """
    return _LINE.sub(_escape, printable(text))


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
