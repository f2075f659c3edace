"""What the program did, written in the golden format to a folder of its own.

Received files carry the draft mark, so that none passes for a golden file
before a person has read it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from cleaner.errors import UsageError
from cleaner.golden.check import CheckReport, FileResult
from cleaner.golden.comments import comments_path
from cleaner.golden.labels import GoldenFile, Label, format_labels
from cleaner.page import Page
from cleaner.rendering.records import comment_records

MARK = "received: what the program did; not a golden file"


def page_labels(page: Page) -> tuple[Label, ...]:
    """The page's blocks with the program's roles."""
    return tuple(Label(block.role, block.text) for block in page.blocks)


def write_received(report: CheckReport, folder: Path) -> list[Path]:
    """Write ``NAME.labels``, and ``NAME.comments.json`` where there are comments.

    Gives the paths written. Golden files that are broken, or whose source
    cannot be read, have none. The headers stay those of the golden file, with
    the source's digest of today.
    Raises `UsageError`, before anything is written, when the folder is the
    golden folder, holds a file that was not received, or cannot be written.
    """
    if folder.resolve() == report.folder.resolve():
        raise UsageError(f"received folder {folder} is the golden folder; name another one")
    texts = {path: text for result in report.files for path, text in _texts(result, folder)}
    for path in texts:
        _check_received(path)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in texts.items():
            path.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise UsageError(f"received folder {folder} cannot be written: {error}") from error
    return list(texts)


def _texts(result: FileResult, folder: Path) -> list[tuple[Path, str]]:
    if result.golden is None or result.page is None:
        return []
    path = folder / result.path.name
    texts = [(path, format_labels(_received(result.golden, result.page, result.source_sha256)))]
    records = comment_records(result.page)
    if records or comments_path(result.path).exists():
        text = json.dumps(records, ensure_ascii=False, indent=2) + "\n"
        texts.append((comments_path(path), text))
    return texts


def _received(golden: GoldenFile, page: Page, sha256: str) -> GoldenFile:
    return replace(golden, labels=page_labels(page), sha256=sha256, draft=MARK)


def _check_received(path: Path) -> None:
    labels = path.with_name(path.name.replace(".comments.json", ".labels"))
    mark = f"# draft: {MARK}".encode()
    if path.exists() and not (labels.is_file() and mark in labels.read_bytes()):
        raise UsageError(f"{path} was not written by --received; name an empty folder")
