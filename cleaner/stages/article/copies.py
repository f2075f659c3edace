"""Where lines stand on their page once more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cleaner.stages.phrases import keys_of_texts, phrase_key


class Copies:
    """Finds the lines that say the same as some, without case and the punctuation at their ends.

    It is asked of few lines: the keys of all are made, compared and let go.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._places: dict[str, list[int]] = {}

    def find(self, lines: Iterable[int]) -> dict[int, list[int]]:
        """For each of some lines all the places where it stands, its own among them.

        >>> Copies(["The bridge", "Home", "the bridge."]).find([1, 2])
        {1: [1], 2: [0, 2]}
        """
        keys = {line: phrase_key(self._texts[line]) for line in lines}
        unknown: dict[str, list[int]] = {
            key: [] for key in keys.values() if key not in self._places
        }
        if unknown:
            self._look_for(unknown)
        return {line: self._places[key] for line, key in keys.items()}

    def _look_for(self, places: dict[str, list[int]]) -> None:
        for index, key in enumerate(keys_of_texts(self._texts)):
            if key in places:
                places[key].append(index)
        self._places |= places
