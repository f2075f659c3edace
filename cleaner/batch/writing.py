"""The folders that pages are written to, one file for each."""

from __future__ import annotations

from pathlib import Path

from cleaner.batch.files import cannot_write, replace_file, stop_if_fatal, sync
from cleaner.errors import SourceError

PAGES = "pages"
"""All pages lie in this folder of the output folder, so that two runs compare with ``diff -r``."""

ASIDE = "aside"
"""What could not be cleaned is kept here, whole."""

TEMPORARY = ".cleaner.tmp"
"""The name of a file while it is written; it stands in the output folder itself."""


class PageFolder:
    """Writes pages into ``OUT/pages``, each whole or not at all.

    Raises `UsageError` when the folder cannot be made or written.
    """

    def __init__(self, out: Path, name: str = PAGES) -> None:
        self.path = out / name
        self._temporary = out / TEMPORARY
        self._written: list[Path] = []
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self._temporary.touch()
            self._temporary.unlink()
            self._real = self.path.resolve()
        except (OSError, ValueError) as error:
            raise cannot_write(out, error) from error

    def write(self, name: str, data: bytes) -> Path:
        """Write one page under its relative path; what stood there is replaced.

        A reader never sees half a page: it is written beside its place and then
        moved there. Raises `SourceError` when a link leads out of the folder or a
        folder stands in the way, `StoppedError` when the disk is full.
        """
        target = self.path / name
        try:
            if not target.parent.resolve().is_relative_to(self._real):
                raise OSError(f"a link in {target.parent} leads out of the folder")
            target.parent.mkdir(parents=True, exist_ok=True)
            replace_file(target, self._temporary, data)
        except (OSError, ValueError) as error:
            stop_if_fatal(target, error)
            reason = getattr(error, "strerror", None) or error
            raise SourceError(
                f"{target}: cannot be written ({reason}); make room and run again"
            ) from error
        self._written.append(target)
        return target

    def sync(self) -> None:
        """Have the disk keep what was written. Raises `StoppedError` when it cannot."""
        try:
            sync(self._written)
        except OSError as error:
            stop_if_fatal(self.path, error)
            raise
        self._written.clear()
