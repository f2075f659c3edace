"""Features of HTML blocks: what they count, and that they are whole."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from cleaner.evidence.html.features import html_feature_names, html_features
from cleaner.evidence.html.links import LINK_FAMILIES, link_bits
from cleaner.evidence.html.name_tokens import FAMILIES, TABLE_SIZE, element_kinds
from cleaner.evidence.html.neighbours import Paths
from cleaner.evidence.html.page import SCORES, HtmlPage, NameWeights
from cleaner.evidence.lines.ngrams import NgramTable
from cleaner.evidence.stated.address import ADDRESS, address_features
from cleaner.evidence.stated.page_facts import FACTS, page_facts
from cleaner.parsing.head import Head
from cleaner.parsing.html import ParsedHtml, parse_html

_WEIGHTS = NameWeights(
    np.arange(TABLE_SIZE * len(SCORES)).reshape(TABLE_SIZE, -1).astype(np.int8),
    np.full(len(SCORES), 0.01, np.float32),
)
_TABLE = NgramTable(np.zeros((64, len(SCORES) - 1), np.int8), 1.0)

_PAGE = """<html><head><title>The bridge - Sample</title>
<meta name="author" content="Ada Example">
<meta property="article:published_time" content="2024-05-03T10:00:00Z">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The bridge",
"articleBody": "Nobody came to the opening of the bridge."}</script></head>
<body><nav class="main-menu"><a href="/">Home</a> <a href="/tag/bridges">Bridges</a></nav>
<article><h1>The bridge</h1><div itemprop="author">Ada Example</div>
<time>3 May 2024</time><p>Nobody came to the opening of the bridge.</p></article></body></html>"""


def _rows(page: ParsedHtml) -> NDArray[np.float32]:
    features = html_features(HtmlPage(page.blocks, page.tree, page.head, _WEIGHTS, _TABLE))
    return features.rows(slice(0, features.count))


def _column(page: ParsedHtml, name: str) -> list[float]:
    features = _rows(page)
    return [round(float(value), 3) for value in features[:, html_feature_names().index(name)]]


@pytest.mark.parametrize("markup", [_PAGE, "<p>a", "<p>-</p>", "<div><a href>x</a></div>"])
def test_html_features_are_finite_and_named(markup: str) -> None:
    page = parse_html(markup)
    features = _rows(page)
    assert features.shape == (len(page.blocks), len(html_feature_names()))
    assert features.dtype == np.float32
    assert np.isfinite(features).all()
    assert len(set(html_feature_names())) == len(html_feature_names())


def test_a_page_lets_go_of_its_lines_and_keeps_what_was_counted_on_them() -> None:
    parsed = parse_html(_PAGE)
    page = HtmlPage(parsed.blocks, parsed.tree, parsed.head, _WEIGHTS, _TABLE)
    again = html_features(page).rows(slice(0, 2)), html_features(page).rows(slice(0, 2))
    assert "lines" not in vars(page)
    assert {"words", "languages"} <= set(vars(page))
    assert np.array_equal(*again)


def test_statements_find_what_the_head_says() -> None:
    page = parse_html(_PAGE)
    texts = [block.text for block in page.blocks]
    assert _column(page, "pairs of text")[texts.index(texts[-1])] == 1
    assert _column(page, "words of title")[texts.index("The bridge")] == 1
    assert _column(page, "words of author")[texts.index("Ada Example")] == 1
    assert _column(page, "names the day") == [float(text == "3 May 2024") for text in texts]


def test_statements_pass_over_what_is_no_text() -> None:
    markup = """<script type="application/ld+json">[{"headline": 3, "author": [[{"name": {}}]],
    "datePublished": 1, "@type": {}}, "x", null]</script><p>One</p>"""
    assert _column(parse_html(markup), "words of author") == [0]


def test_paths_add_up_what_is_around() -> None:
    tree = parse_html("<div><p>a</p><ul><li>b<p>c</p></li></ul></div><p>d</p>").tree
    values = np.arange(len(tree.tag))[:, None] + 1
    wanted = []
    for element in range(len(tree.tag)):
        total, at = 0, element
        while at >= 0:
            total, at = total + at + 1, int(tree.parent[at])
        wanted.append(total)
    every = np.arange(len(tree.tag))
    assert Paths(tree, every).sums(values, every)[:, 0].tolist() == wanted
    assert Paths(tree, every[3:5]).sums(values, every)[:, 0].tolist() == wanted[3:5]


def test_element_kinds_read_attributes_as_names() -> None:
    kinds = element_kinds(parse_html('<div role="navigation">a</div><p class="postComment">b').tree)
    found = kinds.families[kinds.of_element].sum(axis=0)
    assert found[FAMILIES.index("navigation")] == 1
    assert found[FAMILIES.index("comment")] == 1


@pytest.mark.parametrize(
    ("href", "families"),
    [
        ("#top", {"within"}),
        ("https://sample.example/2024/05/a-bridge-nobody-wanted", {"slug", "number", "deep"}),
        ("mailto:a@sample.example", {"share"}),
        ("", set()),
    ],
)
def test_link_bits_tell_where_a_link_leads(href: str, families: set[str]) -> None:
    bits = link_bits(href)
    assert {name for bit, name in enumerate(LINK_FAMILIES) if bits >> bit & 1} == families


def test_page_facts_count_types() -> None:
    page = parse_html(_PAGE)
    facts = dict(zip(FACTS, page_facts(page.head, page.tree).tolist(), strict=True))
    assert facts["type article"] > 0
    assert facts["type product"] == 0
    assert facts["count h1"] == pytest.approx(np.log(2))


@pytest.mark.parametrize(
    ("head", "stated"),
    [
        (Head(), {}),
        (Head(canonical="http://[broken"), {}),
        (Head(canonical="https://sample.example"), {"stated": 1, "root": 1}),
        (
            Head(meta={"og:url": "/news/12-fee-rises.html?page=3"}),
            {"stated": 1, "parts": 2, "words": 2, "last digits": 2, "digits": 2, "last length": 17,
             "dotted": 1},
        ),
    ],
)  # fmt: skip
def test_the_address_tells_a_front_page_from_a_piece(head: Head, stated: dict[str, int]) -> None:
    found = dict(zip(ADDRESS, address_features(head).tolist(), strict=True))
    assert {name: value for name, value in found.items() if value} == {
        f"address {name}": value for name, value in stated.items()
    }
