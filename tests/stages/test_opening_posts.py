"""The post that opens a discussion is the piece, also where the model takes it for a comment."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from cleaner.document import Block, Chances, Document, Role
from cleaner.evidence.lines.shape import shapes_of
from cleaner.settings import Settings
from cleaner.stages.comments import mark_comments, rules
from cleaner.stages.comments.repeated import repeated_threads
from cleaner.stages.matching import Matcher

ROLES = list(Role)
LINES = (
    "Reed for a north roof",
    "Which reed lasts longest on a north roof, and who still cuts it by hand?",
    "pondweaver",
    "May 4, 2019 at 7:07 AM",
    "Norfolk reed, cut after the first frost, lasts sixty years on a steep roof.",
    "Thatchlet",
    "May 5, 2019 at 9:30 AM",
    "Sixty is long. Ours lasted forty and then a storm took it in one night.",
    "gale_warning",
    "May 6, 2019 at 8:15 PM",
    "No insurance covers either of them here, so ask before you build anything.",
)


def document(
    kind: str, lines: Sequence[str] = LINES, content: tuple[float, float] = (0.9, 0.1)
) -> Document:
    """The lines; long and short ones are main content with these chances."""
    text = "\n".join(lines)
    starts = [text.index(line) for line in lines]
    blocks = tuple(
        Block(n, start, start + len(line), line, n + 1)
        for n, (start, line) in enumerate(zip(starts, lines, strict=True))
    )
    roles = np.full((len(lines), len(ROLES)), 0.01, np.float32)
    for n, line in enumerate(lines):
        role = Role.COMMENT if len(line) > 40 else Role.COMMENT_META
        roles[n, ROLES.index(Role.HEADLINE if n == 0 else role)] = 0.8
    words = np.array([len(line.split()) for line in lines], np.float32)
    main = np.where(words > 8, *content).astype(np.float32)
    chances = Chances("text", main, roles, words, kind, "en", lambda block, role: ())
    matches = Matcher(rules(Settings())).find(list(lines))
    shapes = shapes_of([block.text for block in blocks])
    return Document(text, blocks, chances=chances, matches=matches, shapes=shapes)


@pytest.mark.parametrize(("kind", "role"), [("thread", Role.BODY), ("article", None)])
def test_above_the_replies_of_a_discussion_is_its_opening_post(
    kind: str, role: Role | None
) -> None:
    marks = [mark for mark in mark_comments(document(kind), Settings()) if mark.block == 1]
    assert ("outside", Role.COMMENT) in {(mark.rule, mark.role) for mark in marks}
    assert [mark.role for mark in marks if mark.rule == "above"] == ([role] if role else [])
    assert not any(mark.role is Role.COMMENT and mark.weight > 0 for mark in marks)


def test_what_is_likely_content_is_no_readers_but_on_a_discussion() -> None:
    log = [line for line in LINES if not line.startswith("Which")]
    assert repeated_threads(document("article", log, (0.1, 0.1)))
    assert not repeated_threads(document("article", log, (0.9, 0.9)))
    assert repeated_threads(document("thread", log, (0.9, 0.9)))


@pytest.mark.parametrize(
    ("kind", "weights", "outside"), [("thread", {4.0}, -2.0), ("article", set(), -4.0)]
)
def test_a_discussion_without_a_thread_is_its_opening_post(
    kind: str, weights: set[float], outside: float
) -> None:
    texts = [line for line in LINES if len(line) > 40]
    marks = list(mark_comments(document(kind, texts), Settings()))
    assert {mark.weight for mark in marks if mark.rule == "above"} == weights
    assert {mark.weight for mark in marks if mark.rule == "outside"} == {outside}
