"""The list of inputs, taken once at the start of a run and kept beside its output.

So a folder that changes while it is read changes nothing, a run that goes on
has the same inputs in the same order, and memory does not grow with their number.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from pathlib import Path
from typing import Any

from cleaner.batch.files import stop_if_fatal, sync
from cleaner.batch.names import Namer
from cleaner.errors import UsageError
from cleaner.reading import Missed, Source

INPUTS = "inputs.jsonl"
"""The list, in the output folder."""


@dataclass(frozen=True, slots=True)
class Input:
    """A source with the stem of the names of its pages."""

    source: Source | Missed
    stem: str


@dataclass(frozen=True, slots=True)
class InputList:
    """A list on disk, its length (0 when there is nothing to clean) and the bytes of its files."""

    path: Path
    count: int = 0
    size: int = 0

    def read(self, begin: int = 0) -> Iterator[tuple[int, Input]]:
        """The inputs from the one with the number ``begin`` on, with their numbers."""
        with self.path.open("rb") as lines:
            for number, line in enumerate(lines):
                if number >= begin:
                    yield number, _parse(line)


def write_list(
    sources: Iterable[Source | Missed], out: Path, suffix: str, *, name: str = INPUTS
) -> InputList:
    """Write the list of inputs. Raises what ``sources`` raises, and `StoppedError`."""
    path = out / name
    namer = Namer(suffix)
    count, size, is_any = 0, 0, False
    try:
        with path.open("w", encoding="ascii", newline="\n") as file:
            for source in sources:
                file.write(_line(source, namer.stem(source.name)))
                count += 1
                size += source.size if isinstance(source, Source) else 0
                is_any = is_any or isinstance(source, Source) or source.failed
        sync([path])
    except OSError as error:
        stop_if_fatal(path, error)
        raise
    return InputList(path, count if is_any else 0, size)


def compare_lists(old: Path, new: Path, count: int) -> Iterator[int]:
    """The numbers of inputs that are to be looked into, among the first ``count`` of two lists.

    They are the same by name, but standard input, or a file whose time or size is
    another. Raises `UsageError`, saying what differs, when one is not the same.
    """
    with old.open("rb") as before, new.open("rb") as after:
        pairs = islice(zip_longest(before, after), count)
        for number, (one, two) in enumerate(pairs):
            if one is None:
                return
            if one != two or _is_stdin(one):
                if two is None or not _is_same_source(_parse(one), _parse(two)):
                    raise _other_inputs(old, new, one, two)
                yield number


def first_added(old: Path, new: Path) -> Input | None:
    """The first input of the new list that stands after all of the old one."""
    with old.open("rb") as before, new.open("rb") as after:
        count = sum(1 for _ in before)
        line = next(islice(after, count, None), None)
    return None if line is None else _parse(line)


def _is_stdin(line: bytes) -> bool:
    return b'"path": null' in line


def _is_same_source(one: Input, two: Input) -> bool:
    """Whether two are the same but for the state of a file."""
    if isinstance(one.source, Source) and isinstance(two.source, Source):
        size, changed = one.source.size, one.source.changed
        return one == replace(two, source=replace(two.source, size=size, changed=changed))
    if isinstance(one.source, Missed) and isinstance(two.source, Missed):
        return one == replace(two, source=replace(two.source, reason=one.source.reason))
    return False


def _other_inputs(old: Path, new: Path, one: bytes, two: bytes | None) -> UsageError:
    return UsageError(
        f"{old.parent} holds the output of other inputs: {_difference(old, new, one, two)}; "
        "give the same inputs as before (others may follow them), choose another folder with "
        "-o, or begin again with --overwrite"
    )


def _difference(old: Path, new: Path, one: bytes, two: bytes | None) -> str:
    """What differs at the first place where two lists name other inputs, in words."""
    before = _parse(one).source
    after = None if two is None else _parse(two).source
    if after is not None and before.where == after.where and before.name == after.name:
        was_missed = isinstance(before, Missed)
        return f"{before.where} could {'not ' * was_missed}be read before" + (
            ", and can be now" if was_missed else f", and now not ({after})"
        )
    if after is None or not _names(new, before.where):
        said = f"{before.where} is missing"
        return said if after is None else f"{said}, and {after.where} stands there"
    if not _names(old, after.where):
        return f"{after.where} was added before what is done"
    return f"{after.where} stands where {before.where} stood"


def _names(path: Path, where: str) -> bool:
    return any(each.source.where == where for _, each in InputList(path).read())


def _line(source: Source | Missed, stem: str) -> str:
    values: dict[str, Any] = {"name": source.name, "where": source.where, "stem": stem}
    if isinstance(source, Source):
        path = None if source.path is None else str(source.path)
        values |= {"path": path, "size": source.size, "changed": source.changed}
    else:
        values |= {"reason": source.reason, "failed": source.failed}
    return json.dumps(values) + "\n"


def _parse(line: bytes) -> Input:
    values = json.loads(line)
    stem = values.pop("stem")
    if "reason" in values:
        return Input(Missed(**values), stem)
    path = values.pop("path")
    return Input(Source(path=None if path is None else Path(path), **values), stem)
