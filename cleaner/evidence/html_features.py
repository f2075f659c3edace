"""Features of the blocks of an HTML page, as columns of numbers.

Sums over ancestors and descendants are differences of cumulative sums over the
elements in pre-order, so nothing here loops over elements or blocks but to look
up their names. Ideas: path and class scores (Vogels et al. 2018), link density
(Kohlschütter et al. 2010), the top candidate (Readability.js).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Block
from cleaner.evidence.characters import Characters, count_characters
from cleaner.evidence.tokens import FAMILIES, TABLE_SIZE, families_of, places_of
from cleaner.parsing.head import Head
from cleaner.parsing.tags import TAG_NUMBERS, TAGS
from cleaner.parsing.tree import Tree

Floats = NDArray[np.float32]

_GOOD_WORDS = 12  # words of a block that reads as text
_GOOD_LINKS = 0.3  # share of its characters in links, at most
_SHARES = (0.5, 0.7)  # of the good words that the deepest element around the piece holds

_BLOCK_TAGS = [
    "p",
    "li",
    "td",
    "tr",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "div",
    "span",
    "a",
    "pre",
    "blockquote",
    "figcaption",
    "dt",
    "dd",
    "button",
    "option",
    "label",
    "section",
    "article",
    "header",
    "footer",
    "nav",
    "summary",
    "th",
    "caption",
    "textarea",
    "legend",
]
_AROUND_TAGS = [
    "nav",
    "header",
    "footer",
    "aside",
    "article",
    "main",
    "section",
    "form",
    "ul",
    "ol",
    "table",
    "figure",
    "blockquote",
    "pre",
    "details",
    "dl",
    "button",
    "p",
    "a",
    "noscript",
    "h1",
    "h2",
    "h3",
    "li",
    "select",
    "address",
]
_NEIGHBOURS = (-3, -2, -1, 1, 2, 3)
_WINDOWS = (3, 9)
_LEVELS = 3


@dataclass(frozen=True, eq=False)
class HtmlPage:
    """What the features are made of: a parsed page and the scores of its elements' names.

    ``weights`` are the learned tables, a row per place and a column per table.
    """

    blocks: Sequence[Block]
    tree: Tree
    head: Head
    weights: Floats

    @cached_property
    def characters(self) -> Characters:
        """Counts of characters and words."""
        return count_characters([block.text for block in self.blocks])

    @cached_property
    def kinds(self) -> ElementKinds:
        """Elements with the same tag and names are one kind: their names are looked up once."""
        numbers: dict[tuple[int, tuple[str, ...]], int] = {}
        keys = zip(self.tree.tag.tolist(), self.tree.raw_tokens, strict=True)
        of_element = [numbers.setdefault(key, len(numbers)) for key in keys]
        return ElementKinds(tuple(numbers), np.array(of_element, np.int64))

    @cached_property
    def scores(self) -> Floats:
        """A row per element, a column per table: the sum of the weights of its own names."""
        places = [places_of(tag, tokens) for tag, tokens in self.kinds.names]
        sizes = np.fromiter(map(len, places), np.int64, len(places))
        flat = np.fromiter(chain.from_iterable(places), np.int64, int(sizes.sum()))
        starts = np.cumsum(sizes) - sizes
        sums: Floats = np.add.reduceat(self.weights[flat], starts, axis=0)[self.kinds.of_element]
        return sums


@dataclass(frozen=True, eq=False)
class ElementKinds:
    """The different tags with names on a page, and which of them each element is."""

    names: tuple[tuple[int, tuple[str, ...]], ...]
    of_element: NDArray[np.int64]


class Paths:
    """Sums over an element and the elements around it, level by level from the top."""

    def __init__(self, tree: Tree) -> None:
        self.parent = tree.parent
        order = np.argsort(tree.depth, kind="stable")
        steps = np.flatnonzero(np.diff(tree.depth[order])) + 1
        self.levels = np.split(order, steps)

    def sums(self, values: Floats) -> Floats:
        """A row for each element: the sum of its own row and the rows of its ancestors."""
        sums = values.copy()
        for level in self.levels[1:]:
            sums[level] += sums[self.parent[level]]
        return sums


def html_features(page: HtmlPage) -> Floats:
    """The features of a page, a row per block and a column per name of `html_feature_names`."""
    return _Features(page).table()


class _Features:
    def __init__(self, page: HtmlPage) -> None:
        self.page = page
        self.tree = page.tree
        self.element = page.tree.element
        self.count = len(page.blocks)
        characters = page.characters
        self.words = characters.words
        chars = np.maximum(page.tree.chars, 1).astype(np.float32)
        self.link_share = page.tree.link_chars / chars
        self.is_good = (
            (self.words >= _GOOD_WORDS)
            & (self.link_share <= _GOOD_LINKS)
            & (page.tree.hidden_chars < chars)
        )
        self.good_words = np.where(self.is_good, self.words, 0.0).astype(np.float32)
        self.paths = Paths(page.tree)
        self.columns: list[tuple[str, NDArray[np.generic]]] = []

    def table(self) -> Floats:
        self.text()
        self.tags()
        self.names()
        self.place()
        self.signature()
        self.levels()
        self.candidates()
        self.title()
        self.repeats()
        self.around()
        return np.column_stack([column for _, column in self.columns]).astype(np.float32)

    def add(self, name: str, column: NDArray[np.generic]) -> None:
        self.columns.append((name, column))

    def text(self) -> None:
        """Length, punctuation, links."""
        characters, tree = self.page.characters, self.tree
        chars = np.maximum(characters.chars, 1)
        self.add("words", self.words)
        self.add("log words", np.log1p(self.words))
        self.add("chars per word", chars / np.maximum(self.words, 1))
        self.add("link share", self.link_share)
        self.add("links", np.minimum(tree.links, 20))
        self.add("bold share", tree.bold_chars / chars)
        self.add("hidden", tree.hidden_chars / chars)
        self.add("is sentence", characters.is_sentence)
        self.add("starts lower", characters.starts_lower)
        self.add("commas", characters.commas)
        self.add("sentence ends", characters.ends)
        self.add("digit share", characters.digits / chars)
        self.add("upper share", characters.uppers / chars)
        self.add("punctuation share", characters.punctuation / chars)
        self.add("is good", self.is_good)

    def tags(self) -> None:
        """The element the block stands in, and the kinds of element around it."""
        tag = self.tree.tag[self.element]
        for name in _BLOCK_TAGS:
            self.add(f"tag {name}", tag == TAG_NUMBERS[name])
        numbers = [TAG_NUMBERS[name] for name in _AROUND_TAGS]
        places = np.full(len(TAGS), -1)
        places[numbers] = np.arange(len(numbers))
        own = np.zeros((len(self.tree.tag), len(numbers)), np.float32)
        of_tag = places[self.tree.tag]
        known = np.flatnonzero(of_tag >= 0)
        own[known, of_tag[known]] = 1.0
        sums = self.paths.sums(own)[self.element]
        for number, name in enumerate(_AROUND_TAGS):
            self.add(f"in {name}", np.minimum(sums[:, number], 4))
        self.add("depth", self.tree.depth[self.element])

    def names(self) -> None:
        """Families of class and id names around the block, and the learned scores of names."""
        kinds = self.page.kinds
        bits = np.fromiter((families_of(of) for _, of in kinds.names), np.int64, len(kinds.names))
        own = ((bits[:, None] >> np.arange(len(FAMILIES))) & 1).astype(np.float32)
        own = own[kinds.of_element]
        sums = self.paths.sums(own)[self.element]
        for number, family in enumerate(FAMILIES):
            self.add(f"name {family}", np.minimum(sums[:, number], 4))
        near = own[self.element] + own[self.parents(1)]
        for number, family in enumerate(FAMILIES):
            self.add(f"near name {family}", near[:, number])
        self.name_scores = self.paths.sums(self.page.scores)[self.element]
        for number in range(self.page.scores.shape[1]):
            self.add(f"score {number}", self.name_scores[:, number])
            self.add(f"own score {number}", self.page.scores[self.element, number])

    def place(self) -> None:
        """Where on the page the block stands, in blocks and in words."""
        count = max(self.count, 1)
        words_before = np.cumsum(self.words) - self.words
        good_before = np.cumsum(self.good_words) - self.good_words
        self.total_good = float(self.good_words.sum())
        self.total_words = float(max(self.words.sum(), 1.0))
        self.add("place", np.arange(self.count) / count)
        self.add("from start", np.minimum(np.arange(self.count), 200))
        self.add("from end", np.minimum(np.arange(self.count)[::-1], 200))
        self.add("words before", words_before / self.total_words)
        self.add("good before", good_before / max(self.total_good, 1.0))
        self.add("blocks", np.full(self.count, np.log1p(count)))
        self.add("page words", np.full(self.count, np.log1p(self.total_words)))
        self.add("page good share", np.full(self.count, self.total_good / self.total_words))
        links = float((self.link_share * self.words).sum()) / self.total_words
        self.add("page link share", np.full(self.count, links))
        next_good = _distance(self.is_good, 1)
        last_good = _distance(self.is_good, -1)
        self.add("to next good", next_good)
        self.add("to last good", last_good)
        is_h1 = self.tree.tag[self.element] == TAG_NUMBERS["h1"]
        self.add("after h1", _distance(is_h1, -1))
        self.add("before h1", _distance(is_h1, 1))
        is_heading = np.isin(self.tree.tag[self.element], _HEADINGS)
        self.add("after heading", _distance(is_heading, -1))

    def signature(self) -> None:
        """How much of the page's good text stands in elements with the same tag and names."""
        total = max(self.total_good, 1.0)
        for level in range(_LEVELS):
            kind = self.page.kinds.of_element[self.parents(level)]
            good = np.bincount(kind, weights=self.good_words)[kind]
            alike = np.bincount(kind)[kind]
            words = np.bincount(kind, weights=self.words)[kind]
            self.add(f"signature good {level}", good / total)
            self.add(f"signature blocks {level}", np.log1p(alike))
            self.add(f"signature words {level}", words / np.maximum(alike, 1))

    def levels(self) -> None:
        """Sums over the element, its parent and grandparent: words, good words, links, blocks."""
        columns = np.stack(
            [self.words, self.good_words, self.link_share * self.words, np.ones(self.count)], axis=1
        )
        self.sums = self.descendants(columns.astype(np.float32))
        for level in range(1, _LEVELS + 2):
            words, good, linked, blocks = self.sums[self.parents(level)].T
            self.add(f"around {level} words", np.log1p(words))
            self.add(f"around {level} good share", good / np.maximum(words, 1))
            self.add(f"around {level} link share", linked / np.maximum(words, 1))
            self.add(f"around {level} blocks", np.log1p(blocks))
            self.add(f"around {level} of page", words / self.total_words)
            self.add(f"around {level} of good", good / max(self.total_good, 1.0))

    def candidates(self) -> None:
        """Inside the deepest elements around most of the good text, and in the top candidate."""
        good = self.sums[:, 1]
        for share in _SHARES:
            holds = good >= share * self.total_good
            inner = int(np.flatnonzero(holds)[-1]) if self.total_good and holds.any() else 0
            self.add(f"in {share} of good", self.inside(inner))
            after = (self.element >= self.tree.end[inner]).astype(np.float32)
            self.add(f"after {share} of good", after)
            self.add(f"depth of {share}", self.tree.depth[self.element] - self.tree.depth[inner])
        self.add("in top candidate", self.inside(self.top_candidate()))

    def top_candidate(self) -> int:
        """The element whose children hold most text, as Readability.js weighs it."""
        points = np.where(self.is_good, 1 + self.page.characters.commas + self.words / 20, 0)
        size = len(self.tree.tag)
        scores = np.bincount(self.parents(1), weights=points, minlength=size)
        scores += np.bincount(self.parents(2), weights=points / 2, minlength=size)
        words, _, linked, _ = self.sums.T
        scores *= 1 - linked / np.maximum(words, 1)
        return int(np.argmax(scores)) if len(scores) else 0

    def title(self) -> None:
        """How much of a block's words the page's title has, and the other way round."""
        head = self.page.head
        titles = [head.title, head.meta.get("og:title", "")]
        sets = [frozenset(title.casefold().split()) for title in titles if title]
        shares = np.zeros((self.count, 2), np.float32)
        for block in self.page.blocks[:_TITLE_REACH] if sets else ():
            if len(block.text) <= _TITLE_LENGTH:
                words = frozenset(block.text.casefold().split())
                shared = max((len(words & of), len(of)) for of in sets)
                shares[block.index] = shared[0] / max(len(words), 1), shared[0] / max(shared[1], 1)
        self.add("in title", shares[:, 0])
        self.add("of title", shares[:, 1])
        is_title = (shares[:, 0] > 0.7) & (shares[:, 1] > 0.4)
        self.add("after title", _distance(is_title, -1))
        self.add("before title", _distance(is_title, 1))

    def repeats(self) -> None:
        """How often the text stood on the page before, and stands on it at all."""
        before: dict[str, int] = {}
        copies = np.zeros(self.count, np.float32)
        for block in self.page.blocks:
            copies[block.index] = before.get(block.text, 0)
            before[block.text] = before.get(block.text, 0) + 1
        total = np.fromiter((before[b.text] for b in self.page.blocks), np.float32, self.count)
        self.add("copies before", np.minimum(copies, 5))
        self.add("copies", np.minimum(total, 10))

    def around(self) -> None:
        """The neighbours' columns, and means over windows."""
        names = ("log words", "link share", "is sentence", "is good", "score 0", "own score 0")
        by_name = dict(self.columns)
        for name in names:
            column = np.asarray(by_name[name], np.float32)
            for step in _NEIGHBOURS:
                self.add(f"{name} {step:+d}", _shifted(column, step))
        for name in ("log words", "link share", "is good", "score 0", "score 1"):
            column = np.asarray(by_name[name], np.float32)
            for width in _WINDOWS:
                self.add(f"{name} within {width}", _window(column, width))

    def parents(self, level: int) -> NDArray[np.int32]:
        """The element ``level`` steps above each block's own, or the topmost."""
        element = self.element
        for _ in range(level):
            element = np.maximum(self.tree.parent[element], 0)
        return element

    def descendants(self, columns: Floats) -> Floats:
        """Sums of block columns over the blocks inside each element."""
        size = len(self.tree.tag) + 1
        own = [
            np.bincount(self.element + 1, weights=column, minlength=size) for column in columns.T
        ]
        sums = np.cumsum(np.stack(own, axis=1), axis=0)
        return (sums[self.tree.end] - sums[:-1]).astype(np.float32)

    def inside(self, element: int) -> NDArray[np.bool_]:
        inside: NDArray[np.bool_] = self.element >= element
        inside &= self.element < self.tree.end[element]
        return inside


