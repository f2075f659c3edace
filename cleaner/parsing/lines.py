"""Flattened text to blocks: each non-empty line is one block."""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.document import Block


def parse_lines(text: str) -> tuple[Block, ...]:
    r"""The blocks of repaired text, whose lines end at LF.

    A line is empty when ``str.strip`` leaves nothing: NBSP is white space, a
    zero-width space is not. Nothing is merged, split or dropped. Empty text has
    no blocks.

    >>> [block.text for block in parse_lines("One\n\n  Two \nTwo")]
    ['One', 'Two', 'Two']
    """
    return tuple(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    index = offset = 0
    for number, line in enumerate(text.split("\n"), start=1):
        stripped = line.strip()
        if stripped:
            start = offset if len(stripped) == len(line) else offset + line.index(stripped)
            yield Block(index, start, start + len(stripped), stripped, number)
            index += 1
        offset += len(line) + 1
