"""The tags that features tell apart, as flags for every tag by its number."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from cleaner.evidence.lines.arrays import Flags
from cleaner.parsing.tags import TAG_NUMBERS, TAGS
from cleaner.tables import read_table

_LISTS: dict[str, list[str]] = read_table(Path(__file__).with_suffix(".toml"))
BLOCK_TAGS, AROUND_TAGS, INNER_TAGS = _LISTS["block"], _LISTS["around"], _LISTS["inner"]
"""The tags of elements that blocks stand in, of those around these, and of the innermost."""


def _is_tag(names: Sequence[str]) -> Flags:
    """For each tag by its number, and each of these names, whether it is that one."""
    numbers = np.array([TAG_NUMBERS[name] for name in names])
    flags: Flags = np.arange(len(TAGS))[:, None] == numbers
    return flags


IS_BLOCK_TAG, IS_INNER_TAG = _is_tag(BLOCK_TAGS), _is_tag(INNER_TAGS)
IS_AROUND_TAG = _is_tag(AROUND_TAGS).astype(np.int16)
IS_HEADING: Flags = np.any(_is_tag([f"h{level}" for level in range(1, 7)]), axis=1)
