from collections.abc import Callable, Sequence

import pytest

from cleaner.document import Block, Decision, Decisions, Mark, Role
from cleaner.page import Comment, Encoding, LabelledBlocks, Outcome, Page, Repair

MakePage = Callable[..., Page]


def _blocks(lines: Sequence[tuple[str, str]]) -> LabelledBlocks:
    roles = [Role(role) for role, _ in lines]
    blocks = [Block(i, 0, len(text), text, i + 1) for i, (_, text) in enumerate(lines)]
    marks = {
        index: (
            Mark(index, role, 3.0, "article", "shape", "it looks like one"),
            Mark(index, Role.FORM, 1.0, "navigation", "short-line", "it is short"),
        )
        for index, role in enumerate(roles)
    }

    def cite(index: int, role: Role, score: float) -> Decision:
        return Decision(role, score, "article", "shape", "it looks like one", marks[index][:1])

    return LabelledBlocks(blocks, Decisions(roles, [0.9] * len(roles), cite), marks)


@pytest.fixture
def make_page() -> MakePage:
    def make(*lines: tuple[str, str], comments: tuple[Comment, ...] = (), kind: str = "article"):
        return Page(
            blocks=_blocks(lines),
            comments=comments,
            kind=kind,
            encoding=Encoding("utf-8", "utf-8", 1, (Repair(2, "cafÃ©", "café", ("decode",)),)),
            outcome=Outcome("ok"),
            url="",
            comment_count_stated=None,
            settings_digest="0" * 16,
            version="1.2.3",
        )

    return make
