"""``accepted/NAME.txt``, ``.md``, ``.json``: what the program does, accepted one by one.

Labels say what is right; accepted output says what came out, right or not, so
that no change of it goes unseen. A golden file has all three or none of them:
its text, its Markdown with comments, and its JSON record, with a line for each
field and without those of `RELEASE_FIELDS`. They are written by
`cleaner.golden.accept`, and by nothing else.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cleaner.golden.diffs import diff_lines
from cleaner.golden.faults import FaultError, broken, read_bytes
from cleaner.golden.labels import DEFAULT_FOLDER, SUFFIX, GoldenFile
from cleaner.page import Page
from cleaner.rendering import Comments, Format, render
from cleaner.rendering.records import page_record, to_json_lines

FOLDER = "accepted"
FORMATS = (Format.TEXT, Format.MARKDOWN, Format.JSON)

RELEASE_FIELDS = ("version", "settingsDigest")
"""Fields of the record that are left out: a release changes them on every page."""


@dataclass(frozen=True, slots=True)
class OutputDifference:
    """One file of accepted output that is not what the program gives.

    ``accepted`` is what it holds, None when it does not exist.
    """

    path: Path
    accepted: str | None
    got: str

    @property
    def diff(self) -> tuple[str, ...]:
        """From what was accepted to what the program gives, as `diff_lines` has it."""
        name = self.path.as_posix()
        old_name = "/dev/null" if self.accepted is None else name
        return diff_lines(self.accepted or "", self.got, old_name=old_name, new_name=name)


def accepted_path(labels: Path, wanted: Format) -> Path:
    """Where the accepted output of a golden file stands.

    >>> accepted_path(Path("golden/page.labels"), Format.MARKDOWN).as_posix()
    'golden/accepted/page.md'
    """
    return labels.parent / FOLDER / (labels.name.removesuffix(SUFFIX) + wanted.suffix)


def accept_command(labels: Path) -> str:
    """The command that accepts the output of a golden file.

    >>> accept_command(Path("golden/page.labels"))
    'cleaner golden accept page'
    """
    words = ["cleaner", "golden", "accept", labels.name.removesuffix(SUFFIX)]
    if labels.parent != DEFAULT_FOLDER:
        words += ["--golden", labels.parent.as_posix()]
    return shlex.join(words)


def compare_output(golden: GoldenFile, page: Page) -> tuple[OutputDifference, ...]:
    """Where the program's output differs from what was accepted; empty when nothing was.

    Raises `FaultError` when an accepted file cannot be read.
    """
    if not any(accepted_path(golden.path, wanted).exists() for wanted in FORMATS):
        return ()
    return output_differences(golden, page)


def output_differences(golden: GoldenFile, page: Page) -> tuple[OutputDifference, ...]:
    """The files that would change if the output were accepted, those that do not exist included.

    Raises as `compare_output` does.
    """
    texts = {accepted_path(golden.path, wanted): _text(golden, page, wanted) for wanted in FORMATS}
    found = (OutputDifference(path, _read(path), text) for path, text in texts.items())
    return tuple(difference for difference in found if difference.accepted != difference.got)


def stray_files(folder: Path, labels: Iterable[Path]) -> Iterator[FaultError]:
    """A fault for every accepted file that belongs to none of the golden files of a folder."""
    place = folder / FOLDER
    known = {accepted_path(path, wanted).name for path in labels for wanted in FORMATS}
    try:
        names = sorted(path.name for path in place.iterdir()) if place.exists() else []
    except OSError as error:
        yield broken(place, f"cannot be read: {error.strerror or error}; make it a folder")
        return
    for name in names:
        if name not in known and not name.startswith("."):
            suffixes = ", ".join(wanted.suffix for wanted in FORMATS)
            message = f"not the output ({suffixes}) of a golden file in {folder}; remove it"
            yield broken(place / name, message)


def _text(golden: GoldenFile, page: Page, wanted: Format) -> str:
    """The output as it stands in a file: UTF-8, lines that end in LF."""
    if wanted is Format.JSON:
        record = page_record(page, source=golden.source)
        text = to_json_lines({key: record[key] for key in record if key not in RELEASE_FIELDS})
    else:
        comments = Comments.WITH if wanted is Format.MARKDOWN else Comments.NONE
        text = render(page, wanted, comments=comments)
    return _with_line_feeds(text.encode("utf-8", "replace"))


def _read(path: Path) -> str | None:
    """What was accepted, None when the file does not exist; bytes that are not UTF-8 as escapes."""
    try:
        return _with_line_feeds(read_bytes(path)) if path.exists() else None
    except OSError as error:
        reason = error.strerror or error
        raise broken(path, f"cannot be read: {reason}; remove it and accept again") from error


def _with_line_feeds(data: bytes) -> str:
    return data.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
