"""Repeated blocks: what stands beside its first copy is the author's own."""

from __future__ import annotations

from typing import cast

import numpy as np

from cleaner.deciding import _repeats
from cleaner.document import Block, Chances, Document

_TEXT = "The same words stand here once more."


def _copies(parents: list[int] | None) -> list[bool]:
    blocks = tuple(Block(n, 40 * n, 40 * n + len(_TEXT), _TEXT, n + 1) for n in range(3))
    ones = np.ones(3, np.float32)
    chances = Chances(
        model="html",
        main=ones,
        roles=np.zeros((3, 17), np.float32),
        words=ones * 7,
        kind="article",
        language="",
        explain=lambda block, role: (),
        parents=None if parents is None else np.array(parents),
    )
    found = _repeats(Document(_TEXT, blocks), chances, np.full(3, 0.9))
    return cast(list[bool], found.tolist())


def test_a_copy_elsewhere_is_no_content() -> None:
    assert _copies([4, 4, 9]) == [False, False, True]


def test_every_copy_in_flattened_text_is_no_content() -> None:
    assert _copies(None) == [False, True, True]
