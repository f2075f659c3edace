"""A filter in front of the rules' patterns: RE2 names those that may match a line.

RE2 takes time linear in the line for all patterns together, but knows no
looking around, and its word characters are those of ASCII. So patterns are
loosened: whatever a pattern matches, its loosened form matches too, and more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import re2  # type: ignore[import-untyped, unused-ignore]

_CLASSES = {"w": r"\pL\pN\pM_", "d": r"\p{Nd}", "s": r"\s\x0b\x1c-\x1f\x85\pZ"}
"""What Python means by these classes, in RE2's words; its ``\\W`` and the like take in more."""

_PART = re.compile(
    r"""(?P<look>\(\?<?[=!])
    |\(\?P<\w+>|(?P<group>\((?!\?))
    |\[(?P<no>\^?)(?P<set>\]?(?:\\.|[^\]\\])*)\]
    |\\(?P<escaped>.)
    |\{,(?P<most>\d+)\}
    |(?P<other>.)""",
    re.X | re.S,
)
_IN_SET = re.compile(r"\\(.)", re.S)
_MEMORY = 64 << 20  # bytes for the automaton's states; the rules' own take a tenth


class LineFilter:
    """Finds for a line which of some lists of patterns may match it, without case."""

    def __init__(self, patterns: Sequence[Sequence[str]]) -> None:
        options = re2.Options()
        options.case_sensitive = False
        options.max_mem = _MEMORY
        options.log_errors = False
        self._set = re2.Set.SearchSet(options)
        self._owners: list[int] = []
        self._always: list[int] = []
        for owner, alternatives in enumerate(patterns):
            for pattern in alternatives:
                self._add(owner, pattern)
        if self._owners:
            self._set.Compile()

    def _add(self, owner: int, pattern: str) -> None:
        """Add a pattern; one that RE2 cannot read is asked of every line."""
        try:
            self._set.Add(loosened(pattern))
        except (re2.error, ValueError):
            self._always.append(owner)
        else:
            self._owners.append(owner)

    def find(self, line: str) -> list[int]:
        """The places of the lists of which a pattern may match; a place may come twice."""
        if not self._owners:
            return self._always
        try:
            found = self._set.Match(line)
        except UnicodeEncodeError:  # half a surrogate pair: RE2 reads UTF-8
            return [*self._owners, *self._always]
        return [*map(self._owners.__getitem__, found), *self._always] if found else self._always


def loosened(pattern: str) -> str:
    r"""A pattern of Python's as RE2 can read it, which matches at least as much.

    >>> loosened(r"^(?P<n>\d+) posts?\b(?! by)")
    '^(?:[\\p{Nd}]+) posts?'
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
            yield f"{{0,{part['most']}}}"
        else:
            yield part["other"] or "(?:"


def _loosened_escape(letter: str) -> str:
    if letter in "bB":
        return ""
    return f"[{_CLASSES[letter]}]" if letter in _CLASSES else "\\" + letter


def _loosened_set(no: str, members: str) -> str:
    """A set of characters; in one of what must not stand there, ASCII classes exclude less."""
    if no:
        return f"[^{members}]"
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
