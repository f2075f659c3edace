"""The folder that pages are written to."""

from __future__ import annotations

import os
from pathlib import Path

from cleaner.errors import SourceError, UsageError

PAGES = "pages"
"""All pages lie in this folder of the output folder, so that two runs compare with ``diff -r``."""


class PageFolder:
    """Writes pages into ``OUT/pages``, each whole or not at all.

    Raises `UsageError` when the folder cannot be made or written.
    """

    def __init__(self, out: Path) -> None:
        self.path = out / PAGES
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._temporary(self.path).touch()
            self._temporary(self.path).unlink()
            self._real = self.path.resolve()
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise UsageError(
                f"output folder {out}: cannot be written ({reason}); choose another with -o"
            ) from error

    def write(self, name: str, text: str) -> Path:
        """Write one page under its relative path, as UTF-8; what stood there is replaced.

        A reader never sees half a page: it is written beside its place and then
        moved there. Raises `SourceError` when the disk is full, a link leads out
        of the folder, or a folder stands in the way.
        """
        target = self.path / name
        try:
            if not target.parent.resolve().is_relative_to(self._real):
                raise OSError(f"a link in {target.parent} leads out of the folder")
            target.parent.mkdir(parents=True, exist_ok=True)
            self._replace(target, text.encode("utf-8", "replace"))
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise SourceError(
                f"{target}: cannot be written ({reason}); make room and run again"
            ) from error
        return target

    def _replace(self, target: Path, data: bytes) -> None:
        temporary = self._temporary(target.parent)
        try:
            temporary.write_bytes(data)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)

    def _temporary(self, folder: Path) -> Path:
        return folder / f".cleaner-{os.getpid()}.tmp"
