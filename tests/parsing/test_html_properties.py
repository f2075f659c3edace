"""What holds for any markup, however broken."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborDocumentOptions, LexborHTMLParser

from cleaner.parsing import guard
from cleaner.parsing.html import ParsedHtml, parse_html
from cleaner.parsing.sniff import is_html
from cleaner.parsing.tags import TAGS

NOT_READ = [
    *("script", "style", "template", "iframe", "noframes", "noembed", "svg", "title", "head"),
    *("annotation", "annotation-xml"),
]

names = st.sampled_from(
    [
        "p",
        "div",
        "span",
        "a",
        "b",
        "i",
        "ul",
        "li",
        "table",
        "tr",
        "td",
        "th",
        "tbody",
        "caption",
        "pre",
        "br",
        "hr",
        "select",
        "option",
        "button",
        "textarea",
        "noscript",
        "form",
        "h1",
        "dl",
        "dd",
        "script",
        "style",
        "template",
        "svg",
        "math",
        "mi",
        "annotation",
        "iframe",
        "title",
        "body",
        "html",
        "head",
        "frameset",
        "object",
        "dialog",
        "x-y",
        "font",
        "nobr",
        "ruby",
        "rt",
        "foreignObject",
        "desc",
        "plaintext",
        "xmp",
        "image",
        "img",
        "input",
        "details",
    ]
)
LIMITED = [
    *("<p>", "<b>", "<b id=x>", "<div>", "<li>", "<ul>", "<i>", "<a href=x>", "<span>", "<body>"),
    *("</p>", "</b>", "</div>", "</i>", "</a>", "</span>", "</ul>", "<br>", "<x-y a=b>", "</x-y>"),
]

attributes = st.sampled_from(
    ["", " class='A b'", " id=x", " href=/", " hidden", " style='display:none'", " a='>'", ' b="'],
)
texts = st.one_of(
    st.sampled_from(
        [" ", "\n", "\t ", "&nbsp;", "&lt;", "\0", "&#0;", "\u2028", "\u3000", "x", "\r"]
    ),
    st.text(max_size=6),
)
pieces = st.one_of(
    texts,
    st.builds("<{}{}>".format, names, attributes),
    st.builds("</{}>".format, names),
    st.sampled_from(
        ["<!--", "-->", "<!", "<![CDATA[", "]]>", "<", "</", "/>", "&", "<!doctype html>"]
    ),
)
markups = st.lists(pieces, max_size=40).map("".join)


def squeezed(text: str) -> str:
    return "".join(text.split())


def visible_text(markup: str) -> str:
    """What lexbor itself gives as text when all that is not read is taken out of its tree."""
    data = markup.encode(errors="surrogatepass").decode(errors="replace")
    parser = LexborHTMLParser(data, options=LexborDocumentOptions.WO_EVENTS)
    for name in NOT_READ:
        for node in parser.css(name):
            node.decompose()
    return parser.root.text(deep=True) if parser.root else ""


def check_tree(page: ParsedHtml) -> None:
    tree = page.tree
    count = len(tree.tag)
    places = np.arange(count)
    assert count >= 1
    assert (tree.parent < places).all()
    assert (tree.parent[1:] >= 0).all()
    assert (tree.end > places).all()
    assert (tree.end[1:] <= tree.end[tree.parent[1:]]).all()
    assert (tree.depth[1:] == tree.depth[tree.parent[1:]] + 1).all()
    assert (tree.hidden[1:] >= tree.hidden[tree.parent[1:]]).all()
    assert len(tree.tokens) == len(tree.raw_tokens) == len(tree.hidden) == count
    assert ((tree.tag >= 0) & (tree.tag < len(TAGS))).all()


def check_blocks(page: ParsedHtml) -> None:
    tree = page.tree
    for index, block in enumerate(page.blocks):
        assert block.index == index
        assert page.text[block.start : block.end] == block.text == block.text.strip() != ""
        assert len(squeezed(block.text)) == tree.chars[index]
        element, inner = tree.element[index], tree.inner[index]
        assert element <= inner < tree.end[element]
        assert tree.path(index)[0] == 0
    for column in (tree.link_chars, tree.bold_chars, tree.hidden_chars):
        assert len(column) == len(page.blocks)
        assert (column <= tree.chars).all()
    assert ((tree.links > 0) == (tree.link_chars > 0)).all()


@given(markups)
@settings(max_examples=400, deadline=None)
def test_every_visible_character_is_in_one_block(markup: str) -> None:
    page = parse_html(markup)
    assert squeezed(page.text) == squeezed(visible_text(markup))
    assert squeezed("".join(block.text for block in page.blocks)) == squeezed(page.text)
    check_tree(page)
    check_blocks(page)


@given(markups)
@settings(max_examples=100, deadline=None)
def test_the_same_page_twice_is_the_same(markup: str) -> None:
    one, two = parse_html(markup), parse_html(markup)
    assert (one.text, one.blocks, one.head, one.tally) == (
        two.text,
        two.blocks,
        two.head,
        two.tally,
    )
    assert one.tree.tokens == two.tree.tokens
    assert one.tree.element.tolist() == two.tree.element.tolist()


@given(st.lists(st.sampled_from(LIMITED), max_size=30))
@settings(max_examples=300, deadline=None)
def test_limits_take_no_text(tags: list[str]) -> None:
    """With limits that are always over, the words stay, in order."""
    words = [f"w{number}" for number in range(len(tags))]
    markup = "".join(map("".join, zip(tags, words, strict=True)))
    limits = {"SUSPECT_TAGS": -1, "DEPTH_LIMIT": 2, "REOPENED_LIMIT": -1000, "REPEATED_LIMIT": 0}
    with pytest.MonkeyPatch.context() as patch:
        for name, value in limits.items():
            patch.setattr(guard, name, value)
        page = parse_html(markup)
    assert squeezed(page.text) == "".join(words)


@given(st.one_of(st.text(), markups))
@settings(max_examples=200, deadline=None)
def test_sniffing_never_raises(text: str) -> None:
    is_html(text)
