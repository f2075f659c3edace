"""How far a run has come in the bytes of its inputs."""

from __future__ import annotations

from cleaner.reading import Item, Missed, Source


class Positions:
    """The bytes of all inputs up to a document, as its inputs are read one after the other.

    Where nobody knows how far a file was read (a pipe), the documents' own bytes count.
    """

    def __init__(self) -> None:
        self._before = self._at = self._content = 0

    def after(self, item: Item) -> int:
        """The position behind a document of the input in work."""
        self._content += len(item.content)
        self._at = max(self._at, item.consumed or self._content)
        return self._before + self._at

    def skip(self, consumed: int) -> int:
        """The position behind the first bytes of the input in work."""
        self._at = consumed
        return self._before + self._at

    def end(self, source: Source | Missed) -> None:
        """The input in work is at its end; the next one follows."""
        is_file = isinstance(source, Source) and source.path is not None
        self._before += source.size if is_file and isinstance(source, Source) else self._at
        self._at = self._content = 0
