"""Features of the blocks of an HTML page, as columns of numbers.

Sums over ancestors and descendants are differences of cumulative sums over the
elements in pre-order, so nothing here loops over blocks. Ideas: path and class
scores (Vogels et al. 2018), link density (Kohlschütter et al. 2010), the top
candidate (Readability.js).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Block, Role
from cleaner.evidence.html.feature_table import Columns, FeatureTable, Floats
from cleaner.evidence.html.links import LINK_FAMILIES, links_around
from cleaner.evidence.html.name_tokens import FAMILIES, TABLE_SIZE, ElementKinds, element_kinds
from cleaner.evidence.html.neighbours import (
    Descendants,
    Paths,
    Windows,
    distance,
    elements_around,
    moved,
)
from cleaner.evidence.language.function_words import function_words, languages_of, page_languages
from cleaner.evidence.lines.arrays import Flags, Ints, Lines, gather_lines
from cleaner.evidence.lines.codepoints import Kind
from cleaner.evidence.lines.ngrams import NgramTable
from cleaner.evidence.stated.address import ADDRESS, address_features
from cleaner.evidence.stated.statements import SUBJECTS, statement_features, statement_names
from cleaner.parsing.head import Head
from cleaner.parsing.tags import TAG_NUMBERS, TAGS
from cleaner.parsing.tree import Tree

SCORES = (*(role.value for role in Role), "main", "article")
"""The columns of the learned weights of names."""

_SAID = SCORES[:-1]
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
_INNER_TAGS = ["a", "span", "time", "strong", "b", "em", "i", "small", "label", "cite", "code"]
_STEPS = (-3, -2, -1, 1, 2, 3)
_WINDOWS = (3, 9)
_LEVELS = 3
_STRETCH = 4096  # rows made at once
_VOCABULARY = 1 << 13  # buckets of the page's words
_CONTENT_LETTERS = 4  # a shorter word says little about the subject


@dataclass(frozen=True)
class NameWeights:
    """Learned weights of names: whole numbers (places, `SCORES`), each column times its scale."""

    weights: NDArray[np.int8]
    scale: Floats


@dataclass(frozen=True, eq=False)
class HtmlPage:
    """What the features are made of: a parsed page, and the learned tables of names and n-grams."""

    blocks: Sequence[Block]
    tree: Tree
    head: Head
    names: NameWeights
    table: NgramTable

    @cached_property
    def texts(self) -> list[str]:
        """The blocks' texts, each on one line."""
        return [block.text.replace("\n", " ") for block in self.blocks]

    @cached_property
    def lines(self) -> Lines:
        """The blocks as lines."""
        return gather_lines([self.texts])

    @cached_property
    def words(self) -> Floats:
        """Words of each block, two letters to a word in scripts without spaces."""
        lines = self.lines
        unspaced = lines.counts[:, Kind.UNSPACED] // 2
        return (lines.words.end - lines.words.begin - unspaced).astype(np.float32)

    @cached_property
    def languages(self) -> tuple[Ints, NDArray[np.float64]]:
        """The number of the page's language, and the share of its function words."""
        return page_languages(self.lines)

    @cached_property
    def language(self) -> str:
        """The code of the language that its words are in, empty where they do not say."""
        return next(iter(languages_of(self.lines)), "")

    def forget_lines(self) -> None:
        """Let go of the lines, which on a page of 5 MB take 36; what is counted on them stays."""
        _ = self.words, self.languages, self.language
        self.__dict__.pop("lines", None)

    @cached_property
    def kinds(self) -> ElementKinds:
        """Elements with the same tag and names are one kind: their names are looked up once.

        Asked are those around blocks; the others say nothing of these.
        """
        return element_kinds(self.tree, elements_around(self.tree, self.tree.inner))


def html_features(page: HtmlPage) -> FeatureTable:
    """The features of a page, a row per block and a column per name of `html_feature_names`."""
    return _Features(page).table


