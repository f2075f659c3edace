"""The element tree, its columns over blocks, and the head."""

from __future__ import annotations

import numpy as np

from cleaner.parsing.head import Head, json_ld_objects
from cleaner.parsing.html import ParsedHtml, parse_html
from cleaner.parsing.html_document import HtmlDocument
from cleaner.parsing.tags import TAGS
from cleaner.parsing.tree import Tree
from cleaner.pipeline import read_document


def names(tree: Tree) -> list[str]:
    return [TAGS[number] for number in tree.tag]


def path(page: ParsedHtml, text: str) -> list[str]:
    block = next(block.index for block in page.blocks if block.text == text)
    return [TAGS[page.tree.tag[element]] for element in page.tree.path(block)]


def test_tree_columns() -> None:
    tree = parse_html("<!doctype html><!--c--><div><p>a<script>x</script><b>b</b></div><x-y>c").tree
    assert names(tree) == ["html", "body", "div", "p", "b", "?"]
    assert tree.parent.tolist() == [-1, 0, 1, 2, 3, 1]
    assert tree.end.tolist() == [6, 6, 5, 5, 5, 6]
    assert tree.depth.tolist() == [0, 1, 2, 3, 4, 2]
    assert len(tree.tokens) == len(tree.hidden) == 6


def test_tree_of_nothing_has_html_and_body() -> None:
    tree = parse_html("").tree
    assert names(tree) == ["html", "body"]
    assert not len(tree.element)
    assert not len(tree.chars)


def test_tokens_are_class_and_id() -> None:
    tree = parse_html('<div class="postBody  a-b" id=Main><p id=x><p class="">').tree
    assert tree.tokens[2:] == (("postbody", "a-b", "main"), ("x",), ())
    assert tree.raw_tokens[2:] == (("postBody", "a-b", "Main"), ("x",), ())
    assert tree.anchors == {2: "Main", 3: "x"}


def test_svg_and_iframe_are_leaves_of_the_tree() -> None:
    tree = parse_html("<p><svg class=icon><g><path/></g></svg><iframe><b></iframe>").tree
    assert names(tree) == ["html", "body", "p", "svg", "iframe"]
    assert tree.tokens[3] == ("icon",)


def test_sparse_attributes() -> None:
    tree = parse_html(
        '<article itemtype="https://schema.org/Article" role=main><h1 itemprop=headline>'
        "<a name=top>x</a><a href=/y>y</a><input name=q>"
    ).tree
    assert (tree.itemtypes, tree.roles) == ({2: "https://schema.org/Article"}, {2: "main"})
    assert (tree.itemprops, tree.anchors) == ({3: "headline"}, {4: "top"})
    assert tree.hrefs == {5: "/y"}


def test_element_is_block_level_and_inner_is_lowest() -> None:
    page = parse_html("<ul><li><a href=x><b>a</b></a></ul><div>b <i>c</i></div>")
    assert path(page, "a") == ["html", "body", "ul", "li"]
    assert [TAGS[page.tree.tag[e]] for e in page.tree.inner] == ["b", "div"]


def test_element_of_joined_cells_is_the_row() -> None:
    page = parse_html("<table><tr><td>a<td>b<tr><td>c")
    assert path(page, "a\tb")[-1] == "tr"
    assert path(page, "c")[-1] == "td"


def test_characters_of_a_block() -> None:
    tree = parse_html(
        "<p>Plain <a href=1>one <b>two</b></a> <a href=2>three</a> <a name=n>four</a>"
        "<span hidden>five</span>"
    ).tree
    assert tree.chars.tolist() == [24]
    assert tree.link_chars.tolist() == [11]
    assert tree.bold_chars.tolist() == [3]
    assert tree.hidden_chars.tolist() == [4]
    assert tree.links.tolist() == [2]


def test_a_link_around_two_blocks_counts_in_both() -> None:
    tree = parse_html("<a href=x><h2>a</h2><p>b</p></a>").tree
    assert tree.links.tolist() == [1, 1]


def test_hidden_is_flagged_and_inherited() -> None:
    page = parse_html(
        "<div hidden><p>a</div><div style='color:red; DISPLAY : none'>b</div>"
        "<div aria-hidden=true>c</div><div style='display:block'>d</div><dialog>e</dialog>"
        "<dialog open>f</dialog><canvas>g</canvas>"
    )
    hidden = {
        block.text: bool(page.tree.hidden[page.tree.element[block.index]]) for block in page.blocks
    }
    assert "".join(text for text in hidden if hidden[text]) == "abceg"


def test_sums_over_descendants_are_differences_of_a_cumsum() -> None:
    tree = parse_html("<main><p>ab<p>cde</main><footer>f</footer>").tree
    own = np.zeros(len(tree.tag) + 1, dtype=int)
    np.add.at(own, tree.element + 1, tree.chars)
    sums = np.cumsum(own)
    inside = sums[tree.end] - sums[: len(tree.tag)]
    assert dict(zip(names(tree), inside.tolist(), strict=True))["main"] == 5


def test_head() -> None:
    head = parse_html(
        "<!doctype html><html lang=de><head><title> A\n B </title><meta name=Author content=X>"
        "<meta property=og:title content=Y><meta property=og:title content=Z>"
        "<link rel='alternate canonical' href=/c></head><body><title>no</title>"
        "<script type=application/LD+json>{}</script><svg><title>no</title></svg>"
    ).head
    assert (head.title, head.lang, head.canonical) == ("A B", "de", "/c")
    assert head.meta == {"author": "X", "og:title": "Y"}
    assert head.json_ld == ("{}",)


def test_head_after_a_noscript_that_ends_it() -> None:
    head = parse_html(
        "<head><noscript><img src=p.gif></noscript><title>T</title>"
        "<meta name=a content=b><link rel=canonical href=/c></head><p>x"
    ).head
    assert (head.title, head.meta, head.canonical) == ("T", {"a": "b"}, "/c")


def test_head_of_nothing_is_empty() -> None:
    assert parse_html("<p>x").head == Head()


def test_json_ld_objects_never_raise() -> None:
    head = Head(json_ld=('{"@graph": [{"a": 1}, [{"b": 2}], 3]}', "{", "", "null", "[" * 100_000))
    assert [sorted(o) for o in json_ld_objects(head)] == [["@graph"], ["a"], ["b"]]


def test_pieces_say_which_element_each_text_stands_in() -> None:
    tree = parse_html(
        '<div class="head"><b>Ann</b> <time datetime="2020-05-03">May 3</time></div><p>One<br>two'
    ).tree
    assert tree.pieces[:3] == ("Ann", "May 3", "One")
    assert tree.piece_block.tolist() == [0, 0, 1, 1]
    parents = tree.piece_parent.tolist()
    assert [TAGS[tree.tag[parent]] for parent in parents] == ["b", "time", "p", "p"]
    assert tree.times == {parents[1]: "2020-05-03"}
    inside = [parent < place for parent, place in zip(parents, tree.piece_place, strict=True)]
    assert all(inside)


def test_an_html_document_keeps_its_tree_when_marks_are_added() -> None:
    document, _ = read_document("<!doctype html><p>One</p>")
    assert isinstance(document, HtmlDocument)
    marked = document.with_marks([])
    assert isinstance(marked, HtmlDocument)
    assert marked.tree is document.tree
    assert not isinstance(read_document("One")[0], HtmlDocument)
