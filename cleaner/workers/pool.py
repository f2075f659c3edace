"""Work given to processes, results taken in order, within bounds of time and memory."""

from __future__ import annotations

import selectors
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from cleaner.workers.channel import Channel
from cleaner.workers.forking import Nursery, NurseryError, how_it_ended
from cleaner.workers.limits import GROUP, GROUP_BYTES, Limits, check_jobs, memory_of
from cleaner.workers.nursery import UNKNOWN
from cleaner.workers.results import Lost, Worked

Item = TypeVar("Item")

WINDOW = 1024
"""Pieces of work for each worker that may be begun and not yet taken."""

WINDOW_BYTES = 64 << 20
"""Content and results that may be held at a time."""

_QUEUE = 2
"""Groups a worker has at a time, so that it need not wait for the next."""

_LONGEST_WAIT = 3600.0
"""Seconds between two looks at the time; a system cannot wait for as long as a limit may be."""

_WATCH_SECONDS = 0.05
"""Between two looks at the memory of the workers."""


@dataclass(slots=True, eq=False)
class _Slot(Generic[Item]):
    """An item on its way: what is sent of it, what it weighs, what came back."""

    item: Item
    payload: Any
    weight: int
    result: Worked | Lost | None = None
    is_second_try: bool = False


@dataclass(slots=True, eq=False)
class _Worker(Generic[Item]):
    """A process with the groups it was given, the first of them in work since ``since``."""

    pid: int
    channel: Channel
    groups: deque[deque[_Slot[Item]]] = field(default_factory=deque)
    since: float = 0.0
    is_fresh: bool = True


