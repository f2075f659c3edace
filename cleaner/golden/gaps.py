"""``gaps.toml``: known differences, each with a reason.

A gap of a block says which label line (``block``, counted from 1), its
``text`` and the role the program gives (``got``)::

    [[gap]]
    golden = "page"
    block = 12
    text = "Share this"
    got = "body"
    reason = "the share line stands inside the text"

A gap of a comment says which record (``comment``, counted from 1), its
``field`` and what the program gives, as JSON (``got = 'null'``); when the
numbers of comments differ, ``comment`` is left out and ``field`` is
``commentCount``. A gap that no longer differs, or differs in another way,
fails until it is struck off or corrected.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from cleaner.document import Role
from cleaner.golden.comments import FIELDS
from cleaner.golden.differences import COUNT_FIELD, Difference, RecordDifference, to_json
from cleaner.golden.faults import Fault, FaultError, broken
from cleaner.golden.labels import GoldenFile
from cleaner.golden.sources import read_toml

NAME = "gaps.toml"

AnyDifference = TypeVar("AnyDifference", Difference, RecordDifference)

_BLOCK_KEYS = {"golden", "block", "text", "got", "reason"}
_RECORD_KEYS = {"golden", "comment", "field", "got", "reason"}


@dataclass(frozen=True, slots=True)
class Gap:
    """One known difference, of a block (``block``, ``text``) or a record (``comment``, ``field``).

    ``number`` is its place in the file, counted from 1.
    """

    number: int
    golden: str
    got: str
    reason: str
    block: int | None = None
    text: str = ""
    comment: int | None = None
    field: str = ""

    @property
    def place(self) -> tuple[str, int | None, int | None, str]:
        """What the gap is about; no two gaps may be about the same."""
        return self.golden, self.block, self.comment, self.field

    def __str__(self) -> str:
        where = f"block {self.block}" if self.block else f"comment {self.comment}, {self.field}"
        where = where if self.block or self.comment else self.field
        return f"gap {self.number} ({self.golden}, {where})"


@dataclass(frozen=True, slots=True)
class Settled:
    """Differences with the reasons of the gaps that cover them, and the gaps that fail."""

    differences: tuple[Difference, ...]
    records: tuple[RecordDifference, ...]
    faults: tuple[FaultError, ...]


def read_gaps(path: Path) -> tuple[Gap, ...]:
    """The gaps of a ``gaps.toml``; empty when it does not exist.

    Raises `FaultError` when one lacks a key, its reason included, or two are
    about the same.
    """
    if not path.exists():
        return ()
    tables = read_toml(path, known=("gap",)).get("gap", [])
    if not isinstance(tables, list):
        raise broken(path, "write each gap as a [[gap]] table")
    gaps = tuple(_gap(table, number, path) for number, table in enumerate(tables, start=1))
    for gap in gaps:
        if gap.place in {other.place for other in gaps[: gap.number - 1]}:
            raise broken(path, f"{gap} stands twice; keep one")
    return gaps


def settle(
    golden: GoldenFile,
    differences: Sequence[Difference],
    records: Sequence[RecordDifference],
    gaps: Sequence[Gap],
    *,
    path: Path,
) -> Settled:
    """Hold the gaps of one golden file against its differences; ``path`` is the gaps' file."""
    gaps = [gap for gap in gaps if gap.golden == golden.name]
    blocks = {difference.block: difference for difference in differences}
    fields = {(difference.comment, difference.field): difference for difference in records}
    faults: list[FaultError] = []
    for gap in gaps:
        key = gap.comment, gap.field
        try:
            if gap.block is not None:
                _check_text(gap, gap.block, golden, path)
                blocks[gap.block] = _cover(gap, blocks.get(gap.block), path)
            else:
                fields[key] = _cover(gap, fields.get(key), path)
        except FaultError as fault:
            faults.append(fault)
    return Settled(tuple(blocks.values()), tuple(fields.values()), tuple(faults))


def unknown_names(gaps: Sequence[Gap], names: set[str], path: Path) -> Iterator[FaultError]:
    """A fault for every gap of a golden file that does not exist."""
    for gap in gaps:
        if gap.golden not in names:
            message = f"{gap}: there is no golden file {gap.golden!r}; correct or remove the gap"
            yield broken(path, message)


def _cover(gap: Gap, difference: AnyDifference | None, path: Path) -> AnyDifference:
    if difference is None:
        raise FaultError(Fault.GAP, path, f"{gap} no longer differs; strike it off")
    got = str(difference.got)
    if got != gap.got:
        message = f"{gap}: the program now gives {got}, not {gap.got}; correct or strike it off"
        raise FaultError(Fault.GAP, path, message)
    return replace(difference, known=gap.reason)


def _check_text(gap: Gap, block: int, golden: GoldenFile, path: Path) -> None:
    if block > len(golden.labels):
        message = f"{gap}: {golden.path.name} has {len(golden.labels)} blocks; correct 'block'"
        raise broken(path, message)
    text = golden.labels[block - 1].text
    if text != gap.text:
        raise broken(path, f"{gap}: the block reads {text!r}; correct 'block' or 'text'")


def _gap(table: Any, number: int, path: Path) -> Gap:
    where = f"gap {number}"
    if not isinstance(table, dict):
        raise broken(path, f"{where}: write it as a [[gap]] table")
    _check_keys(table, where, path)
    _check_values(table, where, path)
    return Gap(number=number, **table | {"got": _got(table, where, path)})


def _check_keys(table: dict[str, Any], where: str, path: Path) -> None:
    keys = _BLOCK_KEYS if "block" in table else _RECORD_KEYS
    if unknown := set(table) - keys:
        raise broken(path, f"{where}: unknown key {min(unknown)!r}; there are {sorted(keys)}")
    optional = {"comment"} if table.get("field") == COUNT_FIELD else set()
    if missing := keys - optional - set(table):
        raise broken(path, f"{where} lacks {sorted(missing)}; add it")


def _check_values(table: dict[str, Any], where: str, path: Path) -> None:
    for key, value in table.items():
        is_number = key in {"block", "comment"}
        if is_number and (type(value) is not int or value < 1):
            raise broken(path, f"{where}: {key!r} must be a number, counted from 1")
        if not is_number and (not isinstance(value, str) or not value.strip()):
            raise broken(path, f"{where}: {key!r} must be a text, and not an empty one")
    if table.get("field", COUNT_FIELD) not in (*FIELDS, COUNT_FIELD):
        raise broken(path, f"{where}: unknown field {table['field']!r}; there are {list(FIELDS)}")


def _got(table: dict[str, Any], where: str, path: Path) -> str:
    got: str = table["got"]
    if "block" in table:
        if got not in set(Role):
            raise broken(path, f"{where}: unknown role {got!r}; the roles are {', '.join(Role)}")
        return got
    try:
        return to_json(json.loads(got))
    except ValueError as error:
        message = f"{where}: 'got' must be JSON, as the report prints it, such as 'null' or '3'"
        raise broken(path, message) from error
