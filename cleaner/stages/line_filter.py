"""A filter in front of the rules' patterns: RE2 names those that may match a line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any

import re2  # type: ignore[import-untyped, unused-ignore]

from cleaner.loosening import loosened

_MEMORY = 64 << 20  # bytes for the automaton's states; the rules' own take a tenth
_AT_ONCE = 4096  # lines; those of a page of 5 MB would be held twice


class LineFilter:
    """Finds for a line which of some patterns may match it, without case.

    Most lines are matched by none: `likely` reads many at once and names the others.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._set = re2.Set.SearchSet(_options())
        self._read: list[str] = []
        self._numbers: list[int] = []
        self._always: list[int] = []
        for number, pattern in enumerate(patterns):
            self._add(number, pattern)
        if self._numbers:
            self._set.Compile()

    def _add(self, number: int, pattern: str) -> None:
        """Add a pattern; one that RE2 cannot read is asked of every line."""
        read = loosened(pattern)
        try:
            self._set.Add(read)
        except (re2.error, ValueError):
            self._always.append(number)
        else:
            self._numbers.append(number)
            self._read.append(read)

    def find(self, line: str) -> Sequence[int]:
        """The numbers of the patterns that may match a line, from 0, in any order."""
        if not self._numbers:
            return self._always
        try:
            found = self._set.Match(line.encode())
        except UnicodeEncodeError:  # half a surrogate pair: RE2 reads UTF-8
            return [*self._numbers, *self._always]
        if not found:
            return self._always
        return [*map(self._numbers.__getitem__, found), *self._always]

    def likely(self, lines: Sequence[str]) -> Iterator[int]:
        """The places of the lines that some pattern may match, in order, and perhaps of others.

        No line has a line break in it. RE2 reads some thousand at once: to ask it costs more
        than to read a line.
        """
        for start in range(0, len(lines), _AT_ONCE):
            for place in self._likely(lines[start : start + _AT_ONCE]):
                yield start + place

    def _likely(self, lines: Sequence[str]) -> Iterable[int]:
        if self._always:
            return range(len(lines))
        if not self._read:
            return ()
        try:
            data = "\n".join(lines).encode()
        except UnicodeEncodeError:
            return range(len(lines))
        return self._matched_lines(data)

    def _matched_lines(self, data: bytes) -> Iterator[int]:
        line = at = 0
        for match in self._any.finditer(data):
            line, at = line + data.count(b"\n", at, match.start()), match.start()
            yield line

    @cached_property
    def _any(self) -> Any:
        """Any of the patterns in a line among others, with the rest of the line."""
        options = _options()
        options.never_nl = options.longest_match = options.never_capture = True
        patterns = "|".join(f"(?:{pattern})" for pattern in self._read)
        return re2.compile(f"(?m)(?:{patterns}).*".encode(), options)


def _options() -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.max_mem = _MEMORY
    options.log_errors = False
    return options
