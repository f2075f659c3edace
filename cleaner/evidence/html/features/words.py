"""What the characters and words of a block are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from cleaner.evidence.html.feature_table import FeatureTable, small
from cleaner.evidence.html.features.blocks import BlockMeasures, Kinds
from cleaner.evidence.html.page import HtmlPage
from cleaner.evidence.lines.arrays import Flags, Ints, Lines
from cleaner.evidence.lines.codepoints import Kind
from cleaner.parsing.tree import Tree

_SHARES = (Kind.DIGIT, Kind.CASELESS, Kind.UNSPACED, Kind.SEPARATOR, Kind.SYMBOL)
_COUNTED = (Kind.COMMA, Kind.STOP, Kind.COLON, Kind.QUOTE, Kind.DASH, Kind.SEPARATOR,
            Kind.BRACKET, Kind.SYMBOL, Kind.RIGHTS)  # fmt: skip
_FIRST = (Kind.LOWER, Kind.UPPER, Kind.DIGIT, Kind.QUOTE, Kind.SEPARATOR, Kind.SYMBOL,
          Kind.BRACKET, Kind.DASH)  # fmt: skip
_FINAL = (Kind.STOP, Kind.COLON, Kind.COMMA, Kind.DIGIT, Kind.UPPER, Kind.SEPARATOR)
_VOCABULARY = 1 << 13  # buckets of the page's words
_CONTENT_LETTERS = 4  # a shorter word says little about the subject


def add_characters(table: FeatureTable, lines: Lines, final: Kinds) -> None:
    """What a line is made of, and what it begins and ends with."""
    counts = lines.counts
    letters = counts[:, Kind.LOWER] + counts[:, Kind.UPPER]
    table.add("upper share", counts[:, Kind.UPPER] / np.maximum(letters, 1))
    sizes = np.maximum(lines.sizes, 1)
    table.add_all(_names("{} share", _SHARES), counts[:, _SHARES] / sizes[:, None])
    table.add_all(_names("{} count", _COUNTED), small(counts[:, _COUNTED], 6))
    first = lines.kinds[lines.starts]
    table.add_all(_names("starts {}", _FIRST), first[:, None] == np.array(_FIRST))
    table.add_all(_names("ends {}", _FINAL), final[:, None] == np.array(_FINAL))


def _names(form: str, kinds: Sequence[Kind]) -> list[str]:
    return [form.format(kind.name.lower()) for kind in kinds]


def add_lengths(table: FeatureTable, tree: Tree, blocks: BlockMeasures) -> None:
    """How long a block is, and how much of it stands in links, is bold or hidden."""
    table.add("log words", blocks.log_words)
    table.add("chars per word", blocks.chars / np.maximum(blocks.words, 1))
    table.add("link share", blocks.link_share)
    table.add("links", np.log1p(tree.links))
    table.add("bold share", tree.bold_chars / blocks.chars)
    table.add("hidden", tree.hidden_chars / blocks.chars)
    table.add("is good", blocks.is_good)


def add_words(table: FeatureTable, page: HtmlPage, is_function: Flags) -> None:
    """Of what sorts a block's words are; ``is_function`` tells the page's function words."""
    words, size = page.lines.words, np.maximum(page.words, 1)

    def per_block(flags: Flags) -> Ints:
        return np.bincount(words.line[flags], minlength=table.count)

    function = per_block(is_function)
    table.add("function share", function / size)
    table.add("function words", small(function, 10))
    is_number = words.first_kind == Kind.DIGIT
    numbers = per_block(is_number)
    table.add("title share", per_block(words.first_kind == Kind.UPPER) / size)
    table.add("numbers", small(numbers, 6))
    table.add("number share", numbers / size)
    table.add("years", small(per_block(is_number & (words.letters == 4)), 3))
    table.add("long word share", per_block(words.letters >= 8) / size)
    table.add_same("function on page", page.languages[1][0])


def add_subject(table: FeatureTable, lines: Lines, is_good: Flags, is_function: Flags) -> None:
    """How much of a line the page's other lines, and its prose, speak of."""
    words, count = lines.words, table.count
    content = (words.letters >= _CONTENT_LETTERS) & ~is_function
    line = words.line[content]
    keys = words.hashes[content] % _VOCABULARY
    good = is_good[line]
    in_prose = np.bincount(keys[good], minlength=_VOCABULARY)
    anywhere = np.bincount(keys, minlength=_VOCABULARY)
    total = np.maximum(np.bincount(line, minlength=count), 1)
    hits = np.bincount(line[in_prose[keys] > good], minlength=count)
    often = np.bincount(line[in_prose[keys] > good + 1], minlength=count)
    repeated = np.bincount(line[anywhere[keys] > 1], minlength=count)
    table.add("share in prose", hits / total)
    table.add("hits in prose", small(hits, 8))
    table.add("share often in prose", often / total)
    table.add("share elsewhere", repeated / total)
