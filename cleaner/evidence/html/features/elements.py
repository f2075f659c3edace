"""What the tags, names and links of the elements around a block are."""

from __future__ import annotations

from cleaner.evidence.html.feature_table import FeatureTable, small
from cleaner.evidence.html.features.tags import (
    AROUND_TAGS,
    BLOCK_TAGS,
    INNER_TAGS,
    IS_AROUND_TAG,
    IS_BLOCK_TAG,
    IS_INNER_TAG,
)
from cleaner.evidence.html.links import LINK_FAMILIES, links_around
from cleaner.evidence.html.neighbours import Paths
from cleaner.parsing.tree import Tree


def add_tags(table: FeatureTable, tree: Tree, paths: Paths) -> None:
    """The element the block stands in, and the kinds of element around it."""
    element, inner = tree.element, tree.inner
    table.add_all([f"tag {name}" for name in BLOCK_TAGS], IS_BLOCK_TAG[tree.tag[element]])
    table.add_all([f"inner {name}" for name in INNER_TAGS], IS_INNER_TAG[tree.tag[inner]])
    sums = paths.sums(IS_AROUND_TAG, tree.tag)
    table.add_all([f"in {name}" for name in AROUND_TAGS], small(sums, 3))
    table.add("depth", tree.depth[element])
    table.add("depth inside", tree.depth[inner] - tree.depth[element])


def add_links(table: FeatureTable, tree: Tree) -> None:
    """Where the links lead that a block holds, or stands in."""
    found = links_around(tree, tree.inner)
    found[tree.links == 0] = 0
    table.add_all([f"link to {family}" for family in LINK_FAMILIES], small(found, 3))
