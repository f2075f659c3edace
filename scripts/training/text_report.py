"""What a text model is worth: the figures of issue 3, from out-of-fold scores."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from cleaner.document import BODY_ROLES
from cleaner.evidence.cut import expected_f1_cut
from scripts.training.lessons import Floats
from scripts.training.text_corpus import Corpus
from scripts.training.text_pages import ROLES, STYLES, TextPage

_WORD = re.compile(r"\w+")
_REPEATED_WORDS = 5  # a later copy of a line this long is dropped
_SHINGLE = 4

_GROUPS = np.array([list(type(role.group)).index(role.group) for role in ROLES])
_BODY = np.isin(np.arange(len(ROLES)), [ROLES.index(role) for role in BODY_ROLES])


def report(corpus: Corpus, chances: Floats) -> Iterator[str]:
    """Lines to print: content figures per style, then role figures per style and role."""
    kept = [_kept(corpus, number, chances) for number in range(len(corpus.pages))]
    yield from _content(corpus, kept)
    yield from _roles(corpus, chances, np.concatenate(kept))


def _kept(corpus: Corpus, number: int, chances: Floats) -> NDArray[np.bool_]:
    """The lines of a page that the expected-F1 cut keeps, later copies dropped."""
    rows = slice(corpus.bounds[number], corpus.bounds[number + 1])
    words = corpus.words[rows].astype(float)
    main = chances[rows, -1].astype(float)
    seen: set[str] = set()
    for at, line in enumerate(corpus.pages[number].lines):
        if words[at] >= _REPEATED_WORDS:
            if line in seen:
                words[at] = main[at] = 0.0
            seen.add(line)
    return expected_f1_cut(main, words) & (words > 0)


def _content(corpus: Corpus, kept: list[NDArray[np.bool_]]) -> Iterator[str]:
    figures: dict[str, dict[str, list[tuple[float, ...]]]] = {}
    for page, flags in zip(corpus.pages, kept, strict=True):
        if page.style not in STYLES:
            continue  # what is known of the content is of whole pages
        text = "\n".join(line for line, keep in zip(page.lines, flags, strict=True) if keep)
        for name, value in _measured(page, text):
            figures.setdefault(name, {}).setdefault(page.style, []).append(value)
    yield "content".ljust(28) + "".join(style.rjust(8) for style in STYLES)
    for name, styles in sorted(figures.items()):
        values = (_figure(name, styles.get(style, [])) for style in STYLES)
        yield name.ljust(28) + "".join(f"{value:8.3f}" for value in values)


def _measured(page: TextPage, text: str) -> Iterator[tuple[str, tuple[float, ...]]]:
    source = page.page.source
    if source == "traf":
        squeezed = "".join(text.split())
        found = sum("".join(part.split()) in squeezed for part in page.page.must)
        wrong = sum("".join(part.split()) in squeezed for part in page.page.must_not)
        yield "traf-dev snippets", (found, wrong, len(page.page.must) - found)
    elif source == "readability":
        yield "readability shingles", _overlap(_shingles(text), _shingles(page.page.gold or ""))
    elif (page.page.gold or "").strip():
        gold = Counter(_WORD.findall((page.page.gold or "").lower()))
        precision, recall = _overlap(Counter(_WORD.findall(text.lower())), gold)
        value = (_harmonic(precision, recall),)
        yield "wcxb words", value
        yield f"wcxb words, {page.page.kind}", value


def _figure(name: str, values: list[tuple[float, ...]]) -> float:
    if not values:
        return float("nan")
    if name.startswith("traf"):
        found, wrong, missed = np.sum(values, axis=0)
        return float(2 * found / (2 * found + wrong + missed))
    means = np.mean(values, axis=0)
    return _harmonic(*means) if len(means) == 2 else float(means[0])


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if len(words) < _SHINGLE:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))


def _overlap(answer: Counter, gold: Counter) -> tuple[float, float]:
    shared = sum((answer & gold).values())
    return shared / max(1, sum(answer.values())), shared / max(1, sum(gold.values()))


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _roles(corpus: Corpus, chances: Floats, kept: NDArray[np.bool_]) -> Iterator[str]:
    likeliest = chances[:, :-1].argmax(axis=1)
    settled = np.where(kept[:, None] == _BODY, chances[:, :-1], -1).argmax(axis=1)
    for number, style in enumerate(STYLES):
        rows = (corpus.roles >= 0) & (corpus.style == number)
        for name, found in (("likeliest role", likeliest), ("after the cut", settled)):
            right = (found == corpus.roles)[rows].mean()
            group = (_GROUPS[found] == _GROUPS[corpus.roles])[rows].mean()
            yield f"roles-dev {style}, {name}: role {right:.3f}, group {group:.3f}"
    rows = (corpus.roles >= 0) & (corpus.style == 0)
    yield "role".ljust(16) + "lines   precision  recall"
    for number, role in enumerate(ROLES):
        true, said = corpus.roles[rows] == number, likeliest[rows] == number
        both = (true & said).sum()
        precision, recall = both / max(1, said.sum()), both / max(1, true.sum())
        yield f"{role.value:14} {true.sum():7} {precision:10.3f} {recall:8.3f}"