class Pool(Generic[Item]):
    """Run ``task`` (``module:function``, called with ``arguments``) over items in processes.

    The function must give a callable that takes a sequence of payloads and
    yields one result for each, in order. ``payload`` says what is sent of an
    item, None when there is nothing to do for it, and ``weigh`` how many bytes
    it holds.

    A worker that takes too long or too much memory is killed, one that dies is
    replaced. What it was given is then done again one by one, so that one item
    alone bears it: each item is lost only by its own doing.
    """

    def __init__(
        self,
        task: str,
        arguments: Sequence[object] = (),
        *,
        jobs: int,
        limits: Limits | None = None,
        payload: Callable[[Item], Any] = lambda item: item,
        weigh: Callable[[Item], int] = lambda item: 0,
    ) -> None:
        self._task, self._arguments = task, arguments
        check_jobs(jobs)
        self._jobs = jobs
        self._limits = limits or Limits()
        self._payload, self._weigh = payload, weigh
        self._nursery: Nursery | None = None
        self._workers: list[_Worker[Item]] = []
        self._window: deque[_Slot[Item]] = deque()
        self._waiting: deque[deque[_Slot[Item]]] = deque()
        self._weight = 0
        self._is_done = False
        self._selector = selectors.DefaultSelector()
        self._next_watch = 0.0

    def run(self, items: Iterable[Item]) -> Iterator[tuple[Item, Worked | Lost | None]]:
        """Each item with its result, in order; None for an item without payload.

        Takes items only as far ahead as the bounds allow. Raises what the
        items raise, and `CleanerError` when no process can be started; the
        processes are gone when it ends, however it ends.
        """
        source = iter(items)
        try:
            while True:
                self._fill(source)
                self._assign()
                yield from self._release()
                if not self._window and self._is_done:
                    return
                if self._window:
                    self._wait()
        finally:
            self._close()

    def _fill(self, source: Iterator[Item]) -> None:
        """Read ahead, as far as there is room and somebody to work on it."""
        places = self._jobs * _QUEUE - sum(len(worker.groups) for worker in self._workers)
        while len(self._waiting) < places and self._has_room() and not self._is_done:
            group: deque[_Slot[Item]] = deque()
            size = 0
            while len(group) < GROUP and size < GROUP_BYTES and self._has_room():
                slot = self._take(source)
                if slot is None:
                    break
                if slot.payload is not None:
                    group.append(slot)
                    size += slot.weight
            if group:
                self._waiting.append(group)

    def _has_room(self) -> bool:
        return not self._window or (
            len(self._window) < WINDOW * self._jobs and self._weight < WINDOW_BYTES
        )

    def _take(self, source: Iterator[Item]) -> _Slot[Item] | None:
        try:
            item = next(source)
        except StopIteration:
            self._is_done = True
            return None
        slot = _Slot(item, self._payload(item), self._weigh(item))
        self._weight += slot.weight
        self._window.append(slot)
        return slot

    def _assign(self) -> None:
        """Give each worker what it has room for, to idle ones first."""
        for room in range(_QUEUE):
            for worker in self._workers:
                if self._waiting and len(worker.groups) == room:
                    self._give(worker, self._waiting.popleft())
            while room == 0 and self._waiting and len(self._workers) < self._jobs:
                self._give(self._start(), self._waiting.popleft())

    def _give(self, worker: _Worker[Item], group: deque[_Slot[Item]]) -> None:
        if not worker.groups:
            worker.since = time.monotonic()
        worker.groups.append(group)
        worker.channel.send([slot.payload for slot in group])
        self._watch_socket(worker)

    def _start(self) -> _Worker[Item]:
        pid, sock = self._fork()
        worker: _Worker[Item] = _Worker(pid, Channel(sock))
        self._selector.register(sock, selectors.EVENT_READ, worker)
        self._workers.append(worker)
        return worker

    def _fork(self) -> tuple[int, Any]:
        if self._nursery is not None:
            try:
                return self._nursery.fork()
            except NurseryError:  # somebody ended it, and its workers with it: begin a new one
                self._nursery.close()
        self._nursery = Nursery(self._task, self._arguments)
        return self._nursery.fork()

    def _release(self) -> Iterator[tuple[Item, Worked | Lost | None]]:
        while self._window:
            slot = self._window[0]
            if slot.result is None and slot.payload is not None:
                return
            self._window.popleft()
            self._weight -= slot.weight
            yield slot.item, slot.result

    def _wait(self) -> None:
        """Take what the workers have sent; look after those that keep silent."""
        for key, events in self._selector.select(self._patience()):
            worker = key.data
            if events & selectors.EVENT_WRITE:
                worker.channel.flush()
                self._watch_socket(worker)
            if events & selectors.EVENT_READ:
                self._hear(worker)
        self._look_after_time()
        self._look_after_memory()

    def _patience(self) -> float | None:
        """Seconds until somebody must be looked after."""
        waits = []
        busy = [worker for worker in self._workers if worker.groups]
        if self._limits.timeout is not None and busy:
            oldest = min(worker.since for worker in busy)
            waits.append(oldest + self._limits.timeout - time.monotonic())
        if self._limits.memory is not None and busy:
            waits.append(self._next_watch - time.monotonic())
        return max(0.0, min(*waits, _LONGEST_WAIT)) if waits else None

    def _hear(self, worker: _Worker[Item]) -> None:
        messages, is_closed = worker.channel.receive()
        for (is_good, value), size in messages:
            worker.since = time.monotonic()
            if is_good:
                self._finish(worker, Worked(value), size)
            else:
                self._split_or_lose(worker, "failed", *value)
        if is_closed:
            self._bury(worker, "crashed", "")

    def _finish(self, worker: _Worker[Item], result: Worked | Lost, size: int = 0) -> None:
        """The first item of the first group is done."""
        slot = worker.groups[0].popleft()
        slot.result = result
        slot.weight += size
        self._weight += size
        if not worker.groups[0]:
            worker.groups.popleft()
            worker.is_fresh = False

    def _split_or_lose(
        self, worker: _Worker[Item], outcome: str, reason: str, seconds: float
    ) -> None:
        """Lose the item in work if it is known which; else its whole group is done singly."""
        group = worker.groups[0]
        if len(group) == 1:
            self._finish(worker, Lost(outcome, reason, seconds))
            return
        worker.groups.popleft()
        self._waiting.extendleft(deque([slot]) for slot in reversed(group))

    def _look_after_time(self) -> None:
        timeout = self._limits.timeout
        if timeout is None:
            return
        for worker in list(self._workers):
            if worker.groups and time.monotonic() - worker.since > timeout:
                self._hear(worker)  # it may have been us who were busy
                if worker.groups and time.monotonic() - worker.since > timeout:
                    self._bury(worker, "timed out", f"took more than {timeout:g} seconds")

    def _look_after_memory(self) -> None:
        most = self._limits.memory
        if most is None or time.monotonic() < self._next_watch:
            return
        self._next_watch = time.monotonic() + _WATCH_SECONDS
        for worker in list(self._workers):
            if worker.groups and memory_of(worker.pid) > most:
                reason = f"took more than {most >> 20} MB of memory"
                if worker.is_fresh:
                    self._bury(worker, "crashed", reason)
                else:
                    self._begin_anew(worker)

    def _begin_anew(self, worker: _Worker[Item]) -> None:
        """Give the work to a fresh process: the memory may be left over from earlier work."""
        groups = list(worker.groups)
        worker.groups.clear()
        self._bury(worker, "", "")
        first, *others = groups
        self._waiting.extendleft(reversed(others))
        if len(first) > 1:
            self._waiting.extendleft(deque([slot]) for slot in reversed(first))
        else:
            self._give(self._start(), first)

    def _bury(self, worker: _Worker[Item], outcome: str, reason: str) -> None:
        """End a worker; what it had is done by others, or is lost with it."""
        if worker not in self._workers:
            return
        self._workers.remove(worker)
        self._selector.unregister(worker.channel.socket)
        worker.channel.close()
        status = self._nursery.end(worker.pid) if self._nursery else 0
        while len(worker.groups) > 1:
            self._waiting.appendleft(worker.groups.pop())
        if worker.groups and not self._is_spared(worker.groups[0], outcome, status):
            seconds = time.monotonic() - worker.since
            self._split_or_lose(worker, outcome, reason or how_it_ended(status), seconds)

    def _is_spared(self, group: deque[_Slot[Item]], outcome: str, status: int) -> bool:
        """Whether what was in work gets a second chance: the worker fell with its nursery.

        Only one, for what kills a nursery every time must be lost at last.
        """
        if outcome != "crashed" or status != UNKNOWN or group[0].is_second_try:
            return False
        group[0].is_second_try = True
        self._waiting.appendleft(group)
        return True

    def _watch_socket(self, worker: _Worker[Item]) -> None:
        events = selectors.EVENT_READ
        if worker.channel.has_more_to_send:
            events |= selectors.EVENT_WRITE
        self._selector.modify(worker.channel.socket, events, worker)

    def _close(self) -> None:
        for worker in self._workers:
            worker.channel.close()
        self._workers.clear()
        self._selector.close()
        if self._nursery is not None:
            self._nursery.close()
