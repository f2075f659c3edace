"""The lines around the title and above the text: source, section, summary, place, captions."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.document import Mark, Role
from cleaner.evidence.lines.shape import is_upper
from cleaner.stages.article.headline import TitledRegion, find_repeats
from cleaner.stages.article.region import Region
from cleaner.stages.claims import claimed_role
from cleaner.stages.phrases import phrase_key
from cleaner.stages.rules import RuleBook

_SOURCE_WORDS = 5
_PLACE_WORDS = 4
_KICKER_WORDS = 2
_SUMMARY_WORDS = 8
_SUMMARY_REACH = 3  # lines under the title in which a summary may stand
_NAME_REACH = (
    6  # lines above the title and under the first paragraph in which author and time may stand
)


def mark_names(region: TitledRegion, rules: RuleBook) -> Iterator[Mark]:
    """Author and time, near the title or at the end; elsewhere they are a teaser's."""
    if not region.paragraphs:
        return
    headline = region.headline
    top = region.first if headline is None else headline
    near = range(max(0, top - _NAME_REACH), min(region.first + 2, len(region.shapes)))
    after = range(region.last + 1, min(region.last + 3, len(region.shapes)))
    for index in (*near, *after):
        for rule in (rules["by-line"], rules["date-line"]):
            if (
                claimed_role(region.document, index) is None
                and rule.match(region.text(index)) is not None
            ):
                yield rule.mark(index)


def mark_pictures(region: Region, rules: RuleBook) -> Iterator[Mark]:
    """Captions that only their place gives away: prose above the second paragraph."""
    rule = rules["picture-sentence"]
    for index in region.paragraphs[:3]:
        if rule.match(region.text(index)) is None:
            return
        yield rule.mark(index)


def mark_above(region: TitledRegion, rules: RuleBook) -> Iterator[Mark]:
    """Marks for the title, its repeats, and the lines near it; none when there is no title."""
    headline = region.headline
    if headline is None:
        return
    yield rules["title-line"].mark(headline)
    repeats = find_repeats(region, headline)
    yield from (rules["title-repeated"].mark(index) for index in repeats)
    titles = {headline, *repeats}
    sources = set(_sources(region, headline))
    yield from (rules["source-line"].mark(index) for index in sorted(sources))
    yield from _section(region, rules, headline, sources)
    between = [i for i in region.free if headline < i < region.first and i not in titles | sources]
    yield from _summary(region, rules, headline, between)
    yield from _place(region, rules)


def _sources(region: Region, headline: int) -> Iterator[int]:
    """The source: a short line on both sides of the title, or between the title and a date."""
    above, below = headline - 1, headline + 1
    if below >= min(region.first, len(region.shapes)) or not _is_short(
        region, below, _SOURCE_WORDS
    ):
        return
    if above >= 0 and phrase_key(region.text(above)) == phrase_key(region.text(below)):
        yield above
        yield below
    elif below + 1 < region.first and claimed_role(region.document, below + 1) is Role.DATELINE:
        yield below


def _section(region: Region, rules: RuleBook, headline: int, sources: set[int]) -> Iterator[Mark]:
    above = headline - 1
    if above < 0 or above in sources or above not in region.free:
        return
    if rules["section-word"].match(region.text(above)) is not None:
        yield rules["section-word"].mark(above)
    elif (
        above - 1 >= 0 and above - 1 not in region.free and _is_short(region, above, _KICKER_WORDS)
    ):
        yield rules["kicker"].mark(above)


def _summary(region: Region, rules: RuleBook, headline: int, between: list[int]) -> Iterator[Mark]:
    """A long line under the title; further down, only above the lines of author and time."""
    for index in between:
        is_near = index <= headline + _SUMMARY_REACH
        if not is_near or region.shapes[index].words < _SUMMARY_WORDS:
            continue
        if index == headline + 1:
            yield rules["under-title"].mark(index)
        elif claimed_role(region.document, index + 1) in (Role.BYLINE, Role.DATELINE):
            yield rules["summary"].mark(index)


def _place(region: Region, rules: RuleBook) -> Iterator[Mark]:
    index = region.first - 1
    if (
        index in region.free
        and is_upper(region.text(index))
        and _is_short(region, index, _PLACE_WORDS)
    ):
        yield rules["place-line"].mark(index)


def _is_short(region: Region, index: int, words: int) -> bool:
    shape = region.shapes[index]
    return index in region.free and 0 < shape.words <= words and not shape.is_sentence
