"""Why a page came out as it did: a head, then every block with what settled it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from unicodedata import combining, east_asian_width

from cleaner.document import Group, Mark
from cleaner.page import Comment, LabelledBlock, Page, Repair

_INDENT = " " * 6
_APART = 40  # blocks from one comment to the next that make two threads


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation; ``group`` is that of the block's role, None elsewhere."""

    text: str
    group: Group | None = None


def explain_page(
    page: Page, *, source: str = "", width: int | None = None, all_marks: bool = False
) -> Iterator[Line]:
    """The lines of an explanation.

    First the head; then for each block its number, role, score and text,
    shortened to ``width`` columns if any, and below it stage, rule and why. With
    ``all_marks`` every other mark on the block follows, its role and weight
    first. A page without blocks has only the head.
    """
    yield from (Line(text) for text in _head(page, source))
    for block in page.blocks:
        yield Line("")
        yield from _block_lines(
            block, width=width, all_marks=all_marks, reasons=_reasons(page, block)
        )


def shorten(text: str, width: int) -> str:
    """The text cut to ``width`` terminal columns, with an ellipsis where it was cut.

    >>> shorten("a long line", 7), shorten("short", 7)
    ('a long…', 'short')
    """
    if sum(map(_columns, text[: width + 1])) <= width and len(text) <= width:
        return text
    kept, used = [], 1
    for character in text:
        used += _columns(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _head(page: Page, source: str) -> Iterator[str]:
    encoding = page.encoding
    yield f"source    {source}"
    what = "blocks" if page.is_html else "lines"
    yield (
        f"encoding  {encoding.charset or 'str'}, named by {encoding.named_by}; "
        f"undecodable places: {encoding.replaced}, repaired {what}: {len(encoding.repairs)}"
    )
    yield from map(partial(_repair, page), encoding.repairs)
    yield f"outcome   {page.outcome.state} {page.outcome.reason}".rstrip()
    yield f"kind      {page.kind}"
    yield f"headline  {page.headline or '(none)'}"
    stated = page.comment_count_stated
    yield f"comments  {page.comment_count} found, {'none' if stated is None else stated} stated"
    yield from map(partial(_thread, page), _threads(page.comments))
    counts = ", ".join(f"{role} {count}" for role, count in page.roles.items())
    yield f"blocks    {len(page.blocks)}: {counts}".rstrip(": ")


def _threads(comments: Sequence[Comment]) -> Iterator[list[Comment]]:
    """The comments thread by thread: a new one begins far below the last."""
    thread: list[Comment] = []
    for comment in comments:
        if thread and comment.blocks[0] - thread[-1].blocks[-1] > _APART:
            yield thread
            thread = []
        thread.append(comment)
    if thread:
        yield thread


def _thread(page: Page, thread: Sequence[Comment]) -> str:
    """Where a thread begins and ends, and why: its first block's reason, what comes after it."""
    first = page.blocks[thread[0].blocks[0]]
    last = thread[-1].blocks[-1]
    after = "the page's end"
    if last + 1 < len(page.blocks):
        following = page.blocks[last + 1]
        after = f"{following.role} ({following.why})"
    return (
        f"thread    blocks {first.index} to {last}, {len(thread)} comments; "
        f"begins with {first.stage}/{first.rule} ({first.why}); then comes {after}"
    )


def _repair(page: Page, repair: Repair) -> str:
    """What was repaired; blocks of HTML have the number here that they have below."""
    where = f"block {repair.line - 1}" if page.is_html else f"line {repair.line}"
    before, after = _around_change(repair.before, repair.after)
    return f"repair    {where}: {before!r} -> {after!r} ({', '.join(repair.steps)})"


def _around_change(before: str, after: str, most: int = 40) -> tuple[str, str]:
    """Both texts from shortly before their first difference on, ``most`` characters each."""
    pairs = enumerate(zip(before, after, strict=False))
    first = next((index for index, (one, other) in pairs if one != other), 0)
    start = max(0, first - 10)
    return before[start : start + most], after[start : start + most]


def _reasons(page: Page, block: LabelledBlock) -> Sequence[str]:
    """The features that spoke loudest for a role, where the model settled it."""
    if page.chances is None or block.stage != "model":
        return ()
    return page.chances.explain(block.index, block.role)


def _block_lines(
    block: LabelledBlock, *, width: int | None, all_marks: bool, reasons: Sequence[str]
) -> Iterator[Line]:
    group = block.role.group
    head = f"{block.index:>4}  {block.role:<12}  {block.score:.2f}  "
    text = block.text if width is None else shorten(block.text, max(20, width - len(head)))
    yield Line(head + text, group)
    yield Line(f"{_INDENT}{block.stage}/{block.rule}: {block.why}")
    if reasons:
        yield Line(f"{_INDENT}spoke for it: {', '.join(reasons)}")
    if all_marks:
        yield from (Line(_mark(mark)) for mark in block.marks if not _is_settling(mark, block))


def _mark(mark: Mark) -> str:
    return f"{_INDENT}{mark.weight:+.1f} {mark.role}  {mark.stage}/{mark.rule}: {mark.why}"


def _is_settling(mark: Mark, block: LabelledBlock) -> bool:
    cited = (block.role, block.stage, block.rule, block.why)
    return (mark.role, mark.stage, mark.rule, mark.why) == cited


def _columns(character: str) -> int:
    if combining(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1
