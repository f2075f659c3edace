"""Hold a folder of golden files against the program; nothing is written."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from cleaner.document import Role
from cleaner.golden import accepted, comments, gaps, sources
from cleaner.golden.differences import (
    Difference,
    RecordDifference,
    compare_records,
    compare_roles,
    compare_texts,
)
from cleaner.golden.faults import Fault, FaultError, broken
from cleaner.golden.labels import (
    GoldenFile,
    check_finished,
    golden_paths,
    read_labels,
    read_source,
    require_folder,
)
from cleaner.golden.running import clean_source
from cleaner.golden.scores import RoleScore, score_roles
from cleaner.page import Page
from cleaner.pipeline import check_settings
from cleaner.rendering.records import comment_records
from cleaner.settings import Settings


@dataclass(frozen=True)
class FileResult:
    """One golden file against the program.

    ``fault`` says why it could not be compared, None when it was. ``golden`` is
    None when the file is broken, ``page`` when its source could not be read or cleaned;
    ``source_sha256`` is the digest of the source as it is now. ``outputs`` are the
    accepted files that are not what the program gives; no gap covers one.
    """

    path: Path
    golden: GoldenFile | None = None
    page: Page | None = None
    source_sha256: str = ""
    fault: FaultError | None = None
    differences: tuple[Difference, ...] = ()
    records: tuple[RecordDifference, ...] = ()
    outputs: tuple[accepted.OutputDifference, ...] = ()

    @property
    def open_differences(self) -> int:
        """How many differences no gap covers."""
        return len(self.outputs) + self._reasons.count("")

    @property
    def known_differences(self) -> int:
        """How many differences a gap covers."""
        return len(self._reasons) - self._reasons.count("")

    @property
    def _reasons(self) -> list[str]:
        """For each difference from the labels why it is known, empty when it is not."""
        of_blocks = [difference.known for difference in self.differences]
        return of_blocks + [difference.known for difference in self.records]

    @property
    def is_ok(self) -> bool:
        """Whether it was compared and nothing differs but what is known."""
        return self.fault is None and not self.open_differences

    @property
    def pairs(self) -> tuple[tuple[Role, Role], ...]:
        """Golden and program role of every line; empty when it could not be compared."""
        if self.fault or not self.golden or not self.page:
            return ()
        pairs = zip(self.golden.labels, self.page.blocks, strict=True)
        return tuple((label.role, block.role) for label, block in pairs if label.role)


@dataclass(frozen=True)
class CheckReport:
    """All golden files of a folder, and what is wrong with the folder itself.

    ``faults`` are sources without a golden file, broken ``sources.toml`` and
    ``gaps.toml``, gaps that closed, comments and accepted output without labels.
    """

    folder: Path
    files: tuple[FileResult, ...]
    faults: tuple[FaultError, ...]

    @property
    def is_ok(self) -> bool:
        """Whether every file is fine and the folder has no fault."""
        return not self.faults and all(result.is_ok for result in self.files)

    @cached_property
    def scores(self) -> tuple[RoleScore, ...]:
        """Per role precision and recall over all lines that were compared."""
        return score_roles(pair for result in self.files for pair in result.pairs)


def check_golden(folder: Path, settings: Settings | None = None) -> CheckReport:
    """Run the program on the source of every golden file in a folder and compare.

    A folder without golden files has a fault. Raises `UsageError` when the
    folder does not exist or the settings name an unknown stage or rule.
    """
    settings = settings or Settings()
    check_settings(settings)
    require_folder(folder)
    files = tuple(check_file(path, settings) for path in golden_paths(folder))
    files, gap_faults = _settle_gaps(folder, files)
    faults = (*_folder_faults(folder, files), *gap_faults)
    return CheckReport(folder, files, faults)


def check_file(path: Path, settings: Settings) -> FileResult:
    """Hold one golden file against the program, whatever gaps are known."""
    result = FileResult(path)
    try:
        golden = read_labels(path)
        result = replace(result, golden=golden)
        data = read_source(golden)
        digest = hashlib.sha256(data).hexdigest()
        page = clean_source(golden, data, settings)
        outputs = accepted.compare_output(golden, page)
        result = replace(result, page=page, source_sha256=digest, outputs=outputs)
        return _compare(result, golden, page)
    except FaultError as fault:
        return replace(result, fault=fault)


def _compare(result: FileResult, golden: GoldenFile, page: Page) -> FileResult:
    records = comments.read_comments(comments.comments_path(golden.path))
    check_finished(golden)
    if result.source_sha256 != golden.sha256:
        message = (
            f"stale: {golden.source} has now the digest {result.source_sha256}; "
            "read it again, correct the lines, then the '# sha256:' header"
        )
        raise FaultError(Fault.STALE, golden.path, message)
    compare_texts(golden, page)
    differing = () if records is None else compare_records(records, comment_records(page))
    return replace(result, differences=tuple(compare_roles(golden, page)), records=tuple(differing))


def _settle_gaps(
    folder: Path, files: Sequence[FileResult]
) -> tuple[tuple[FileResult, ...], tuple[FaultError, ...]]:
    path = folder / gaps.NAME
    try:
        known = gaps.read_gaps(path)
    except FaultError as fault:
        return tuple(files), (fault,)
    faults = list(gaps.unknown_names(known, {_name(result.path) for result in files}, path))
    settled = [_settle(result, known, path) for result in files]
    faults += [fault for _, found in settled for fault in found]
    return tuple(result for result, _ in settled), tuple(faults)


def _settle(
    result: FileResult, known: Sequence[gaps.Gap], path: Path
) -> tuple[FileResult, tuple[FaultError, ...]]:
    if result.golden is None or result.fault:
        return result, ()
    settled = gaps.settle(result.golden, result.differences, result.records, known, path=path)
    result = replace(result, differences=settled.differences, records=settled.records)
    return result, settled.faults


def _folder_faults(folder: Path, files: Sequence[FileResult]) -> Iterator[FaultError]:
    if not files:
        command = f"cleaner golden new SOURCE --golden {folder.as_posix()}"
        message = f"no golden file (*.labels) in it; '{command}' writes one"
        yield FaultError(Fault.MISSING, folder, message)
    names = {_name(result.path) for result in files}
    for path in sorted(folder.glob(f"*{comments.SUFFIX}")):
        if not path.name.startswith(".") and path.name.removesuffix(comments.SUFFIX) not in names:
            yield broken(path, "no .labels file of this name beside it; write it or remove this")
    yield from accepted.stray_files(folder, [result.path for result in files])
    named = (result.golden.source_path for result in files if result.golden)
    try:
        yield from sources.missing_golden(folder, named)
    except FaultError as fault:
        yield fault


def _name(path: Path) -> str:
    return path.name.removesuffix(".labels")
