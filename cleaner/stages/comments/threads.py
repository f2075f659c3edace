"""Find threads on a page, given a system's grammar.

The lines that mark items are found first; where they repeat at no great
distance, or stand under a line that opens threads, they make a thread,
whatever else is thought of its lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from cleaner.document import Document, Group, Mark
from cleaner.stages.claims import is_claimed
from cleaner.stages.comments.grammar import BUTTONS, System, spoken_in
from cleaner.stages.comments.items import (
    HIGHEST_HEAD,
    Item,
    is_around,
    is_known,
    is_name,
    item_marks,
    item_writers,
    match_above,
    opening_marks,
)
from cleaner.stages.comments.noise import is_edit_note
from cleaner.stages.comments.support import is_reply_button

ENOUGH_ITEMS = 3
"""Item lines that make a thread by themselves; one or two may be a quotation."""

_WIDEST_GAP = 40  # lines from one item line to the next; a thread's longest comment seen had 31
_NEEDED = 2  # lines below an item line among which one that the system needs stands
_TWINS = 8  # lines from the first of two equal heads of one item to the second
_SEARCH = 14  # lines searched for the edge of a thread where no line opens or closes it


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
    spoken = spoken_in(document)
    speaking = [system for system in systems if system.says("item", spoken)]
    found = [thread for system in speaking for thread in _threads(document, system, is_host)]
    found.sort(key=lambda thread: -len(thread.items))
    kept: list[Thread] = []
    for thread in found:
        if all(thread.end <= other.start or other.end <= thread.start for other in kept):
            kept.append(thread)
    return sorted(kept, key=lambda thread: thread.start)


def _threads(document: Document, system: System, is_host: bool) -> Iterator[Thread]:
    markers = system.blocks("item", document)
    opens = set(system.blocks("open", document))
    floor = 0
    for all_markers in _runs(markers, opens):
        twins = _twins(document, system, all_markers)
        earlier = set(twins.values())
        run = [marker for marker in all_markers if marker not in earlier]
        if not _has_needs(document, system, run):
            continue
        opener = max((index for index in opens if floor <= index < run[0]), default=None)
        is_opened = opener is not None and run[0] - opener <= _WIDEST_GAP
        is_sure = is_opened or is_host or _is_corroborated(document, system, run)
        is_unmistakable = system.item == "footer"  # no prose ends every paragraph in such a line
        if is_opened or is_host or (len(run) >= ENOUGH_ITEMS and (is_sure or is_unmistakable)):
            edges = _Edges(document, system, opener if is_opened else None, floor, is_sure, twins)
            items = edges.footers(run) if system.item == "footer" else edges.headers(run)
            yield Thread(system, tuple(items))
            floor = items[-1].end


def _is_corroborated(document: Document, system: System, run: list[int]) -> bool:
    """Whether something besides the item lines says that a run of them is a thread.

    That is a heading or count above it, a closing line below it, or a line that
    stands first or last in an item in at least half of them. An interview and
    an article about votes have none of these.
    """
    above = range(max(0, run[0] - _WIDEST_GAP), run[0])
    below = range(run[-1] + 1, min(len(document.blocks), run[-1] + 1 + _WIDEST_GAP))
    inner = range(run[0] - 2, min(run[-1] + _SEARCH, len(document.blocks)))
    if any(is_claimed(document, i, {Group.COMMENTS}) for i in above if i not in run):
        return True
    if any(system.match("close", document, i) for i in below):
        return True
    edges = sum(
        bool(system.match("start", document, i) or system.match("end", document, i)) for i in inner
    )
    over = sum(bool(match_above(document, system, i)) for i in inner)
    return 2 * edges >= len(run) or over >= 2 * len(run)


def _has_needs(document: Document, system: System, markers: list[int]) -> bool:
    """Whether a line that the system needs stands just below most of its item lines."""
    if not system.needs:
        return True
    needed = set(system.blocks(system.needs, document))
    held = sum(not needed.isdisjoint(range(i + 1, i + 1 + _NEEDED)) for i in markers)
    return 2 * held > len(markers)


def _twins(document: Document, system: System, markers: list[int]) -> dict[int, int]:
    """For the later of two equal item lines the earlier, where both are of one item.

    Some forums write the head of a post twice, for narrow screens and for wide ones, and
    hide one by a style sheet: the same name and time, and nothing but a profile between.
    """
    if system.name_at != "above":
        return {}
    pairs = pairwise(markers)
    return {second: first for first, second in pairs if _is_twin(document, system, first, second)}


def _is_twin(document: Document, system: System, first: int, second: int) -> bool:
    if second - first > _TWINS or first == 0:
        return False
    blocks, between = document.blocks, range(first + 1, second)
    if blocks[first].text != blocks[second].text:
        return False
    if any(system.match("end", document, index) for index in between):
        return False
    return any(blocks[index].text == blocks[first - 1].text for index in between) or all(
        is_known(document, system, index) or is_around(document, index) for index in between
    )


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
    is_sure: bool
    twins: dict[int, int]

    def footers(self, run: list[int]) -> list[Item]:
        """Items whose line stands under them."""
        starts = [self._first_start(run[0]), *(self._after_ends(marker) for marker in run[:-1])]
        ends = [*starts[1:], self._after_ends(run[-1])]
        items = [Item(*edges) for edges in zip(starts, ends, run, strict=True)]
        if self.opener is not None and (rest := self._rest_end(ends[-1])) > ends[-1]:
            items.append(Item(ends[-1], rest, rest))
        return items

    def _rest_end(self, start: int) -> int:
        """The end of a last comment that is cut off: at the closing line or the page's end."""
        end = start
        while end < len(self.document.blocks) and not self._is_foreign(end):
            end += 1
        is_closed = end == len(self.document.blocks) or self._says("close", end)
        return end if is_closed and end - start <= _SEARCH else start

    def headers(self, run: list[int]) -> list[Item]:
        """Items whose line stands above them."""
        longest = max((b - a - 1 for a, b in pairwise(run)), default=_SEARCH)
        later = [self._top(marker, bottom) for bottom, marker in pairwise(run)]
        heights = (marker - top for marker, top in zip(run[1:], later, strict=True))
        # Over an opening post stand the buttons of the page; its own head is not told from these.
        tallest = 0 if self.system.of_kind("opening") else max(heights, default=HIGHEST_HEAD)
        bottom = self.floor - 1 if self.opener is None else self.opener
        starts = [self._top(run[0], bottom, tallest), *later]
        ends = [*starts[1:], self._last_end(run[-1], longest)]
        return [Item(*edges) for edges in zip(starts, ends, run, strict=True)]

    def _top(self, marker: int, bottom: int, tallest: int = HIGHEST_HEAD) -> int:
        """The first block of the item of a header line, below the block ``bottom``.

        A head that no rule knows is no higher than the ``tallest`` of the others.
        """
        marker = self.twins.get(marker, marker)
        nearest = range(marker - 1, max(bottom, marker - 1 - HIGHEST_HEAD), -1)
        if (first := next((i for i in nearest if self._says("top", i)), None)) is not None:
            return self._skip_above(first, bottom)
        index = self._skip_above(marker, bottom)
        if (head := self._skip_head(marker, index, max(bottom, marker - 1 - tallest))) < index:
            return head
        if self.system.name_at == "above" and index - 1 > bottom:
            author = self._author(marker)
            for top in range(index - 1, max(bottom, index - 4), -1):
                text = self.document.blocks[top].text
                if text == author or (author is None and is_name(text)):
                    return self._skip_above(top, bottom)
        return index

    def _skip_above(self, index: int, bottom: int) -> int:
        while index - 1 > bottom and match_above(self.document, self.system, index - 1):
            index -= 1
        return index

    def _skip_head(self, marker: int, index: int, bottom: int) -> int:
        """The first of the lines above that the model takes for what stands around a text.

        Under the rule over a signature it would take that for the head of the next item.
        """
        if self.system.name_at != "above" or self._author(marker) is not None:
            return index
        if any(self._says("rest", above) for above in range(bottom + 1, marker)):
            return index
        while index - 1 > bottom and self._is_head(index - 1):
            index -= 1
        return index

    def _is_head(self, index: int) -> bool:
        document = self.document
        if self._says("end", index) or is_reply_button(document, index):
            return False
        if is_edit_note(document.blocks[index].text):
            return False
        if f"{self.system.slug}{BUTTONS}" in document.matches.get(index, {}):
            return False
        is_above = match_above(document, self.system, index) is not None
        return is_above or is_around(document, index)

    def _author(self, marker: int) -> str | None:
        match = self.system.match("item", self.document, marker)
        return dict(match[1]).get("author") if match else None

    def _first_start(self, marker: int) -> int:
        """The first block of the first item: below what opens the thread, or is no comment."""
        if self.opener is not None:
            return self.opener + 1
        bottom = max(self.floor, marker - _SEARCH)
        for index in range(marker - 1, bottom - 1, -1):
            if self._says("start", index):
                return index
            if self.is_sure and self._is_foreign(index):
                return index + 1
        return max(self.floor, marker - 1)

    def _after_ends(self, marker: int) -> int:
        index = marker + 1
        if self.system.item == "footer" and self.system.name_at == "below":
            index += index < len(self.document.blocks) and is_name(self.document.blocks[index].text)
        while index < len(self.document.blocks) and self._says("end", index):
            index += 1
        return index

    def _last_end(self, marker: int, longest: int) -> int:
        """The block after the last item: above what closes the thread, or is no comment.

        Where nothing does, it is taken to be no longer than the ``longest`` before it.
        """
        top = min(len(self.document.blocks), marker + 1 + _WIDEST_GAP)
        closing = next((i for i in range(marker + 1, top) if self._says("close", i)), top)
        for index in range(marker + 1, closing):
            if self._says("end", index):
                return self._after_ends(index - 1)
        if closing < top:
            return closing
        top = min(top, marker + 1 + longest)
        return next((i for i in range(marker + 1, top) if self._is_foreign(i)), top)

    def _is_foreign(self, index: int) -> bool:
        return is_claimed(self.document, index, {Group.BOILERPLATE, Group.COMMENTS})

    def _says(self, kind: str, index: int) -> bool:
        return self.system.match(kind, self.document, index) is not None


def thread_marks(document: Document, thread: Thread, first_item: int) -> Iterator[Mark]:
    """The marks of every line of a thread; its items are numbered from ``first_item``."""
    opening = thread.system.of_kind("opening")
    found = zip(thread.items, item_writers(document, thread.system, thread.items), strict=True)
    for number, (item, writer) in enumerate(found):
        if opening and number == 0:
            yield from opening_marks(document, thread.system, item, writer)
        else:
            index = first_item + number - bool(opening)
            yield from item_marks(document, thread.system, item, index, writer)
