"""Accept what the program makes of golden files' sources, for `cleaner.golden.accepted`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import UsageError
from cleaner.golden.accepted import OutputDifference, output_differences
from cleaner.golden.labels import SUFFIX, golden_paths, read_labels, read_source, require_folder
from cleaner.golden.running import clean_source
from cleaner.pipeline import check_settings
from cleaner.settings import Settings


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What accepting changed for one golden file; ``changes`` is empty when nothing did."""

    name: str
    changes: tuple[OutputDifference, ...]


def accept_output(
    names: Iterable[str], folder: Path, settings: Settings | None = None
) -> tuple[Acceptance, ...]:
    """Write the program's output for golden files, given by name, to the folder of accepted ones.

    A name may end in ``.labels``. Labels are neither compared nor changed.
    Before anything is written, raises `UsageError` when the folder or a name
    is unknown, and `FaultError` when a golden file or its source cannot be
    read or cleaned. Raises `UsageError` when the output cannot be written.
    """
    settings = settings or Settings()
    check_settings(settings)
    require_folder(folder)
    paths = dict.fromkeys(_find(name, folder) for name in names)
    acceptances = tuple(_accept(path, settings) for path in paths)
    for acceptance in acceptances:
        for change in acceptance.changes:
            _write(change)
    return acceptances


def _find(name: str, folder: Path) -> Path:
    known = {path.name.removesuffix(SUFFIX): path for path in golden_paths(folder)}
    path = known.get(name) or known.get(name.removesuffix(SUFFIX))
    if path is None:
        there_are = f"there are {', '.join(known)}" if known else "there is none"
        raise UsageError(f"no golden file {name!r} in {folder}; {there_are}")
    return path


def _accept(path: Path, settings: Settings) -> Acceptance:
    golden = read_labels(path)
    page = clean_source(golden, read_source(golden), settings)
    return Acceptance(golden.name, output_differences(golden, page))


def _write(change: OutputDifference) -> None:
    try:
        change.path.parent.mkdir(exist_ok=True)
        change.path.write_bytes(change.got.encode("utf-8"))
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"{change.path} cannot be written: {reason}; make room for it") from error
