"""Find the passages of a comment that repeat the article or an earlier comment word for word.

Every run of `_SHINGLE` words seen so far is indexed with the places where it
stands, so a passage is found in time linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import chain

from cleaner.page import Quote

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SHINGLE = 4  # words; shorter repeats are chance
_INLINE = 8  # words a repeat must have inside a paragraph that says more
_MOST_PLACES = 8  # places kept per shingle: '+1 +1 +1 +1' a thousand times must not cost a million

Run = tuple[str, ...]
"""So many words that follow one another."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where indexed words stand: their block, and their comment or None for the article."""

    block: int
    comment: int | None
    words: tuple[str, ...]


@dataclass
class QuoteIndex:
    r"""The words of the article and of the comments so far.

    ``asked`` are the only runs of words that are kept, where it is known what will be asked.

    >>> index = QuoteIndex()
    >>> index.add("A truce is a path to nowhere, she said.", block=3)
    >>> [quote.text for quote in index.quotes("A truce is a path\n\nI agree with that.")]
    ['A truce is a path']
    """

    asked: Set[Run] | None = None
    _places: dict[Run, list[tuple[Source, int]]] = field(default_factory=dict)

    def add(self, text: str, *, block: int, comment: int | None = None) -> None:
        """Index one block of the article, or of a comment."""
        words = _bare_words(text)
        runs = list(_runs(words))
        if self.asked is not None and self.asked.isdisjoint(runs):
            return
        source = Source(block, comment, words)
        for index, run in enumerate(runs):
            if self.asked is None or run in self.asked:
                places = self._places.setdefault(run, [])
                if len(places) < _MOST_PLACES:
                    places.append((source, index))

    def quotes(self, text: str) -> tuple[Quote, ...]:
        """The quotes in a comment's text, whose paragraphs are set apart by a blank line."""
        found: list[Quote] = []
        offset = 0
        paragraphs = text.split("\n\n")
        for paragraph in paragraphs:
            found.extend(self._quotes_in(paragraph, offset, is_alone=len(paragraphs) == 1))
            offset += len(paragraph) + 2
        return tuple(found)

    def _quotes_in(self, paragraph: str, offset: int, *, is_alone: bool) -> Iterator[Quote]:
        words = list(_words(paragraph))
        runs = list(_runs(tuple([word for word, _, _ in words])))
        index = 0
        while index < len(runs):
            if runs[index] not in self._places:
                index += 1
                continue
            length, source = self._longest(words, index, runs[index])
            is_whole = length == len(words) and not is_alone
            if source and (is_whole or length >= _INLINE):
                start, end = words[index][1], words[index + length - 1][2]
                if length == len(words):
                    start, end = 0, len(paragraph)
                yield Quote(
                    paragraph[start:end], offset + start, offset + end, source.block, source.comment
                )
                index += length
            else:
                index += 1

    def _longest(
        self, words: list[tuple[str, int, int]], index: int, run: Run
    ) -> tuple[int, Source | None]:
        """The longest repeat that begins at a word with this run, and where it first stands."""
        best, best_source = 0, None
        for source, place in self._places[run]:
            length = _SHINGLE
            while (
                index + length < len(words)
                and place + length < len(source.words)
                and words[index + length][0] == source.words[place + length]
            ):
                length += 1
            if length > best:
                best, best_source = length, source
        return best, best_source


def runs_in(texts: Iterable[str]) -> frozenset[Run]:
    """The runs of words that `QuoteIndex.quotes` looks up in texts of one paragraph each."""
    return frozenset(chain.from_iterable(_runs(_bare_words(text)) for text in texts))


def _runs(words: tuple[str, ...]) -> Iterator[Run]:
    return zip(*(words[start:] for start in range(_SHINGLE)), strict=False)


def with_set_quotes(
    found: tuple[Quote, ...], paragraphs: Sequence[str], is_quote: Sequence[bool]
) -> tuple[Quote, ...]:
    """The quotes of a comment with those paragraphs added that are set as quotes.

    A paragraph in which a repeat was found stays with it; of the others nobody
    knows whence they are: their ``block`` is None.
    """
    quotes, start = list(found), 0
    begun = {quote.start for quote in found}
    for paragraph, is_set in zip(paragraphs, is_quote, strict=True):
        end = start + len(paragraph)
        if is_set and not any(start <= place < end for place in begun):
            quotes.append(Quote(paragraph, start, end, None))
        start = end + 2
    return tuple(sorted(quotes, key=lambda quote: quote.start))


def _bare_words(text: str) -> tuple[str, ...]:
    """The `_words` without their places."""
    if text.isascii():
        return tuple(_WORD.findall(text.casefold()))
    return tuple([word.casefold() for word in _WORD.findall(text.replace("’", "'"))])


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word, casefolded and with straight apostrophes, with where it stands."""
    for match in _WORD.finditer(text):
        yield match.group().casefold().replace("’", "'"), match.start(), match.end()
