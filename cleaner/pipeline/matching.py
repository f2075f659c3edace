"""The rules of all stages, asked of the lines of pages once before the stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from cleaner.document import Chances, Document, Shape
from cleaner.evidence.lines.shape import shapes_of
from cleaner.pipeline.reading import ReadPage
from cleaner.pipeline.stages import STAGES
from cleaner.settings import Settings, SiteFile
from cleaner.stages.comments.grammar import all_systems
from cleaner.stages.matching import Matcher


def shapes_of_pages(pages: Sequence[ReadPage]) -> list[Shape]:
    """The shapes of the lines of all pages, one page after the other."""
    return shapes_of([block.text for page in pages for block in page.document.blocks])


def matched(
    pages: Sequence[ReadPage],
    chances: Sequence[Chances | None],
    shapes: Iterable[Shape],
    settings: Settings,
) -> Iterator[Document]:
    """The documents with what the models say, their lines' shapes, and the rules for them."""
    matcher = _matcher(settings.sites)
    rest = iter(shapes)
    for page, said in zip(pages, chances, strict=True):
        texts = [block.text for block in page.document.blocks]
        own = tuple(islice(rest, len(texts)))
        yield replace(page.document, chances=said, matches=matcher.find(texts), shapes=own)


@lru_cache(maxsize=8)
def _matcher(sites: tuple[SiteFile, ...]) -> Matcher:
    """What asks the rules of all stages of a page's lines."""
    settings, systems = Settings(sites=sites), all_systems(sites)
    inner = {rule for system in systems for rule in system.inner_rules}
    rules = (rule for stage in STAGES for rule in stage.rules(settings) if rule not in inner)
    return Matcher(rules, ((system.item_names, system.inner_rules) for system in systems))
