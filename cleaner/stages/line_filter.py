"""A filter in front of the rules' patterns: RE2 names those that may match a line."""

from __future__ import annotations

from collections.abc import Sequence

import re2  # type: ignore[import-untyped, unused-ignore]

from cleaner.loosening import loosened

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
