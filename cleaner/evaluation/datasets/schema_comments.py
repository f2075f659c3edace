"""The comments that a page marks up as such: schema.org microdata, and JSON-LD.

The markup says which words a reader wrote, and who. Taken out of the page, it is
gold for a program that has to find both without it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaner.evaluation.cases import GoldComment
from cleaner.evaluation.datasets.markup import html_text, squeezed

MARKUP = re.compile(rb"schema\.org/(?:Comment|UserComments)\b|\"comment\"\s*:", re.IGNORECASE)
"""A page's bytes without this mark up no comment."""

_KINDS = ("Comment", "UserComments")
_TEXTS, _AUTHORS = ("text", "commentText"), ("author", "creator")
_DISCUSSION = "DiscussionForumPosting"
_PIECES = (_DISCUSSION, "Question", "QAPage", "Article", "NewsArticle", "BlogPosting")
"""What comments belong to; on a page with none of these, the first comment is the opening post."""

_ATTRIBUTES = ("itemprop", "itemscope", "itemtype", "itemid", "itemref")


def gold_comments(html: str) -> tuple[GoldComment, ...]:
    """The comments that a page's markup names, in its order, less the opening post.

    A comment is not ``is_visible`` when its author or its text is empty, or stands
    nowhere on the page but in markup and scripts.

    >>> page = "<div itemtype=http://schema.org/Comment itemscope><b itemprop=author>Ada</b>"
    >>> gold_comments(f"<h1 itemtype=schema.org/Question>Rain?</h1>{page}<i itemprop=text>No.")
    (GoldComment(author='Ada', text='No.', is_visible=True),)
    """
    page = LexborHTMLParser(html)
    objects = _linked_objects(page)
    elements = (each for each in _comment_elements(page) if not _is_main(each))
    found = [(_author(element), _text(element)) for element in elements]
    opening = _has_opening(found, objects, page)
    pairs = [*found[opening:], *_linked_comments(objects)]
    shown = "\n".join(squeezed(html_text(each)) for each in (html, _without_buttons(html)))
    return tuple(_gold(*pair, shown) for pair in dict.fromkeys(pairs))


def without_comment_markup(html: str) -> str:
    """The page without what `gold_comments` reads; all else stays as a parser sees it."""
    page = LexborHTMLParser(html)
    for element in _comment_elements(page):
        for each in (element, *element.css("[itemprop], [itemscope], [itemtype]")):
            for name in _ATTRIBUTES:
                if name in each.attributes:
                    del each.attrs[name]
    for script in page.css('script[type*="ld+json"]'):
        if any(_linked_comments(_objects(script.text()))):
            script.decompose()
    return page.html or ""


def _gold(author: str, text: str, shown: str) -> GoldComment:
    is_visible = all(part and part in shown for part in map(squeezed, (author, text)))
    return GoldComment(author, text, is_visible)


def _comment_elements(page: LexborHTMLParser) -> list[LexborNode]:
    """The elements that are comments; a box around comments that has no text of its own is none."""
    marked = (element for element in page.css("[itemtype]") if _kind(element) in _KINDS)
    return [element for element in marked if _own(element, _TEXTS)]


def _is_main(element: LexborNode) -> bool:
    return "mainEntity" in (element.attributes.get("itemprop") or "")


def _kind(element: LexborNode) -> str:
    return (element.attributes.get("itemtype") or "").strip().rstrip("/").rsplit("/", 1)[-1]


def _own(element: LexborNode, names: Sequence[str]) -> list[LexborNode]:
    """The elements that give these properties of an item, not those of items inside it."""
    found = (each for name in names for each in element.css(f'[itemprop~="{name}"]'))
    return [each for each in found if _item_of(each) == element]


def _item_of(element: LexborNode) -> LexborNode | None:
    above = element.parent
    while above is not None and "itemscope" not in above.attributes:
        above = above.parent
    return above


def _text(element: LexborNode) -> str:
    return _value(_own(element, _TEXTS)[0])


def _author(element: LexborNode) -> str:
    """The name of an item's author; of one that names nobody as such, its own name."""
    for author in _own(element, _AUTHORS):
        names = _own(author, ("name",)) if "itemscope" in author.attributes else []
        return _value(names[0] if names else author)
    names = [each for each in _own(element, ("name",)) if "content" not in each.attributes]
    return _value(names[0]) if names else ""


def _value(element: LexborNode) -> str:
    """What an element says, without the buttons in it: these are no words of a reader."""
    if said := element.attributes.get("content"):
        return " ".join(said.split())
    return html_text(_without_buttons(element.html or ""))


def _without_buttons(html: str) -> str:
    page = LexborHTMLParser(html)
    for button in page.css('button, [role="button"]'):
        button.decompose()
    return page.html or ""


def _has_opening(
    comments: Sequence[tuple[str, str]], objects: Sequence[dict[str, Any]], page: LexborHTMLParser
) -> bool:
    """Whether the first comment is what the page is about.

    So it is where nothing else is said to be, and where a discussion says of its own
    text no more than its headline.
    """
    marked = page.css("[itemtype]")
    kinds = {*map(_kind, marked), *(str(each.get("@type")) for each in objects)}
    if not comments or kinds.isdisjoint(_PIECES):
        return bool(comments)
    discussions = [element for element in marked if _kind(element) == _DISCUSSION]
    return any(_is_headline_only(each) and _author(each) == comments[0][0] for each in discussions)


def _is_headline_only(discussion: LexborNode) -> bool:
    texts, headlines = (
        [squeezed(_value(each)) for each in _own(discussion, (name,))]
        for name in ("text", "headline")
    )
    return bool(texts) and texts == headlines


def _linked_objects(page: LexborHTMLParser) -> list[dict[str, Any]]:
    scripts = page.css('script[type*="ld+json"]')
    return [each for script in scripts for each in _objects(script.text())]


def _objects(text: str) -> list[dict[str, Any]]:
    """All objects in a JSON text, those inside others included; none when it is not JSON."""
    try:
        pending, found = [json.loads(text, strict=False)], []
    except ValueError:
        return []
    while pending:
        value = pending.pop()
        if isinstance(value, dict):
            found.append(value)
            pending.extend(reversed(value.values()))
        elif isinstance(value, list):
            pending.extend(reversed(value))
    return found


def _linked_comments(objects: Sequence[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Author and text of the comments in JSON-LD, in their order."""
    for each in objects:
        for comment in _listed(each.get("comment")):
            author = next(iter(_listed(comment.get("author"))), {})
            yield _unescaped(author.get("name")), _unescaped(comment.get("text"))


def _unescaped(value: object) -> str:
    """A JSON text; some pages escape it as they would in HTML."""
    return unescape(str(value or ""))


def _listed(value: object) -> list[dict[str, Any]]:
    """The objects in a value, which may be one or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [each for each in values if isinstance(each, dict)]
