"""Pages that would keep a parser busy: an answer in time that grows no faster than the page."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time

import pytest

from cleaner.parsing import guard
from cleaner.parsing.guard import DEPTH_LIMIT, is_suspect, make_harmless
from cleaner.parsing.html import parse_html
from cleaner.parsing.sniff import is_html

PAGES: dict[str, Callable[[int], str]] = {
    "nested": lambda n: "<div>" * n + "x",
    "nested and closed": lambda n: "<div>" * n + "x" + "</div>" * n,
    "nested lists": lambda n: "<ul><li>x" * n,
    "nested links": lambda n: "<a href=x><div>" * n,
    "nested unknown": lambda n: "<x-y>" * n,
    "nested templates": lambda n: "<template>" * n,
    "nested tables": lambda n: "<table><td>" * n,
    "unclosed formatting": lambda n: "".join(f"<b id={i}>x" for i in range(n)),
    "formatting opened anew": lambda n: (
        "<p>" + "".join(f"<b id={i}>" for i in range(300)) + "</p>" + "<p>x</p>" * n
    ),
    "formatting in tables": lambda n: "<table>" + "".join(f"<b id={i}><tr>" for i in range(n)),
    "attributes": lambda n: "<p " + " ".join(f"a{i}" for i in range(n)) + ">x",
    "attributes of body": lambda n: "".join(f"<body a{i}=1>" for i in range(n)),
    "names of elements": lambda n: "".join(f"<x{i}>x</x{i}>" for i in range(n)),
    "names of attributes": lambda n: "".join(f"<i a{i}>x</i>" for i in range(n)),
    "attributes of end tags": lambda n: "".join(f"<i>x</i a{i}>" for i in range(n)),
    "end tags": lambda n: "<div>" * 400 + "<p></b></i></p>" * n,
    "empty blocks": lambda n: "<div></div>" * n,
    "blocks": lambda n: "<p>x" * n,
    "breaks": lambda n: "x<br>" * n,
    "cells": lambda n: "<table><tr>" + "<td colspan=9007199254740991>x" * n,
    "scripts": lambda n: "<script>var x = '<p>';</script>" * n,
    "comments": lambda n: "<!--" * n + "x",
    "angles": lambda n: "<" * n,
    "quotes": lambda n: "<p a='" * n,
    "equals": lambda n: "<p =" * n,
    "ampersands": lambda n: "&amp" * n,
}


def seconds(work: Callable[[], object]) -> float:
    gc.collect()
    begin = process_time()
    work()
    return process_time() - begin


@pytest.mark.parametrize("name", PAGES)
def test_time_grows_no_faster_than_the_page(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four times the page takes less than eight times as long; a square would be sixteen."""
    monkeypatch.setattr(guard, "MOST_TAGS", guard.SUSPECT_TAGS)
    small, large = PAGES[name](20_000), PAGES[name](80_000)
    first = min(seconds(lambda: parse_html(small)) for _ in range(2))
    second = min(seconds(lambda: parse_html(large)) for _ in range(2))
    assert second < 8 * max(first, 0.02)


@pytest.mark.parametrize(
    "beginning", ["<!--", "<div>", "<div ", "<p a='", "<", "<!doctype html>", "\n"]
)
def test_sniffing_takes_no_time(beginning: str) -> None:
    assert seconds(lambda: is_html(beginning * 200_000)) < 1


def test_a_million_nested_tags() -> None:
    page = parse_html("<div>" * 1_000_000 + "x")
    assert page.text == "x"
    assert page.cut == f"{1_000_000 - DEPTH_LIMIT} tags deeper than {DEPTH_LIMIT} elements"
    assert page.tree.depth.max() <= DEPTH_LIMIT + 2


def test_text_beyond_the_limit_keeps_its_blocks() -> None:
    page = parse_html("<div>" * 20_000 + "a<p>b</p>c<i>d</i>" + "</div>" * 20_000 + "e")
    assert [block.text for block in page.blocks] == ["a", "b", "cd", "e"]


def test_an_ordinary_page_is_not_touched() -> None:
    data = b"<ul>" + b"<li><b>a</b> <a href=x>b</a>" * 2000 + b"</ul>"
    assert not is_suspect(data)
    assert make_harmless(data) == (data, "")


def test_a_large_page_within_the_limits_is_not_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "MOST_TAGS", guard.SUSPECT_TAGS)
    svg = b"<svg><path d='M0'/><g><path d='M0'/></g></svg>"
    data = b"<table>" + b"<tr><td><p>a<br>b<td><img src=x>%b" % svg * 3000 + b"</table>"
    assert is_suspect(data)
    assert make_harmless(data) == (data, "")


def test_a_long_value_is_not_many_attributes() -> None:
    data = b"<img src='data:" + b"A" * 100_000 + b"'>"
    assert make_harmless(data) == (data, "")


def test_too_many_attributes_are_dropped_and_said() -> None:
    page = parse_html("<p class=x " + " ".join(f"a{i}" for i in range(5000)) + ">text")
    assert page.text == "text"
    assert page.cut == "1 tags of more than 1000 attributes"


def test_binary_data_has_blocks_or_none() -> None:
    data = bytes(range(256)) * 500
    parse_html(data.decode("latin-1"))
    parse_html(data.decode("utf-8", "replace"))


def test_utf16_taken_for_latin_1() -> None:
    assert parse_html("<p>a b</p>".encode("utf-16-le").decode("latin-1")).blocks
