"""What a run is given: sources that were found, or paths to find them behind, and a folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from cleaner.batch.previous_output import OWN
from cleaner.errors import UsageError
from cleaner.reading import Missed, Source, find_sources
from cleaner.reading.sources import check_several

Given = Source | Missed | str | Path
"""One source of a run: what `find_sources` finds, or one of its arguments."""


def given_sources(given: Iterable[Given], out: Path) -> Iterator[Source | Missed]:
    """The sources as they are, and those behind paths, less what the run itself writes.

    Raises `UsageError` at once on one path for many, on what is no source when it comes to it,
    and as `find_sources` does.
    """
    check_several(given, "sources")
    return _sources(given, out)


def given_folder(out: Path | str) -> Path:
    """The output folder. Raises `UsageError` when it has no name.

    >>> given_folder("run").name
    'run'
    """
    if not isinstance(out, str | Path):
        raise UsageError(f"out is the path of a folder, not {out!r}")
    if not str(out):
        raise UsageError("out is an empty name (an unset variable?); name a folder")
    return Path(out)


def _sources(given: Iterable[Given], out: Path) -> Iterator[Source | Missed]:
    for is_found, group in groupby(given, lambda each: isinstance(each, Source | Missed)):
        if is_found:
            yield from group  # type: ignore[misc]
        else:
            yield from find_sources(map(_path, group), leave_out=out, written=OWN)


def _path(given: object) -> str | Path:
    if not isinstance(given, str | Path):
        raise UsageError(f"a source is a path or what find_sources finds, not {given!r}")
    return given
