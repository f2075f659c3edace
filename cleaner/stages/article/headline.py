"""Which line above the text is its title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import takewhile

from cleaner.document import Group, Role
from cleaner.stages.article.region import Region
from cleaner.stages.claims import claimed_role, is_claimed

_FEWEST, _MOST = 3, 30  # words of a title
_FIRST_PARAGRAPHS = (
    12  # paragraphs whose words a title shares; a long text shares words with anything
)
_GOOD_ENOUGH = (
    0.7  # of the best line's score: the first such line is the title, the next its summary
)
_DISTANCE = 0.03  # of the score lost per line between title and text, for at most twenty lines
_PRICE = re.compile(r"^\W*\d[\d.,]* ?[€$£¥]|^\W*[€$£¥] ?\d")
_PART = re.compile(r"\w+(?:['’]\w+)*")  # of a word, which hyphens join
_ENDS = (".", ":", ";", ",", "。")
_SIGNED = 3  # lines below a title in which author and time mostly stand
_SHORT = 4  # letters; shorter words are mostly function words


@dataclass(frozen=True, eq=False)
class TitledRegion(Region):
    """A region that knows its title."""

    @cached_property
    def headline(self) -> int | None:
        """The block that is the title, see `find_headline`; looked for once."""
        return find_headline(self)


def find_headline(region: Region) -> int | None:
    """The block that is the title, where it first stands; None when no line is like one.

    A candidate is a line of 3 to 30 words above the first paragraph that no
    stage has claimed and that does not end like a sentence. It scores by the
    share of its longer words that the text takes up, by its repetition, by
    author or time below it, and by standing close to the text.
    """
    first = region.first
    above = takewhile(first.__gt__, region.free)
    candidates = [index for index in above if _is_title_like(region, index)]
    if not candidates or not region.paragraphs:
        return None
    vocabulary = _vocabulary(region)
    copies = region.copies.find(candidates)
    signed = _signed(region)
    scores = {
        index: _score(
            region,
            index,
            vocabulary,
            is_repeated=len(copies[index]) > 1,
            is_signed=index in signed,
        )
        for index in candidates
    }
    best = max(scores.values())
    return next(index for index in candidates if scores[index] >= _GOOD_ENOUGH * best)


def find_repeats(region: Region, headline: int) -> list[int]:
    """Where the title stands once more, whole; not inside lists of other pieces or comments."""
    return [
        index
        for index in region.copies.find([headline])[headline]
        if index != headline
        and not is_claimed(region.document, index, {Group.BOILERPLATE, Group.COMMENTS})
    ]


def _is_title_like(region: Region, index: int) -> bool:
    if not _FEWEST <= region.shapes[index].words <= _MOST:
        return False  # most lines above a piece: entries of menus
    text = region.text(index)
    return not text.rstrip().endswith(_ENDS) and _PRICE.search(text) is None


def _vocabulary(region: Region) -> frozenset[str]:
    texts = map(region.text, region.paragraphs[:_FIRST_PARAGRAPHS])
    return frozenset(_parts("\n".join(texts)))


@lru_cache(maxsize=64)  # a page's title is looked for again when lines have been marked
def _parts(text: str) -> list[str]:
    """Words to compare: the longer ones by their first letters, so that endings do not matter."""
    return [part[:6] for part in _PART.findall(text.casefold()) if len(part) >= _SHORT]


def _signed(region: Region) -> frozenset[int]:
    """The lines that have author or time among the next few below."""
    claimed = (
        index
        for index in region.document.leading
        if claimed_role(region.document, index) in (Role.BYLINE, Role.DATELINE)
    )
    return frozenset(index - up for index in claimed for up in range(1, _SIGNED + 1))


def _score(
    region: Region,
    index: int,
    vocabulary: frozenset[str],
    *,
    is_repeated: bool,
    is_signed: bool,
) -> float:
    parts = _parts(region.text(index))
    shared = sum(map(vocabulary.__contains__, parts)) / len(parts) if parts else 0.0
    length = min(region.shapes[index].words, 8) / 8
    distance = _DISTANCE * min(region.first - index, 20)
    return max(0.0, shared + 0.5 * (length + is_repeated + is_signed) - distance)
