"""What is taken for HTML, and the look-alikes that are not."""

from __future__ import annotations

import pytest

from cleaner.parsing.sniff import is_html

PROSE = "The element is often used wrongly, and nobody notices until the page is printed. " * 20


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html><head><title>a</title></head><body><p>b</body></html>",
        "\ufeff \n<!-- a <p> --><!-- b -->\n<!doctype HTML PUBLIC '-//W3C'><body>x",
        '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body/></html>',
        "<HTML>\n<BODY BGCOLOR=white>Hello",
        f"<html><body><pre>{PROSE}</pre></body></html>\n<!-- 12 ms -->\n",
        f"<!doctype html><script>{'x=1;' * 40_000}</script><p>{PROSE}",
        "<frameset cols=20%,*><frame src=a></frameset>",
        "<head><title>a</title></head>b",
        f"<div class=post><p>{PROSE}</p></div>\n",
        "<article><h1>a</h1><p>b<br>c<p>d</article>",
        "<ul><li>a<li>b</ul>",
        "<p>Hello <b>you</b></p>\n<p>And <i>you</i>.</p>",
        "<div>" * 300,
        "<div>" * 200_000 + "The bridge opens.",
        "\n<!-- a --><div class=a>\n" * 50 + "<p>The bridge opens.",
        "<table><tr><td>" * 100 + "</table>",
    ],
)
def test_html(text: str) -> None:
    assert is_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  \n",
        "<!-- only this -->",
        "<!-- never ended <html>",
        "Plain text.",
        f"<p> begins a paragraph.\n{PROSE}",
        f"<p>\n{PROSE}\nEnd it with </p>",
        f"<!DOCTYPE html> goes first.\n{PROSE}",
        f"<html> is the root.\n{PROSE}\nIt ends with </html>, of course.",
        f"Write\n<div>\n<p>x</p>\n</div>\n{PROSE}",
        f"<div>\n<p>x</p>\n</div>\n{PROSE}",
        "<3 this song\n<3 <3",
        "<name@example.org> wrote:\n> text",
        '<?xml version="1.0"?><rss><channel><title>a</title></channel></rss>',
        "<heading>a</heading>",
        "<p>" * 300,
        "<b>" * 300,
        "<name>" * 300,
        f"{'<div>' * 5}\n{PROSE}",
        "<div class='row'>\n  <span>One of the columns\n  <span>Another of them\nis how it begins.",
        f"<div>\n<div>\n<div>\nThree boxes without an end: {PROSE[:80]}",
        "</div>",
        "<",
    ],
)
def test_not_html(text: str) -> None:
    assert not is_html(text)


@pytest.mark.parametrize(
    ("media_type", "expected"),
    [
        ("text/html", True),
        ("Text/HTML; charset=utf-8", True),
        (" application/xhtml+xml ", True),
        ("text/plain; charset=x", False),
    ],
)
def test_media_type_settles_it(media_type: str, expected: bool) -> None:
    assert is_html("Plain text.", media_type) is expected
    assert is_html("<!doctype html><p>a", media_type) is expected


@pytest.mark.parametrize("media_type", [None, "", "application/octet-stream", ";", "text/markdown"])
def test_other_media_types_say_nothing(media_type: str | None) -> None:
    assert is_html("<!doctype html><p>a", media_type)
    assert not is_html("Plain text.", media_type)
