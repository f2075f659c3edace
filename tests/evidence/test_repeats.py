"""Repeated blocks: a second telling is no content, a refrain is its author's own."""

from __future__ import annotations

import numpy as np

from cleaner.document import Block, Chances
from cleaner.evidence.repeats import further_copies


def _copies(page: str, *, parents: list[int] | None = None, kind: str = "article") -> str:
    """The letters of the blocks that are further copies; a letter stands for a long line."""
    blocks = [Block(n, 40 * n, 40 * n + 39, each * 39, n + 1) for n, each in enumerate(page)]
    ones = np.ones(len(page), np.float32)
    chances = Chances(
        model="text",
        main=ones,
        roles=np.zeros((len(page), 17), np.float32),
        words=ones * 7,
        kind=kind,
        language="",
        explain=lambda block, role: (),
        parents=None if parents is None else np.array(parents),
    )
    likely = np.array([0.1 if each.isupper() else 0.9 for each in page])
    found = further_copies(blocks, chances, likely)
    return "".join(each for each, is_copy in zip(page, found, strict=True) if is_copy)


def test_a_copy_in_another_element_is_no_content() -> None:
    assert _copies("aaa", parents=[4, 4, 9]) == "a"


def test_a_copy_beside_something_new_is_content() -> None:
    assert _copies("aab", parents=[4, 9, 9]) == ""


def test_a_refrain_in_flattened_text_is_content() -> None:
    assert _copies("abcdbcebcf") == ""
    assert _copies("abab") == ""
    assert _copies("aaaaa") == ""


def test_a_second_telling_in_flattened_text_is_no_content() -> None:
    assert _copies("abcdefabcdef") == "abcdef"
    assert _copies("abcdebcde") == "bcde"


def test_what_is_unlikely_between_copies_breaks_no_second_telling() -> None:
    assert _copies("abcNabOc") == "abc"
    assert _copies("abcNabdc") == ""


def test_what_is_copied_of_something_unlikely_is_no_copy() -> None:
    assert _copies("ABCABC") == ""


def test_each_copy_on_a_listing_or_in_a_thread_is_no_content() -> None:
    assert _copies("abcbdb", kind="listing") == "bb"
    assert _copies("abcbdb", kind="thread") == "bb"
