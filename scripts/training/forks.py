"""One question asked of many things, in processes that see all that the parent holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

from threadpoolctl import threadpool_limits

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")

_asked: list[Callable[[Any], Any]] = []  # what this process was made to answer


def in_forks(
    ask: Callable[[Thing], Answer], things: Sequence[Thing], processes: int
) -> list[Answer]:
    """``ask(thing)`` for each thing, in their order; one process is this one.

    Forked, so that ``ask`` may be bound to gigabytes that nobody copies. Each process
    counts on one thread: how many there are changes no answer.
    """
    if processes == 1:
        return [ask(thing) for thing in things]
    with ProcessPoolExecutor(
        processes, mp_context=get_context("fork"), initializer=_begin, initargs=(ask,)
    ) as pool:
        return list(pool.map(_answer, things))


def _begin(ask: Callable[[Any], Any]) -> None:
    threadpool_limits(1)
    _asked.append(ask)


def _answer(thing: Any) -> Any:
    return _asked[-1](thing)
