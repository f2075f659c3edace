"""Features of the blocks of an HTML page, as columns of numbers.

Sums over ancestors and descendants are differences of cumulative sums over the
elements in pre-order, so nothing here loops over blocks. Ideas: path and class
scores (Vogels et al. 2018), link density (Kohlschütter et al. 2010), the top
candidate (Readability.js).
"""

from __future__ import annotations

from functools import cache

import numpy as np

from cleaner.evidence.html.feature_table import FeatureTable, Floats
from cleaner.evidence.html.features.beside import add_beside
from cleaner.evidence.html.features.blocks import BlockMeasures, measure_blocks
from cleaner.evidence.html.features.elements import add_links, add_tags
from cleaner.evidence.html.features.names import (
    add_families,
    add_name_scores,
    kinds_near,
    scores_of_names,
    weights_of_kinds,
)
from cleaner.evidence.html.features.ngrams import (
    add_said,
    add_said_above,
    add_said_around,
    chances_of,
)
from cleaner.evidence.html.features.place import add_distances, add_page, add_place, add_repeats
from cleaner.evidence.html.features.stated import add_address, add_statements
from cleaner.evidence.html.features.sums import (
    add_candidates,
    add_signatures,
    add_sums,
    sums_in_elements,
)
from cleaner.evidence.html.features.words import (
    add_characters,
    add_lengths,
    add_subject,
    add_words,
)
from cleaner.evidence.html.name_tokens import TABLE_SIZE
from cleaner.evidence.html.neighbours import Descendants, Paths
from cleaner.evidence.html.page import SAID, SCORES, HtmlPage, NameWeights
from cleaner.evidence.language.function_words import function_words
from cleaner.evidence.lines.ngrams import NgramTable


def html_features(page: HtmlPage) -> FeatureTable:
    """The features of a page, a row per block and a column per name of `html_feature_names`.

    The models know the columns by their order. The page lets go of its lines on the way.
    """
    table = FeatureTable(len(page.blocks))
    blocks, descendants = measure_blocks(page), Descendants(page.tree)
    _add_text(table, page, blocks)
    name_scores = _add_elements(table, page, blocks)
    _add_place(table, page, blocks, descendants)
    add_statements(table, page)
    add_address(table, page.head)
    add_repeats(table, page.texts)
    _add_said(table, page, blocks, descendants)
    add_beside(table, blocks, name_scores)
    return table


def _add_text(table: FeatureTable, page: HtmlPage, blocks: BlockMeasures) -> None:
    is_function = function_words(page.lines, page.languages[0])
    add_characters(table, page.lines, blocks.final)
    add_lengths(table, page.tree, blocks)
    add_words(table, page, is_function)
    add_subject(table, page.lines, blocks.is_good, is_function)


def _add_elements(table: FeatureTable, page: HtmlPage, blocks: BlockMeasures) -> Floats:
    """Tags, names and links; what the names around each block say is asked of others, too."""
    paths = Paths(page.tree, page.tree.inner)
    weights, near = weights_of_kinds(page), kinds_near(page, blocks.parents[1])
    add_tags(table, page.tree, paths)
    add_families(table, page.kinds, paths, near)
    scores = scores_of_names(page, paths, weights)
    add_name_scores(table, scores, weights, page.names.scale, near)
    add_links(table, page.tree)
    return scores


def _add_place(
    table: FeatureTable, page: HtmlPage, blocks: BlockMeasures, descendants: Descendants
) -> None:
    add_place(table, blocks)
    add_page(table, blocks)
    add_distances(table, page.tree, blocks.is_good)
    add_signatures(table, page.kinds, blocks)
    sums = sums_in_elements(page.tree, blocks, descendants)
    add_sums(table, blocks, sums)
    add_candidates(table, page, blocks, sums)


def _add_said(
    table: FeatureTable, page: HtmlPage, blocks: BlockMeasures, descendants: Descendants
) -> None:
    scores = page.table.scores(page.lines)
    page.forget_lines()  # nothing below asks them, and what is made now is the largest
    chances = chances_of(scores)
    add_said(table, scores, chances)
    add_said_around(table, chances, descendants, blocks.parents)
    add_said_above(table, chances, page.tree)


@cache
def html_feature_names() -> tuple[str, ...]:
    """The columns of `html_features`, asked of a page; training wants them, prediction does not."""
    from cleaner.parsing.html import parse_html

    parsed = parse_html("<p>a</p>")
    names = NameWeights(
        np.zeros((TABLE_SIZE, len(SCORES)), np.int8), np.ones(len(SCORES), np.float32)
    )
    table = NgramTable(np.zeros((2, len(SAID)), np.int8), 1.0)
    page = HtmlPage(parsed.blocks, parsed.tree, parsed.head, names, table)
    return tuple(html_features(page).names)
