"""Regular expressions of Python's for RE2, which runs them in linear time and many at once.

RE2 knows no looking around, and its word characters are those of ASCII. So
patterns are loosened: whatever a pattern matches, its loosened form matches
too, and more; what RE2 finds is then asked of the pattern itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_BEYOND = r"\x{80}-\x{10ffff}"
_CLASSES = {"w": rf"\w{_BEYOND}", "d": rf"\d{_BEYOND}", "s": rf"\s\x0b\x1c-\x1f{_BEYOND}"}
"""Python's classes as their members in ASCII and all that is beyond; ``\\W`` and the like take in
more anyway. Exact classes of Unicode have hundreds of ranges: compiling all patterns took three
times as long, and more is let through only where a line is not in ASCII."""

_PART = re.compile(
    r"""(?P<look>\(\?<?[=!])
    |\(\?P<\w+>|(?P<group>\((?!\?))
    |\[(?P<no>\^?)(?P<set>\]?(?:\\.|[^\]\\])*)\]
    |\\(?P<escaped>.)
    |\{(?P<least>\d*),(?P<most>\d+)\}
    |(?P<other>[^\\[({)]+|.)""",
    re.X | re.S,
)
_IN_SET = re.compile(r"\\(.)", re.S)

_LONG_COUNT = 20
"""Repetitions from which on any number will do. RE2 writes a counted part out as often as it is
counted: without the long counts all patterns compile in half the time, and hardly a line more
passes."""


def loosened(pattern: str) -> str:
    r"""A pattern of Python's as RE2 can read it, which matches at least as much.

    >>> loosened(r"^(?P<n>\d+) posts?\b(?! by)")
    '^(?:[\\d\\x{80}-\\x{10ffff}]+) posts?'
    """
    return "".join(_loosened_parts(pattern))


def _loosened_parts(pattern: str) -> Iterator[str]:
    at = 0
    while at < len(pattern):
        part = _PART.match(pattern, at)
        if part is None:  # a bracket that nothing closes: RE2 will say so
            yield pattern[at:]
            return
        at = part.end()
        if part["look"]:
            at = _group_end(pattern, part.start())
        elif part["set"] is not None:
            yield _loosened_set(part["no"], part["set"])
        elif part["escaped"]:
            yield _loosened_escape(part["escaped"])
        elif part["most"]:
            yield _loosened_count(int(part["least"] or 0), int(part["most"]))
        else:
            yield part["other"] or "(?:"


def _loosened_count(least: int, most: int) -> str:
    return f"{{{least},}}" if most >= _LONG_COUNT else f"{{{least},{most}}}"


def _loosened_escape(letter: str) -> str:
    if letter in "bB":
        return ""
    return f"[{_CLASSES[letter]}]" if letter in _CLASSES else "\\" + letter


def _loosened_set(no: str, members: str) -> str:
    r"""A set of characters; in one of what must not stand there, ASCII classes exclude less.

    But what must be none of ``\W`` is a word character, and RE2's ``\W`` has all letters
    beyond ASCII in it.
    """
    if no:
        escaped = _IN_SET.findall(members)
        inner = next((_CLASSES[each.lower()] for each in escaped if each in "WDS"), None)
        return f"[{inner}]" if inner else f"[^{members}]"
    return f"[{_IN_SET.sub(lambda found: _CLASSES.get(found[1], found[0]), members)}]"


def _group_end(pattern: str, start: int) -> int:
    """The place after the bracket that closes the group at ``start``."""
    depth, at = 0, start
    while part := _PART.match(pattern, at):
        at = part.end()
        depth += part[0].startswith("(")
        depth -= part[0] == ")"
        if not depth:
            return at
    return len(pattern)
