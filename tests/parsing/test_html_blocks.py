"""Which text becomes which block."""

from __future__ import annotations

import pytest

from cleaner.parsing.html import parse_html


def texts(markup: str) -> list[str]:
    return [block.text for block in parse_html(markup).blocks]


CASES = {
    "paragraphs": ("<p>One<p>Two", ["One", "Two"]),
    "inline elements join": ("<p>A <em>b</em><b>c</b> <span>d</span>", ["A bc d"]),
    "unknown names are inline": ("<p>A <blink>b</blink> c", ["A b c"]),
    "custom elements in text are inline": ("<p>A <my-word>b</my-word> c", ["A b c"]),
    "custom elements beside text are inline": ("<div>A <my-word>b</my-word> c</div>", ["A b c"]),
    "custom elements in a paragraph are inline": ("<p><my-word>a</my-word> <b>b</b>", ["a b"]),
    "custom elements that hold others are blocks": (
        "<my-note><my-name>a</my-name><my-text>b <my-word>c</my-word></my-text></my-note><p>d",
        ["a", "b c", "d"],
    ),
    "text between blocks": ("<div>a<p>b</p>c<div></div>d</div>", ["a", "b", "c", "d"]),
    "single break": ("<p>a <br> b", ["a\nb"]),
    "two breaks": ("<p>a<br><br>b<br> &nbsp; <br>c", ["a", "b", "c"]),
    "breaks at the ends": ("<p><br>a<br></p><br>b", ["a", "b"]),
    "white space collapses": ("<p> a\n\t  b </p>", ["a b"]),
    "no-break space stays": ("<p>&nbsp;a&nbsp; &nbsp;b&nbsp;", ["a\xa0 \xa0b"]),
    "wide space stays": ("<p>日本\u3000語  x", ["日本\u3000語 x"]),
    "pre": ("<pre>\nif x:\n    y\n\n\tz\n</pre>", ["if x:\n    y\n\n\tz"]),
    "pre with spans": ("<pre><span>a</span>\n<b>  b</b><br>c</pre>", ["a\n  b\nc"]),
    "textarea": ("<form>Say<textarea>a\n b</textarea>", ["Say", "a\n b"]),
    "controls": (
        "<p>Size <select><option>S<option>M</select> <button>Buy</button> now",
        ["Size", "S", "M", "Buy", "now"],
    ),
    "row of a table": ("<table><tr><th>a<td>b <i>c</i><tr><td>d<td>e", ["a\tb c", "d\te"]),
    "row with a break": ("<table><tr><td>a<br>b<br><td>c", ["a\nb\tc"]),
    "row with an empty cell": ("<table><tr><td>a<td> <td>c", ["a\tc"]),
    "row with a paragraph": ("<table><tr><td>a<td>b<td><p>c", ["a\tb", "c"]),
    "layout with a long cell": (
        f"<table><tr><td>menu<td>{'word ' * 60}<td>x",
        ["menu", ("word " * 60).strip(), "x"],
    ),
    "layout with parted text": ("<table><tr><td>a<td>b<br><br>c", ["a", "b", "c"]),
    "nested tables": (
        "<table><tr><td>a<table><tr><td>b<td>c</table><td>d<td>e",
        ["a", "b\tc", "d\te"],
    ),
    "two tables": ("<table><tr><td>a</table><table><tr><td>b</table>", ["a", "b"]),
    "list": ("<ul><li>a<li>b<ul><li>c</ul>d</ul>", ["a", "b", "c", "d"]),
    "definitions": ("<dl><dt>a<dd>b", ["a", "b"]),
    "inline menu": ("<nav><a href=1>a</a> <a href=2>b</a></nav>", ["a b"]),
    "links that touch": ("<nav><a href=1>a</a><a href=2>b</a>", ["a b"]),
    "link around blocks": ("<a href=1><h2>a</h2><p>b</p></a>", ["a", "b"]),
    "noscript": ("<body><noscript><p>a</p><p>b</p></noscript>", ["a", "b"]),
    "noscript in head": (
        "<head><noscript><img src=x></noscript><title>t</title></head><body>a",
        ["a"],
    ),
    "details": ("<details><summary>a</summary>b</details>", ["a", "b"]),
    "template": ("<template><p>a</template><p>b", ["b"]),
    "iframe": ("<p>a<iframe>b</iframe>c", ["ac"]),
    "fallback": ("<p>a<video>b</video>c", ["a", "b", "c"]),
    "svg": ("<p>a<svg><title>b</title><text>c</text></svg>d", ["ad"]),
    "math": ("<p><math><mi>x</mi><annotation>\\x</annotation></math>=1", ["x=1"]),
    "script between words": ("<p>a<script>b</script><style>c</style> d", ["a d"]),
    "figure": ("<figure><img alt=no><figcaption>a</figcaption></figure>b", ["a", "b"]),
    "rule": ("a<hr>b", ["a", "b"]),
    "selected content": (
        "<select><button><selectedcontent></selectedcontent></button><option>a</select>",
        ["a"],
    ),
    "nothing": ("", []),
    "only white space": ("<div> &nbsp;\n<p>&#12288;</p></div>", []),
    "only scripts": ("<script>a</script><style>b</style>", []),
    "frames": ("<frameset><frame src=a></frameset><noframes>b</noframes>", []),
    "nul": ("<p>a\0b", ["ab"]),
    "lone surrogate": ("<p>a\ud800", ["a\ufffd"]),
    "unclosed everything": ("<div><p>a<b>b<ul><li>c<table><tr><td>d<!-- e", ["ab", "c", "d"]),
    "a cell too wide": ("<table><tr><td colspan=9007199254740991>a<td>b", ["a\tb"]),
}


@pytest.mark.parametrize("name", CASES)
def test_blocks_of(name: str) -> None:
    markup, expected = CASES[name]
    assert texts(markup) == expected


def test_blocks_have_their_place_in_the_text() -> None:
    page = parse_html("<h1>One</h1><p>Two<br>three")
    assert page.text == "One\n\nTwo\nthree"
    assert [(b.index, b.start, b.end, b.line) for b in page.blocks] == [(0, 0, 3, 1), (1, 5, 14, 2)]


def test_tally_counts_what_is_not_read() -> None:
    markup = (
        "<title>ab</title><script>abc</script><style>d</style><!--xyz--><svg><text>q</svg><p>hi"
    )
    tally = parse_html(markup).tally
    assert {
        kind: tally[kind] for kind in ("head", "script", "style", "comment", "svg", "text")
    } == {
        "head": 2,
        "script": 3,
        "style": 1,
        "comment": 3,
        "svg": 1,
        "text": 2,
    }
    assert sum(tally.values()) == len(markup)