class _Features:
    def __init__(self, page: HtmlPage) -> None:
        self.page = page
        self.tree = page.tree
        self.lines = page.lines
        self.element = page.tree.element
        self.inner = page.tree.inner
        self.parents = _parents(page.tree)
        self.count = len(page.blocks)
        self.words = page.words
        self.chars = np.maximum(page.tree.chars, 1).astype(np.float32)
        self.link_share = (page.tree.link_chars / self.chars).astype(np.float32)
        self.is_good = (
            (self.words >= _GOOD_WORDS)
            & (self.link_share <= _GOOD_LINKS)
            & (page.tree.hidden_chars < self.chars)
        )
        self.good_words = np.where(self.is_good, self.words, 0.0).astype(np.float32)
        self.paths = Paths(page.tree, self.inner)
        self.descendants = Descendants(page.tree)
        self.table = FeatureTable(self.count)
        self.add, self.add_all = self.table.add, self.table.add_all
        self.add_same, self.add_made = self.table.add_same, self.table.add_made
        self.characters()
        self.text()
        self.subject()
        self.tags()
        self.named()
        self.links()
        self.place()
        self.signature()
        self.levels()
        self.candidates()
        self.statements()
        self.address()
        self.repeats()
        self.ngrams()
        self.around()

    def characters(self) -> None:
        """What a line is made of, and what it begins and ends with."""
        counts, kinds, starts = self.lines.counts, self.lines.kinds, self.lines.starts
        sizes = np.maximum(self.lines.sizes, 1)
        last = starts + self.lines.sizes - 1
        closing = (kinds[last] == Kind.QUOTE) | (kinds[last] == Kind.BRACKET)
        final = kinds[np.maximum(last - closing, starts)]
        self.is_sentence = final == Kind.STOP
        letters = counts[:, Kind.LOWER] + counts[:, Kind.UPPER]
        self.add("upper share", counts[:, Kind.UPPER] / np.maximum(letters, 1))
        shares = (Kind.DIGIT, Kind.CASELESS, Kind.UNSPACED, Kind.SEPARATOR, Kind.SYMBOL)
        self.add_all(
            [f"{k.name} share".lower() for k in shares], counts[:, shares] / sizes[:, None]
        )
        many = (Kind.COMMA, Kind.STOP, Kind.COLON, Kind.QUOTE, Kind.DASH, Kind.SEPARATOR,
                Kind.BRACKET, Kind.SYMBOL, Kind.RIGHTS)  # fmt: skip
        self.add_all([f"{k.name} count".lower() for k in many], _small(counts[:, many], 6))
        opens = (Kind.LOWER, Kind.UPPER, Kind.DIGIT, Kind.QUOTE, Kind.SEPARATOR, Kind.SYMBOL,
                 Kind.BRACKET, Kind.DASH)  # fmt: skip
        first = kinds[starts]
        self.add_all([f"starts {k.name}".lower() for k in opens], first[:, None] == np.array(opens))
        ends = (Kind.STOP, Kind.COLON, Kind.COMMA, Kind.DIGIT, Kind.UPPER, Kind.SEPARATOR)
        self.add_all([f"ends {k.name}".lower() for k in ends], final[:, None] == np.array(ends))

    def text(self) -> None:
        """Length, words, links."""
        tree, words = self.tree, self.lines.words
        size = np.maximum(self.words, 1)
        self.log_words = np.log1p(self.words)
        self.add("log words", self.log_words)
        self.add("chars per word", self.chars / size)
        self.add("link share", self.link_share)
        self.add("links", np.log1p(tree.links))
        self.add("bold share", tree.bold_chars / self.chars)
        self.add("hidden", tree.hidden_chars / self.chars)
        self.add("is good", self.is_good)
        self.function_flags = function_words(self.lines, self.page.languages[0])
        function = self.per_line(self.function_flags)
        self.add("function share", function / size)
        self.add("function words", _small(function, 10))
        number = words.first_kind == Kind.DIGIT
        self.add("title share", self.per_line(words.first_kind == Kind.UPPER) / size)
        self.add("numbers", _small(self.per_line(number), 6))
        self.add("number share", self.per_line(number) / size)
        self.add("years", _small(self.per_line(number & (words.letters == 4)), 3))
        self.add("long word share", self.per_line(words.letters >= 8) / size)
        self.add_same("function on page", self.page.languages[1][0])

    def per_line(self, flags: Flags) -> Ints:
        """How many words of each line are flagged."""
        return np.bincount(self.lines.words.line[flags], minlength=self.count)

    def subject(self) -> None:
        """How much of a line the page's other lines, and its prose, speak of."""
        words = self.lines.words
        content = (words.letters >= _CONTENT_LETTERS) & ~self.function_flags
        line = words.line[content]
        keys = words.hashes[content] % _VOCABULARY
        good = self.is_good[line]
        in_prose = np.bincount(keys[good], minlength=_VOCABULARY)
        anywhere = np.bincount(keys, minlength=_VOCABULARY)
        total = np.maximum(np.bincount(line, minlength=self.count), 1)
        hits = np.bincount(line[in_prose[keys] > good], minlength=self.count)
        often = np.bincount(line[in_prose[keys] > good + 1], minlength=self.count)
        repeated = np.bincount(line[anywhere[keys] > 1], minlength=self.count)
        self.add("share in prose", hits / total)
        self.add("hits in prose", _small(hits, 8))
        self.add("share often in prose", often / total)
        self.add("share elsewhere", repeated / total)

    def tags(self) -> None:
        """The element the block stands in, and the kinds of element around it."""
        tag = self.tree.tag[self.element]
        self.add_all([f"tag {name}" for name in _BLOCK_TAGS], _IS_BLOCK_TAG[tag])
        inner = self.tree.tag[self.inner]
        self.add_all([f"inner {name}" for name in _INNER_TAGS], _IS_INNER_TAG[inner])
        sums = self.paths.sums(_IS_AROUND_TAG, self.tree.tag)
        self.add_all([f"in {name}" for name in _AROUND_TAGS], _small(sums, 3))
        self.add("depth", self.tree.depth[self.element])
        self.add("depth inside", self.tree.depth[self.inner] - self.tree.depth[self.element])

    def kind_scores(self) -> NDArray[np.int32]:
        """For each kind of element the sum of the weights of its own names."""
        kinds = self.page.kinds
        weights = self.page.names.weights.take(kinds.places, axis=0)
        return np.add.reduceat(weights, kinds.starts, axis=0, dtype=np.int32)

    def named(self) -> None:
        """Families of class and id names around the block, and the learned scores of names."""
        kinds, scale = self.page.kinds, self.page.names.scale
        sums = self.paths.sums(kinds.families, kinds.of_element)
        self.add_all([f"name {family}" for family in FAMILIES], _small(sums, 4))
        near = [kinds.of_element[place] for place in (self.inner, self.element, self.parents[1])]
        inner, element, parent = (kinds.families[kind] for kind in near)
        found = inner + element + parent
        self.add_all([f"near name {family}" for family in FAMILIES], _small(found, 3))
        of_kind = self.kind_scores()
        scores = self.paths.sums(of_kind, kinds.of_element)
        self.name_scores = np.empty(scores.shape, np.float32)
        np.multiply(scores, scale, out=self.name_scores, casting="same_kind")
        self.add_all([f"names say {score}" for score in SCORES], self.name_scores)

        def scores_near(rows: slice) -> Columns:
            inner, element, parent = (of_kind[kind[rows]] for kind in near)
            return (inner + element + parent) * scale

        self.add_made([f"own names say {score}" for score in SCORES], scores_near)

    def links(self) -> None:
        """Where the links lead that a block holds, or stands in."""
        found = links_around(self.tree, self.inner)
        found[self.tree.links == 0] = 0
        self.add_all([f"link to {family}" for family in LINK_FAMILIES], _small(found, 3))

    def place(self) -> None:
        """Where on the page the block stands, in blocks and in words."""
        here = np.arange(self.count)
        words_before = np.cumsum(self.words) - self.words
        good_before = np.cumsum(self.good_words) - self.good_words
        self.total_good = float(self.good_words.sum())
        self.total_words = float(max(self.words.sum(), 1.0))
        self.add("place", here / max(self.count, 1))
        self.add("log from start", np.log1p(here))
        self.add("log from end", np.log1p(here[::-1]))
        self.add("words before", words_before / self.total_words)
        self.add("good before", good_before / max(self.total_good, 1.0))
        self.add_same("blocks", np.log1p(self.count))
        self.add_same("page words", np.log1p(self.total_words))
        self.add_same("page good share", self.total_good / self.total_words)
        self.add_same("page good blocks", np.log1p(self.is_good.sum()))
        links = float((self.link_share * self.words).sum()) / self.total_words
        self.add_same("page link share", links)
        tag = self.tree.tag[self.element]
        for name, flags in (
            ("good", self.is_good),
            ("h1", tag == TAG_NUMBERS["h1"]),
            ("heading", _IS_HEADING[tag, 0]),
        ):
            self.add(f"after {name}", np.log1p(distance(flags, -1)))
            self.add(f"before {name}", np.log1p(distance(flags, 1)))

    def signature(self) -> None:
        """How much of the page's good text stands in elements with the same tag and names."""
        total = max(self.total_good, 1.0)
        for level in range(_LEVELS):
            kind = self.page.kinds.of_element[self.parents[level]]
            good = np.bincount(kind, weights=self.good_words)[kind]
            alike = np.bincount(kind)[kind]
            words = np.bincount(kind, weights=self.words)[kind]
            self.add(f"signature good {level}", good / total)
            self.add(f"signature blocks {level}", np.log1p(alike))
            self.add(f"signature words {level}", np.log1p(words / np.maximum(alike, 1)))

    def levels(self) -> None:
        """Sums over the element, its parent and grandparent: words, good words, links, blocks."""
        columns = np.stack(
            [self.words, self.good_words, self.link_share * self.words, np.ones(self.count)], axis=1
        )
        sums = self.descendants.cumulated(columns)
        self.sums = self.descendants.sums(sums, np.arange(len(self.tree.tag)))
        words, good, linked, blocks = self.sums.T
        some = np.maximum(words, 1)
        around = {
            "words": np.log1p(words),
            "good share": good / some,
            "link share": linked / some,
            "blocks": np.log1p(blocks),
            "of page": words / self.total_words,
            "of good": good / max(self.total_good, 1.0),
        }
        of_elements = np.stack(list(around.values()), axis=1)
        for level in range(1, _LEVELS + 2):
            names = [f"around {level} {name}" for name in around]
            self.add_all(names, of_elements.take(self.parents[level], axis=0))

    def candidates(self) -> None:
        """Inside the deepest elements around most of the good text, and in the top candidate."""
        good = self.sums[:, 1]
        for share in _SHARES:
            holds = good >= share * self.total_good
            inner = int(np.flatnonzero(holds)[-1]) if self.total_good and holds.any() else 0
            self.add(f"in {share} of good", self.inside(inner))
            self.add(f"after {share} of good", self.element >= self.tree.end[inner])
            self.add(f"depth of {share}", self.tree.depth[self.element] - self.tree.depth[inner])
        self.add("in top candidate", self.inside(self.top_candidate()))

    def top_candidate(self) -> int:
        """The element whose children hold most text, as Readability.js weighs it."""
        commas = self.lines.counts[:, Kind.COMMA]
        points = np.where(self.is_good, 1 + commas + self.words / 20, 0)
        size = len(self.tree.tag)
        scores = np.bincount(self.parents[1], weights=points, minlength=size)
        scores += np.bincount(self.parents[2], weights=points / 2, minlength=size)
        words, _, linked, _ = self.sums.T
        scores *= 1 - linked / np.maximum(words, 1)
        return int(np.argmax(scores)) if len(scores) else 0

    def statements(self) -> None:
        """What the page's head says, and how far the block is from the title it names."""
        names = statement_names()
        found, names_day, stated = statement_features(self.lines, self.page.texts, self.page.head)
        self.add_all(names, found)
        self.add("names the day", names_day)
        for subject, is_stated in zip(SUBJECTS, stated, strict=True):
            self.add_same(f"page states {subject}", is_stated)
        shared = found[:, names.index("words of title")]
        covered = found[:, names.index("covers title")]
        is_title = (shared > 0.7) & (covered > 0.4) & (self.words <= _TITLE_WORDS)
        self.add("after title", np.log1p(distance(is_title, -1)))
        self.add("before title", np.log1p(distance(is_title, 1)))

    def address(self) -> None:
        """What the page's own address looks like."""
        of_page = address_features(self.page.head)[None]
        self.add_made(ADDRESS, lambda rows: of_page)

    def repeats(self) -> None:
        """How often the text stood on the page before, and stands on it at all."""
        numbers: dict[str, int] = {}
        places = [numbers.setdefault(each, len(numbers)) for each in self.page.texts]
        text = np.fromiter(places, np.int64, self.count)
        total = np.bincount(text)[text]
        order = np.argsort(text, kind="stable")
        first = np.flatnonzero(np.diff(text[order], prepend=-1))
        before = np.empty(self.count, np.int64)
        before[order] = np.arange(self.count) - np.repeat(
            first, np.diff(np.append(first, self.count))
        )
        self.add("copies before", _small(before, 5))
        self.add("log copies", np.log1p(np.minimum(total, 30)))

    def ngrams(self) -> None:
        """What the words say: of the block, of those around it, and of the heading above."""
        scores = self.page.table.scores(self.lines)
        del self.lines  # nothing below asks them
        self.page.forget_lines()
        self.add_all([f"words say {said}" for said in _SAID], scores)
        chances = _chances(scores)
        for step in (-1, 1):
            self.add_made([f"{said} {step:+d}" for said in _SAID], partial(moved, chances, step))
        # Kept as they are: what they are made of takes twice as much.
        self.add_all([f"{said} -3+3" for said in _SAID], self.made(Windows(chances).means, 3))
        of_page = chances.mean(axis=0, keepdims=True)
        self.add_made([f"{said} page" for said in _SAID], lambda rows: of_page)
        inside = self.descendants.cumulated(chances)
        for level in (1, 2):
            means = partial(self.descendants.means, inside, self.parents[level])
            self.add_made([f"{said} around {level}" for said in _SAID], means)
        heads = np.where(_IS_HEADING[self.tree.tag[self.element], 0], np.arange(self.count), -1)
        last = np.concatenate([[-1], np.maximum.accumulate(heads)[:-1]])

        def above(rows: slice) -> Columns:
            return np.where(last[rows, None] >= 0, chances[last[rows]], 0)

        self.add_made([f"heading {said}" for said in _SAID], above)

    def made(self, means: Callable[[int, slice], Floats], width: int) -> Floats:
        """All rows of what makes some at a time, put together some at a time."""
        found = np.empty((self.count, len(_SAID)), np.float32)
        for start in range(0, self.count, _STRETCH):
            rows = slice(start, min(start + _STRETCH, self.count))
            found[rows] = means(width, rows)
        return found

    def around(self) -> None:
        """The neighbours' columns, and means over windows."""
        main = self.name_scores[:, -2:]
        columns = np.stack(
            [self.log_words, self.link_share, self.is_sentence, self.is_good, *main.T], axis=1
        ).astype(np.float32)
        names = ("log words", "link share", "sentence", "good", "names main", "names article")
        for step in _STEPS:
            self.add_made([f"{name} {step:+d}" for name in names], partial(moved, columns, step))
        windows = Windows(columns)
        for width in _WINDOWS:
            self.add_made(
                [f"{name} within {width}" for name in names], partial(windows.means, width)
            )

    def inside(self, element: int) -> Flags:
        inside: Flags = self.element >= element
        inside &= self.element < self.tree.end[element]
        return inside


