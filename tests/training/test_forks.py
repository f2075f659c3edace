"""Questions asked in processes of their own have the answers they have in one."""

from __future__ import annotations

import pytest

from scripts.training.forks import in_forks


@pytest.mark.parametrize("processes", [1, 2])
def test_answers_come_in_the_order_of_the_things(processes: int) -> None:
    held = list(range(1000))  # what nobody could send: it is bound to the question
    assert in_forks(lambda place: held[place] * 2, [3, 1, 2], processes) == [6, 2, 4]
