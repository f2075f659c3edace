"""Repair the blocks of an HTML page: entities are decoded by then, mojibake is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cleaner.document import Block
from cleaner.encoding.damage import may_be_damaged
from cleaner.encoding.repair import repair
from cleaner.page import Repair
from cleaner.parsing.html import ParsedHtml


def repair_html(page: ParsedHtml) -> tuple[ParsedHtml, tuple[Repair, ...]]:
    """The page with its damaged blocks repaired, and the repairs; their ``line`` counts blocks.

    A page whose text as a whole shows no damage is left alone.
    """
    if not may_be_damaged(page.text, has_entities=False):
        return page, ()
    repairs: list[Repair] = []
    texts = [_repaired(block, repairs) for block in page.blocks]
    if not repairs:
        return page, ()
    blocks = tuple(_placed(page.blocks, texts))
    return replace(page, text="\n\n".join(texts), blocks=blocks), tuple(repairs)


def _repaired(block: Block, repairs: list[Repair]) -> str:
    """A block's text, repaired; one that would lose all it shows keeps its text."""
    text, found = repair(block.text, has_entities=False)
    if not found or not text.strip():
        return block.text
    steps = tuple(dict.fromkeys(step for each in found for step in each.steps))
    repairs.append(Repair(block.line, block.text, text.strip(), steps))
    return text.strip()


def _placed(blocks: tuple[Block, ...], texts: list[str]) -> Iterator[Block]:
    start = 0
    for block, text in zip(blocks, texts, strict=True):
        yield Block(block.index, start, start + len(text), text, block.line)
        start += len(text) + 2
