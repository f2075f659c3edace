"""The times of training pages: their features, and where a reader's comment is, if any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

import numpy as np

from cleaner.document import OF_THREADS, ROLE_NUMBERS, Document, Role
from cleaner.evidence.lines.shape import shapes_of
from cleaner.parsing.lines import parse_lines
from cleaner.stages.comments.beat_features import BEAT_CLASSES, WIDEST_GAP, beat_features
from cleaner.stages.comments.readings import Readings
from scripts.training.text_pages import TextPage

NONE, BELOW, ABOVE = range(len(BEAT_CLASSES))
_COMMENT = ROLE_NUMBERS[Role.COMMENT]
_HEAD = 3  # short lines over a time that go under the text with it, at most
_SHORT = 4  # words below which a line is such a one


@dataclass(frozen=True)
class PageTimes:
    """The times of a page: their features and classes, and its fold."""

    features: np.ndarray
    classes: np.ndarray
    fold: int


def beats_of(
    lines: Sequence[str], page: TextPage, order: Sequence[int] | None = None
) -> PageTimes | None:
    """The times of a page whose lines stand in an order of their own, or in the page's."""
    roles = page.roles if order is None else page.roles[list(order)]
    times = _times(lines)
    if not times:
        return None
    features = beat_features(lines, shapes_of(lines), times)
    return PageTimes(features, classes_of(list(times), roles), page.page.fold)


def _times(lines: Sequence[str]) -> dict[int, str]:
    text = "\n".join(lines)
    blocks = parse_lines(text)
    if [block.text for block in blocks] != list(lines):
        return {}
    return Readings(Document(text, blocks)).times(range(len(lines)))


def classes_of(places: Sequence[int], roles: np.ndarray) -> np.ndarray:
    """Whether the time in each of these lines is a comment's, and where its text stands."""
    classes = np.full(len(places), NONE)
    threads = _threads([n for n, line in enumerate(places) if roles[line] in OF_THREADS], places)
    for numbers in threads:
        first = places[numbers[0]]
        start = max(0, first - WIDEST_GAP, places[numbers[0] - 1] + 1 if numbers[0] else 0)
        is_over = (roles[start:first] == _COMMENT).any()
        classes[numbers] = ABOVE if is_over else BELOW
    return classes


def _threads(numbers: Sequence[int], places: Sequence[int]) -> Iterator[list[int]]:
    """Times that follow each other at no great distance."""
    run: list[int] = []
    for number in numbers:
        if run and (number != run[-1] + 1 or places[number] - places[run[-1]] > WIDEST_GAP):
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def turned_beats(page: TextPage) -> PageTimes | None:
    """The page with each time, and with some pages what stands over it, under the lines it is over.

    None where threads have their times there already.
    """
    places = list(_times(page.lines))
    classes = classes_of(places, page.roles)
    if not places or (classes == ABOVE).any():
        return None
    head = crc32(page.page.name.encode()) % (_HEAD + 1)
    order = turned_order(places, page.lines, head)
    turned = beats_of([page.lines[line] for line in order], page, order)
    if turned is None or len(turned.classes) != len(classes):
        return None
    return replace(turned, classes=np.where(classes == BELOW, ABOVE, classes))


def turned_order(places: Sequence[int], lines: Sequence[str], most: int) -> list[int]:
    """The lines of a page in the order in which each head stands before the next one's place."""
    shapes = shapes_of(lines)
    heads = []
    floor = 0
    for place in places:
        start = place
        while start > max(floor, place - most) and shapes[start - 1].words < _SHORT:
            start -= 1
        heads.append(range(start, place + 1))
        floor = place + 1
    order = list(range(heads[0].start))
    for number, head in enumerate(heads):
        end = heads[number + 1].start if number + 1 < len(heads) else len(lines)
        end_of_text = min(end, head.stop + WIDEST_GAP // 2) if number + 1 == len(heads) else end
        order += [*range(head.stop, end_of_text), *head, *range(end_of_text, end)]
    return order