_HEADINGS = np.array([TAG_NUMBERS[f"h{level}"] for level in range(1, 7)])
_FAR = 50.0
_TITLE_REACH = 150  # blocks searched for the title
_TITLE_LENGTH = 200  # characters of a block that may be the title


def _distance(flags: NDArray[np.bool_], direction: int) -> Floats:
    """Blocks to the next flagged one (or the last one, for -1), at most `_FAR`; 0 on itself."""
    count = len(flags)
    places = np.arange(count)
    flags, places = (flags[::-1], places) if direction > 0 else (flags, places)
    last = np.maximum.accumulate(np.where(flags, places, -1000))
    distance = np.minimum(places - last, _FAR).astype(np.float32)
    found: Floats = distance[::-1] if direction > 0 else distance
    return found


def _shifted(column: Floats, step: int) -> Floats:
    shifted = np.full(len(column), -1.0, np.float32)
    if step > 0:
        shifted[:-step] = column[step:]
    else:
        shifted[-step:] = column[:step]
    return shifted


def _window(column: Floats, width: int) -> Floats:
    """The mean over the blocks at most ``width`` away."""
    sums = np.concatenate(([0.0], np.cumsum(column, dtype=np.float64)))
    places = np.arange(len(column))
    low, high = np.maximum(places - width, 0), np.minimum(places + width + 1, len(column))
    means: Floats = ((sums[high] - sums[low]) / np.maximum(high - low, 1)).astype(np.float32)
    return means


@cache
def html_feature_names() -> tuple[str, ...]:
    """The columns of `html_features`, asked of a page; training wants them, prediction does not."""
    from cleaner.parsing.html import parse_html

    parsed = parse_html("<p>a</p>")
    weights = np.zeros((TABLE_SIZE, TABLES), np.float32)
    features = _Features(HtmlPage(parsed.blocks, parsed.tree, parsed.head, weights))
    features.table()
    return tuple(name for name, _ in features.columns)


TABLES = 2
"""Learned tables of names: for the WCXB target and for the article target."""
