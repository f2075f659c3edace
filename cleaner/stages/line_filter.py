"""A filter in front of the rules' patterns: RE2 names those that may match a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import re2  # type: ignore[import-untyped, unused-ignore]

from cleaner.re2_patterns import loosened

_MEMORY = 64 << 20  # bytes for the automaton's states; the rules' own take a tenth


class LineFilter:
    """Finds for a line which of some patterns may match it, without case."""

    def __init__(self, patterns: Iterable[str]) -> None:
        options = re2.Options()
        options.case_sensitive = False
        options.max_mem = _MEMORY
        options.log_errors = False
        self._set = re2.Set.SearchSet(options)
        self._numbers: list[int] = []
        self._always: list[int] = []
        for number, pattern in enumerate(patterns):
            self._add(number, pattern)
        if self._numbers:
            self._set.Compile()

    def _add(self, number: int, pattern: str) -> None:
        """Add a pattern; one that RE2 cannot read is asked of every line."""
        try:
            self._set.Add(loosened(pattern))
        except (re2.error, ValueError):
            self._always.append(number)
        else:
            self._numbers.append(number)

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
