import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from cleaner.document import Role
from scripts.training.data import DataPage
from scripts.training.excerpts import excerpt_of
from scripts.training.text_pages import EXCERPT, ROLES, TextPage

LINES = 30


def page(
    name: str, main: list[int], *, style: str = "full", weight: float = 1.0, headline: int = -1
) -> TextPage:
    roles = np.full(LINES, -1)
    if headline >= 0:
        roles[:] = ROLES.index(Role.NAVIGATION)
        roles[main] = ROLES.index(Role.BODY)
        roles[headline] = ROLES.index(Role.HEADLINE)
    return TextPage(
        DataPage(name, "example.org", b""),
        style,
        [f"line {number}" for number in range(LINES)],
        np.arange(LINES),
        np.zeros(LINES, int),
        np.isin(np.arange(LINES), main).astype(float),
        np.full(LINES, weight),
        roles,
    )


def cut(name: str, main: list[int], *, weight: float = 1.0, headline: int = -1) -> TextPage | None:
    """An excerpt of a page whose styles are alike."""
    return excerpt_of(
        [
            page(name, main, style=style, weight=weight, headline=headline)
            for style in ("full", "wet", "half")
        ]
    )


@pytest.mark.parametrize("number", range(20))
def test_an_excerpt_holds_lines_of_the_piece_with_their_labels(number: int) -> None:
    whole = page(f"wcxb-{number}", [*range(10, 20)])
    found = cut(f"wcxb-{number}", [*range(10, 20)])
    assert found is not None
    begin = whole.lines.index(found.lines[0])
    rows = slice(begin, begin + len(found.lines))
    assert found.lines == whole.lines[rows]
    assert found.main.tolist() == whole.main[rows].tolist()
    assert found.main.any()
    assert begin >= 6
    assert len(found.lines) <= 18
    assert found.gaps.tolist() == [0, *whole.gaps[rows][1:].tolist()]
    assert found.style == EXCERPT


def test_excerpts_are_cut_in_several_ways_and_always_the_same() -> None:
    names = [f"wcxb-{number}" for number in range(60)]
    sizes = [len(found.lines) for name in names if (found := cut(name, [*range(10, 20)]))]
    again = [len(found.lines) for name in names if (found := cut(name, [*range(10, 20)]))]
    assert min(sizes) < 10 < max(sizes)
    assert 10 in sizes
    assert sizes == again


def test_the_title_above_is_of_the_piece() -> None:
    cuts = [cut(f"wcxb-{number}", [*range(10, 20)], headline=8) for number in range(9)]
    assert any(found is not None and "line 8" in found.lines for found in cuts)


def test_nothing_is_cut_where_no_content_is_known() -> None:
    assert excerpt_of([]) is None
    assert cut("wcxb-1", []) is None
    assert cut("wcxb-1", [3], weight=0.0) is None
