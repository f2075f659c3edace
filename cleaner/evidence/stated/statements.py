"""What a page states of itself, held against its blocks.

JSON-LD, ``meta`` and ``title`` name the headline, the summary, the author, the
day, the section, the site, and now and then give the whole text and the comments.
A block that says the same is what they say. Words are compared by hash, all
blocks at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.lines.arrays import Flags, Ints, Lines, gather_lines
from cleaner.parsing.columns import sums_before
from cleaner.parsing.head import Head

Floats = NDArray[np.float32]

SUBJECTS = ("title", "summary", "author", "section", "site", "text", "comments")
"""What is stated, in the order of the bits and columns."""

_META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "summary": ("description", "og:description", "twitter:description"),
    "author": ("author", "article:author", "dc.creator", "parsely-author", "byl", "twitter:data1"),
    "section": ("article:section", "section", "article:tag", "keywords", "news_keywords"),
    "site": ("og:site_name", "application-name", "publisher"),
}
_LINKED = {
    "title": ("headline", "name"),
    "summary": ("description", "alternativeHeadline", "abstract"),
    "author": ("author", "creator"),
    "section": ("articleSection", "keywords"),
    "site": ("publisher", "isPartOf"),
    "text": ("articleBody", "text", "reviewBody"),
    "comments": ("comment", "suggestedAnswer", "review"),
}
_DATES = ("article:published_time", "article:modified_time", "date", "pubdate", "dc.date",
          "datepublished", "datemodified", "og:updated_time", "parsely-pub-date")  # fmt: skip
_LINKED_DATES = ("datePublished", "dateModified", "dateCreated", "uploadDate")
_DAY = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
_INSIDE = ("name", "headline", "text", "description")  # of an object, what stands for it
_DEPTH = 3  # objects in objects that are looked into
_BUCKETS = 1 << 16
_LONGEST_DATE = 60  # characters of a block that may name the day
_PAIR = np.uint32(0x9E3779B1)


class Statements:
    """What the head says, by subject (`SUBJECTS`), and the days it names as year and day."""

    def __init__(self, head: Head) -> None:
        self.texts: dict[str, list[str]] = {subject: [] for subject in SUBJECTS}
        self.texts["title"].append(head.title)
        self.days: set[tuple[str, str]] = set()
        for subject, names in _META.items():
            self.texts[subject] += filter(None, map(head.meta.get, names))
        for value in filter(None, map(head.meta.get, _DATES)):
            self._add_days(value)
        for linked in head.linked:
            self._add_linked(linked)

    def _add_linked(self, linked: dict[str, Any]) -> None:
        is_name = "headline" in linked or "name" not in linked
        for subject, names in _LINKED.items():
            for name in names if is_name or subject != "title" else ():
                if name in linked:
                    self.texts[subject] += _strings(linked[name], _DEPTH)
        for name in _LINKED_DATES:
            if isinstance(linked.get(name), str):
                self._add_days(linked[name])

    def _add_days(self, value: str) -> None:
        for year, _, day in _DAY.findall(value):
            self.days.add((year, day.lstrip("0")))


def _strings(value: Any, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and depth:
        for each in value:
            yield from _strings(each, depth)
    elif isinstance(value, dict) and depth:
        for name in _INSIDE:
            yield from _strings(value.get(name), depth - 1)


def statement_names() -> tuple[str, ...]:
    """The columns of the shares in `statement_features`."""
    return tuple(f"{part} {s}" for part in ("words of", "pairs of", "covers") for s in SUBJECTS)


def statement_features(
    lines: Lines, texts: Sequence[str], head: Head
) -> tuple[Floats, Flags, list[bool]]:
    """How much of each line the head states, by subject, and how much of that the line covers.

    Beside these shares (`statement_names`) whether a line names the day, and which
    of the `SUBJECTS` the page states.
    """
    said = Statements(head)
    stated = [" \n ".join(said.texts[subject]).replace("\n", " ") for subject in SUBJECTS]
    spoken = gather_lines([stated])
    own, pairs = _bits(spoken)
    words = lines.words
    sizes = np.maximum(words.end - words.begin, 1)
    hits = _counts(lines, own[words.hashes % _BUCKETS])
    joint = _counts(lines, pairs[_pairs(lines) % _BUCKETS])
    several = np.array([max(len(set(said.texts[s])), 1) for s in SUBJECTS])
    length = np.maximum((spoken.words.end - spoken.words.begin) / several, 1)
    columns = np.zeros((len(lines), len(statement_names())), np.float32)
    count = len(SUBJECTS)
    columns[:, :count] = hits / sizes[:, None]
    columns[:, count : 2 * count] = joint / sizes[:, None]
    columns[:, 2 * count :] = np.minimum(hits / length, 2)
    return (
        columns,
        np.array(_names_day(texts, said.days), np.bool_),
        [bool(text.strip()) for text in stated],
    )


def _pairs(lines: Lines) -> NDArray[np.uint32]:
    """A hash of each word with the one before it; of a line's first with its own end."""
    hashes = lines.words.hashes
    before = np.roll(hashes, 1)
    before[lines.words.place == 0] = 1
    return (before * _PAIR) ^ hashes


def _bits(spoken: Lines) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """For each bucket of words, and of pairs, the subjects that have it, as bits."""
    bit = (1 << spoken.words.line).astype(np.uint8)
    tables = np.zeros((2, _BUCKETS), np.uint8)
    np.bitwise_or.at(tables[0], spoken.words.hashes % _BUCKETS, bit)
    np.bitwise_or.at(tables[1], _pairs(spoken) % _BUCKETS, bit)
    return tables[0], tables[1]


def _counts(lines: Lines, bits: NDArray[np.uint8]) -> Ints:
    """How many words of each line have each bit."""
    some = np.flatnonzero(bits)
    counts = np.zeros((len(lines), len(SUBJECTS)), np.int64)
    if len(some):
        rows = (bits[some, None] >> np.arange(len(SUBJECTS), dtype=np.uint8)) & 1
        sums = sums_before(rows, np.int64)
        begin = np.searchsorted(some, lines.words.begin)
        counts = sums[np.searchsorted(some, lines.words.end)] - sums[begin]
    return counts


def _names_day(texts: Sequence[str], days: set[tuple[str, str]]) -> list[bool]:
    """Which texts are short and have a year and a day that are stated."""
    found = [False] * len(texts)
    for year, day in days:
        pattern = re.compile(rf"(?<!\d)0?{day}(?!\d)")
        for line, text in enumerate(texts):
            if year in text and len(text) <= _LONGEST_DATE and pattern.search(text):
                found[line] = True
    return found
