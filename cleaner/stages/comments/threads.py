"""Find threads on a page, given a system's grammar.

The lines that mark items are found first; where they repeat at no great
distance, or stand under a line that opens threads, they make a thread,
whatever else is thought of its lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cleaner.document import CommentPart, Document, Group, Mark
from cleaner.stages.comments.grammar import System
from cleaner.stages.rules import Rule
from cleaner.stages.runs import is_claimed

Fields = tuple[tuple[str, str], ...]

ENOUGH_ITEMS = 3
"""Item lines that make a thread by themselves; one or two may be a quotation."""

_WIDEST_GAP = 40  # lines from one item line to the next; a thread's longest comment seen had 31
_SEARCH = 14  # lines searched for the edge of a thread where no line opens or closes it


@dataclass(frozen=True, slots=True)
class Item:
    """One comment: the half-open range of its blocks, and the block of its item line."""

    start: int
    end: int
    marker: int


@dataclass(frozen=True, slots=True)
class Thread:
    """Items of one system, in page order."""

    system: System
    items: tuple[Item, ...]

    @property
    def comment_count(self) -> int:
        """How many of the items are comments: all, but for the opening post of a discussion."""
        return len(self.items) - bool(self.system.of_kind("opening"))

    @property
    def start(self) -> int:
        """The first block."""
        return self.items[0].start

    @property
    def end(self) -> int:
        """The block after the last."""
        return self.items[-1].end


def find_threads(document: Document, systems: tuple[System, ...], *, is_host: bool) -> list[Thread]:
    """The threads of a page in page order; where two systems' threads overlap, the longer stays.

    ``is_host`` says that the systems were chosen by the page's host: then one
    item line is enough.
    """
    found = [thread for system in systems for thread in _threads(document, system, is_host)]
    found.sort(key=lambda thread: -len(thread.items))
    kept: list[Thread] = []
    for thread in found:
        if all(thread.end <= other.start or other.end <= thread.start for other in kept):
            kept.append(thread)
    return sorted(kept, key=lambda thread: thread.start)


def _threads(document: Document, system: System, is_host: bool) -> Iterator[Thread]:
    texts = [block.text for block in document.blocks]
    markers = [index for index, text in enumerate(texts) if system.match("item", text)]
    if not markers:
        return
    opens = {index for index, text in enumerate(texts) if system.match("open", text)}
    floor = 0
    for run in _runs(markers, opens):
        opener = max((index for index in opens if floor <= index < run[0]), default=None)
        is_opened = opener is not None and run[0] - opener <= _WIDEST_GAP
        if len(run) >= ENOUGH_ITEMS or is_opened or is_host:
            edges = _Edges(document, system, opener if is_opened else None, floor)
            items = edges.footers(run) if system.item == "footer" else edges.headers(run)
            yield Thread(system, tuple(items))
            floor = items[-1].end


def _runs(markers: list[int], opens: set[int]) -> list[list[int]]:
    """Markers in runs: a wide gap, or a line that opens a thread, begins a new one."""
    runs = [[markers[0]]]
    for before, marker in pairwise(markers):
        is_split = marker - before > _WIDEST_GAP or any(i in opens for i in range(before, marker))
        if is_split:
            runs.append([])
        runs[-1].append(marker)
    return runs


@dataclass(frozen=True)
class _Edges:
    """Where the items of one run begin and end."""

    document: Document
    system: System
    opener: int | None
    floor: int

    def footers(self, run: list[int]) -> list[Item]:
        """Items whose line stands under them."""
        starts = [self._first_start(run[0]), *(self._after_ends(marker) for marker in run[:-1])]
        ends = [*starts[1:], self._after_ends(run[-1])]
        return [Item(*edges) for edges in zip(starts, ends, run, strict=True)]

    def headers(self, run: list[int]) -> list[Item]:
        """Items whose line stands above them."""
        ends = [*run[1:], self._last_end(run[-1])]
        return [Item(start, end, start) for start, end in zip(run, ends, strict=True)]

    def _first_start(self, marker: int) -> int:
        """The first block of the first item: below what opens the thread, or is no comment."""
        if self.opener is not None:
            return self.opener + 1
        bottom = max(self.floor, marker - _SEARCH)
        for index in range(marker - 1, bottom - 1, -1):
            if self.system.match("start", self._text(index)):
                return index
            if self._is_foreign(index):
                return index + 1
        return max(self.floor, marker - 1)

    def _after_ends(self, marker: int) -> int:
        index = marker + 1
        while index < len(self.document.blocks) and self.system.match("end", self._text(index)):
            index += 1
        return index

    def _last_end(self, marker: int) -> int:
        """The block after the last item: above what closes the thread, or is no comment."""
        top = min(len(self.document.blocks), marker + 1 + _WIDEST_GAP)
        closing = next(
            (i for i in range(marker + 1, top) if self.system.match("close", self._text(i))), top
        )
        for index in range(marker + 1, closing):
            if self.system.match("end", self._text(index)):
                return self._after_ends(index - 1)
        if closing < top:
            return closing
        return next((i for i in range(marker + 1, top) if self._is_foreign(i)), top)

    def _is_foreign(self, index: int) -> bool:
        return is_claimed(self.document, index, {Group.BOILERPLATE, Group.COMMENTS})

    def _text(self, index: int) -> str:
        return self.document.blocks[index].text


def thread_marks(document: Document, thread: Thread, first_item: int) -> Iterator[Mark]:
    """The marks of every line of a thread; its items are numbered from ``first_item``."""
    opening = thread.system.of_kind("opening")
    for number, item in enumerate(thread.items):
        if opening and number == 0:
            yield from _opening_marks(document, thread.system, item, opening[0])
        else:
            index = first_item + number - bool(opening)
            yield from _item_marks(document, thread.system, item, index)


def _item_marks(document: Document, system: System, item: Item, number: int) -> Iterator[Mark]:
    text = system.of_kind("text")[0]
    meta = meta_lines(document, system, item)
    for index in range(item.start, item.end):
        rule, fields = meta.get(index, (text, ()))
        yield rule.mark(index, CommentPart(number, fields))


def _opening_marks(document: Document, system: System, item: Item, opening: Rule) -> Iterator[Mark]:
    """The opening post is the piece itself; the lines around it keep their rules' roles."""
    meta = meta_lines(document, system, item)
    for index in range(item.start, item.end):
        rule, _ = meta.get(index, (opening, ()))
        yield rule.mark(index)


def meta_lines(document: Document, system: System, item: Item) -> dict[int, tuple[Rule, Fields]]:
    """The lines of an item that are not its text: block index to rule and fields."""
    found = {}
    inner = range(item.start, item.end)
    if match := system.match("item", document.blocks[item.marker].text):
        found[item.marker] = match
    for index in inner:
        if index in found:
            continue
        match = system.match("start", document.blocks[index].text)
        if match is None:
            break
        found[index] = match
    for index in reversed(inner):
        if index in found:
            continue
        match = system.match("end", document.blocks[index].text)
        if match is None:
            break
        found[index] = match
    return found
