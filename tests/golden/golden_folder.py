"""A golden folder of one page, to be spoiled by the tests, and the command line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from click.testing import CliRunner, Result

from cleaner.cli import main
from cleaner.document import Role
from cleaner.golden.check import CheckReport, check_golden
from cleaner.golden.labels import GoldenFile, format_labels, read_labels

PAGE = (
    "Harbour bridge opens again | Town Post\n\n"
    "The bridge over the old harbour opened again on Monday after nine months of repair.\n"
    "# 1 in the queue was a baker, who had driven 20 km round the bay every night.\n"
    "The council keeps its plans under C:\\plans\\new and asks people to read them.\n"
    "\x1b[2JA line with an escape, a NEL\x85here and a separator\u2028there.\n"
    "About Town Post\n"
)


@dataclass(frozen=True)
class Golden:
    """A golden folder with one golden file, ``page``, and its source beside it."""

    folder: Path

    @property
    def source(self) -> Path:
        return self.folder.parent / "sources" / "page.txt"

    @property
    def labels(self) -> Path:
        return self.folder / "page.labels"

    @property
    def comments(self) -> Path:
        return self.folder / "page.comments.json"

    def read(self) -> GoldenFile:
        return read_labels(self.labels)

    def check(self) -> CheckReport:
        return check_golden(self.folder)

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_bytes(text.encode())

    def edit(self, old: str, new: str) -> None:
        text = self.labels.read_bytes().decode()
        assert old in text
        self.labels.write_bytes(text.replace(old, new, 1).encode())

    def give_wrong_role(self, block: int) -> tuple[Role, Role]:
        """Change the golden role of one block; the golden role and the program's."""
        golden = self.read()
        label = golden.labels[block - 1]
        assert label.role
        wrong = Role.ADVERT if label.role is not Role.ADVERT else Role.FORM
        labels = list(golden.labels)
        labels[block - 1] = replace(label, role=wrong)
        changed = replace(golden, labels=tuple(labels))
        self.labels.write_bytes(format_labels(changed).encode())
        return wrong, label.role

    def snapshot(self) -> dict[str, bytes]:
        """Every file below the folder that holds golden folder and sources."""
        paths = (path for path in self.folder.parent.rglob("*") if path.is_file())
        return {str(path): path.read_bytes() for path in paths}


def run(*args: object) -> Result:
    """The real command line, in this process."""
    return CliRunner().invoke(main, ["golden", *map(str, args)], prog_name="cleaner")
