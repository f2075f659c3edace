"""Find the passages of a comment that repeat the article or an earlier comment word for word.

Every run of `_SHINGLE` words seen so far is indexed with the places where it
stands, so a passage is found in time linear in its length.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from cleaner.page import Quote

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_SHINGLE = 4  # words; shorter repeats are chance
_INLINE = 8  # words a repeat must have inside a paragraph that says more
_MOST_PLACES = 8  # places kept per shingle: '+1 +1 +1 +1' a thousand times must not cost a million


@dataclass(frozen=True, slots=True)
class Source:
    """Where indexed words stand: their block, and their comment or None for the article."""

    block: int
    comment: int | None
    words: tuple[str, ...]


@dataclass
class QuoteIndex:
    r"""The words of the article and of the comments so far.

    >>> index = QuoteIndex()
    >>> index.add("A truce is a path to nowhere, she said.", block=3)
    >>> [quote.text for quote in index.quotes("A truce is a path\n\nI agree with that.")]
    ['A truce is a path']
    """

    _places: dict[tuple[str, ...], list[tuple[Source, int]]] = field(default_factory=dict)

    def add(self, text: str, *, block: int, comment: int | None = None) -> None:
        """Index one block of the article, or of a comment."""
        words = _bare_words(text)
        source = Source(block, comment, words)
        shingles = zip(*(words[start:] for start in range(_SHINGLE)), strict=False)
        for index, shingle in enumerate(shingles):
            places = self._places.setdefault(shingle, [])
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
        index = 0
        while index <= len(words) - _SHINGLE:
            length, source = self._longest(words, index)
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

    def _longest(self, words: list[tuple[str, int, int]], index: int) -> tuple[int, Source | None]:
        """The longest repeat that begins at a word, and where it first stands."""
        shingle = tuple(word for word, _, _ in words[index : index + _SHINGLE])
        best, best_source = 0, None
        for source, place in self._places.get(shingle, ()):
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
    return tuple(word.casefold().replace("’", "'") for word in _WORD.findall(text))


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Each word, casefolded and with straight apostrophes, with where it stands."""
    for match in _WORD.finditer(text):
        yield match.group().casefold().replace("’", "'"), match.start(), match.end()
