"""Where the program differs from a golden file: blocks with another role, fields of comments."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from cleaner.document import Role
from cleaner.golden.faults import Fault, FaultError
from cleaner.golden.labels import GoldenFile
from cleaner.page import Page

COUNT_FIELD = "commentCount"
"""The field that differs when the numbers of comments do."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One block with another role than the golden file says.

    ``block`` counts the label lines from 1, ``line`` the lines of the golden
    file. ``known`` is the reason given in ``gaps.toml``, empty when the
    difference is not listed there.
    """

    block: int
    line: int
    text: str
    expected: Role
    got: Role
    score: float
    stage: str
    rule: str
    why: str
    known: str = ""


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """One field of a comment that differs; ``expected`` and ``got`` are JSON.

    ``comment`` counts the records from 1; it is None when the numbers of
    comments differ (field ``commentCount``), and then no field is compared.
    """

    comment: int | None
    field: str
    expected: str
    got: str
    known: str = ""


def compare_texts(golden: GoldenFile, page: Page) -> None:
    """Raise `FaultError` at the first block whose text is not that of its label line."""
    texts = [label.text for label in golden.labels]
    blocks = [block.text for block in page.blocks]
    if texts == blocks:
        return
    pairs = enumerate(zip(texts, blocks, strict=False))
    shorter = min(len(texts), len(blocks))
    index = next((index for index, (text, block) in pairs if text != block), shorter)
    line = golden.labels[index].line if index < len(texts) else None
    message = f"block {index + 1} {_text_fault(texts[index:], blocks[index:])}"
    raise FaultError(Fault.TEXT, golden.path, message, line=line)


def compare_roles(golden: GoldenFile, page: Page) -> Iterator[Difference]:
    """The blocks whose roles differ, in page order; the texts must be the same."""
    for label, block in zip(golden.labels, page.blocks, strict=True):
        if label.role is not None and label.role is not block.role:
            yield Difference(
                block=block.index + 1,
                line=label.line,
                text=block.text,
                expected=label.role,
                got=block.role,
                score=block.score,
                stage=block.stage,
                rule=block.rule,
                why=block.why,
            )


def compare_records(
    golden: Sequence[dict[str, Any]], program: Sequence[dict[str, Any]]
) -> Iterator[RecordDifference]:
    """The fields that the golden records state and the program's give otherwise.

    >>> list(compare_records([{"votes": 3}], [{"votes": None, "text": "Well."}]))
    [RecordDifference(comment=1, field='votes', expected='3', got='null', known='')]
    """
    if len(golden) != len(program):
        yield RecordDifference(None, COUNT_FIELD, str(len(golden)), str(len(program)))
        return
    for number, (record, other) in enumerate(zip(golden, program, strict=True), start=1):
        for field, value in record.items():
            expected, got = to_json(value), to_json(_stated(value, other[field]))
            if expected != got:
                yield RecordDifference(number, field, expected, got)


def to_json(value: Any) -> str:
    """A value as compared and shown: JSON with sorted keys, so that 1, 1.0 and true differ."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _stated(golden: Any, got: Any) -> Any:
    """The program's quotes, less the fields that the golden quotes leave out."""
    if not (isinstance(golden, list) and isinstance(got, list) and len(golden) == len(got)):
        return got
    pairs = zip(golden, got, strict=True)
    return [{key: other[key] for key in quote} for quote, other in pairs]


def _text_fault(texts: Sequence[str], blocks: Sequence[str]) -> str:
    if not blocks:
        return f"{_window(texts[0], 0)} is not in the source; remove the line"
    if not texts:
        return f"of the source, {_window(blocks[0], 0)}, has no line; add it"
    place = first_difference(texts[0], blocks[0])
    golden, source = _window(texts[0], place), _window(blocks[0], place)
    return f"reads {golden} here, {source} in the source (character {place + 1}); correct the line"


def first_difference(one: str, other: str) -> int:
    """The place of the first character that differs; where the shorter text ends, if none does.

    >>> first_difference("bridge", "brine"), first_difference("bri", "bridge")
    (3, 3)
    """
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(one), len(other)))


_WINDOW = 30
"""Characters shown on each side of the place where two texts differ."""


def _window(text: str, place: int) -> str:
    begin, end = max(0, place - _WINDOW), place + _WINDOW
    shown = repr(text[begin:end])
    return f"{'…' if begin else ''}{shown}{'…' if end < len(text) else ''}"