def _parents(tree: Tree) -> list[NDArray[np.int32]]:
    """Each block's own element, the one above it, and so on; from the topmost on that one."""
    parent = np.maximum(tree.parent, 0)
    parents = [tree.element]
    for _ in range(_LEVELS + 1):
        parents.append(parent.take(parents[-1]))
    return parents


def _small(counts: NDArray[np.signedinteger], most: int) -> NDArray[np.uint8]:
    """Counts as far as they count, a byte each."""
    small: NDArray[np.uint8] = np.minimum(counts, most).astype(np.uint8)
    return small


def _is_tag(names: Sequence[str]) -> Flags:
    """For each tag by its number, and each of these names, whether it is that one."""
    numbers = np.array([TAG_NUMBERS[name] for name in names])
    flags: Flags = np.arange(len(TAGS))[:, None] == numbers
    return flags


_IS_BLOCK_TAG, _IS_INNER_TAG = _is_tag(_BLOCK_TAGS), _is_tag(_INNER_TAGS)
_IS_AROUND_TAG = _is_tag(_AROUND_TAGS).astype(np.int16)
_IS_HEADING: Flags = np.any(_is_tag([f"h{level}" for level in range(1, 7)]), axis=1, keepdims=True)
_TITLE_WORDS = 30


def _chances(scores: Floats) -> Floats:
    """The chances that n-gram scores give: of the roles, and of main content."""
    roles = np.exp(scores[:, :-1] - scores[:, :-1].max(axis=1, keepdims=True))
    roles /= roles.sum(axis=1, keepdims=True)
    return np.concatenate([roles, 1 / (1 + np.exp(-scores[:, -1:]))], axis=1)


@cache
def html_feature_names() -> tuple[str, ...]:
    """The columns of `html_features`, asked of a page; training wants them, prediction does not."""
    from cleaner.parsing.html import parse_html

    parsed = parse_html("<p>a</p>")
    names = NameWeights(
        np.zeros((TABLE_SIZE, len(SCORES)), np.int8), np.ones(len(SCORES), np.float32)
    )
    table = NgramTable(np.zeros((2, len(_SAID)), np.int8), 1.0)
    page = HtmlPage(parsed.blocks, parsed.tree, parsed.head, names, table)
    return tuple(html_features(page).names)
