"""Training pages as HTML blocks, with what is known of each block."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from cleaner.document import BODY_ROLES, Role
from cleaner.parsing.html import ParsedHtml, parse_html
from cleaner.parsing.tags import TAG_NUMBERS
from scripts.training.data import DataPage
from scripts.training.text_pages import _tokens, align
from scripts.training.words import count_words

ROLES = tuple(role.value for role in Role)
_ARTICLE = [ROLES.index(role) for role in BODY_ROLES]
_NOT_ARTICLE = [TAG_NUMBERS["h1"], TAG_NUMBERS["figcaption"]]


@dataclass(frozen=True, eq=False)
class HtmlTrainingPage:
    """A page and the labels of its blocks, all columns over blocks.

    ``main`` is WCXB's target, ``article`` that of article pages without title
    and captions; -1 where unknown. ``article_weight`` is less for blocks that only stand
    between two known ones, or that only a hand-labelled role tells of. ``roles`` is a
    role's number, -1 where unknown.
    """

    page: DataPage
    parsed: ParsedHtml
    words: np.ndarray
    main: np.ndarray
    article: np.ndarray
    article_weight: np.ndarray
    roles: np.ndarray


def html_page(page: DataPage) -> HtmlTrainingPage:
    """Parse and label one page."""
    parsed = parse_html(page.text)
    texts = [block.text for block in parsed.blocks]
    words = count_words(texts)
    count = len(texts)
    main, article, weight = np.full(count, -1.0), np.full(count, -1.0), np.zeros(count)
    if page.gold is not None and page.gold.strip() and count:
        gold = _with_copies(align(texts, page.gold), parsed, texts).astype(float)
        if page.source == "wcxb":
            main = gold
        if page.source == "readability" or page.kind == "article":
            article, weight = gold.copy(), np.ones(count)
            if page.source == "wcxb":
                tags = parsed.tree.tag[parsed.tree.element]
                article[np.isin(tags, _NOT_ARTICLE)] = 0
    roles = _roles(page, texts)
    if page.source == "traf" and count:
        article, weight = _snippets(page, parsed, texts, words)
        rest = (weight == 0) & (roles >= 0)
        article[rest], weight[rest] = np.isin(roles[rest], _ARTICLE), 0.5
    return HtmlTrainingPage(page, parsed, words, main, article, weight, roles)


def _with_copies(gold: np.ndarray, parsed: ParsedHtml, texts: Sequence[str]) -> np.ndarray:
    """Further copies of a gold block beside it are gold, too: the author repeats himself."""
    parents = parsed.tree.parent[parsed.tree.element].tolist()
    wanted = {(texts[at], parents[at]) for at in np.flatnonzero(gold)}
    copies = [key in wanted for key in zip(texts, parents, strict=True)]
    return gold | np.array(copies, bool)


def _snippets(
    page: DataPage, parsed: ParsedHtml, texts: Sequence[str], words: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Blocks that hold a snippet, and the text between the first and the last of them."""
    squeezed = [" ".join(text.split()) for text in texts]
    article, weight = np.full(len(texts), -1.0), np.zeros(len(texts))
    found = sorted(place for place in (_find(squeezed, text) for text in page.must) if place >= 0)
    if found:
        links = parsed.tree.link_chars / np.maximum(parsed.tree.chars, 1)
        inside = np.arange(found[0], found[-1] + 1)
        inside = inside[(words[inside] >= 8) & (links[inside] < 0.3)]
        article[inside], weight[inside] = 1, 0.7
        article[found], weight[found] = 1, 1
    for text in page.must_not:
        wanted = " ".join(text.split())
        for number, line in enumerate(squeezed):
            if wanted in line and article[number] != 1:
                article[number], weight[number] = 0, 1
    return article, weight


def _find(lines: Sequence[str], text: str) -> int:
    text = " ".join(text.split())
    return next((number for number, line in enumerate(lines) if text in line), -1)


def _roles(page: DataPage, texts: Sequence[str]) -> np.ndarray:
    """The role of most words of the labelled lines that a block holds."""
    roles = np.full(len(texts), -1)
    votes: dict[int, Counter[str]] = {}
    places = match_lines([text for _, text in page.roles], texts)
    for (role, text), place in zip(page.roles, places, strict=True):
        if place >= 0:
            votes.setdefault(place, Counter())[role] += len(_tokens(text))
    for place, counted in votes.items():
        roles[place] = ROLES.index(counted.most_common(1)[0][0])
    return roles


_NEAR, _FAR, _ENOUGH = 40, 3000, 6


def match_lines(lines: Sequence[str], texts: Sequence[str]) -> list[int]:
    """For each line the block that its words stand in, in page order; -1 where there is none."""
    words: list[str] = []
    block_of: list[int] = []
    for number, text in enumerate(texts):
        tokens = _tokens(text)
        words += tokens
        block_of += [number] * len(tokens)
    places: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        places.setdefault(word, []).append(number)
    at, found = 0, []
    for line in lines:
        tokens = _tokens(line)
        start = _place(tokens, words, places.get(tokens[0], []) if tokens else [], at)
        if start < 0:
            found.append(-1)
            continue
        counted = Counter(block_of[start : start + len(tokens)])
        found.append(counted.most_common(1)[0][0])
        if at <= start < at + _FAR:
            at = start + len(tokens)
    return found


def _place(tokens: Sequence[str], words: Sequence[str], starts: Sequence[int], at: int) -> int:
    middle = bisect_left(starts, at)
    for start in (*starts[middle : middle + _NEAR], *starts[max(0, middle - _NEAR) : middle]):
        length = 0
        while (
            length < len(tokens)
            and start + length < len(words)
            and words[start + length] == tokens[length]
        ):
            length += 1
        if length == len(tokens) or length >= _ENOUGH:
            return start
    return -1
