from collections.abc import Callable

import pytest

from cleaner.document import Block, Decision, Mark, Role
from cleaner.page import Comment, Encoding, LabelledBlock, Outcome, Page, Repair

MakePage = Callable[..., Page]


def _block(index: int, role: str, text: str) -> LabelledBlock:
    mark = Mark(index, Role(role), 3.0, "article", "shape", "it looks like one")
    other = Mark(index, Role.FORM, 1.0, "navigation", "short-line", "it is short")
    decision = Decision(Role(role), 0.9, "article", "shape", "it looks like one", (mark,))
    return LabelledBlock(Block(index, 0, len(text), text, index + 1), decision, (mark, other))


@pytest.fixture
def make_page() -> MakePage:
    def make(*lines: tuple[str, str], comments: tuple[Comment, ...] = (), kind: str = "article"):
        return Page(
            blocks=tuple(_block(index, *line) for index, line in enumerate(lines)),
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
