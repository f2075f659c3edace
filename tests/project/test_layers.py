"""Imports run downward only, as the table in CONTRIBUTING.md says."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[2] / "cleaner"

LAYERS: list[set[str]] = [
    {"__main__"},
    {"cli"},
    {"golden", "batch", "evaluation"},
    {"__init__"},
    {"parallel"},
    {"pipeline"},
    {"rendering"},
    {"deciding"},
    {"stages"},
    {"evidence"},
    {"parsing"},
    {"encoding"},
    {"reading"},
    {"page"},
    {"document", "dates", "bylines", "metadata"},
    {"settings", "workers"},
    {"errors", "lazy_imports", "re2_patterns", "tables", "timing", "version"},
]
"""From top to bottom; names in one set are siblings, which do not know each other."""

LEVELS = {name: level for level, names in enumerate(LAYERS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_parts(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative import"
            names = [node.module or ""]
            if node.module == "cleaner":
                names = [
                    f"cleaner.{alias.name}" if alias.name in LEVELS else "cleaner"
                    for alias in node.names
                ]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] == "cleaner":
                yield node.lineno, [*name.split("."), "__init__"][1]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_module_imports_only_from_below(path: Path) -> None:
    level = LEVELS[part_of(path)]
    for line, part in imported_parts(path):
        is_own = part == part_of(path)
        assert is_own or LEVELS[part] > level, f"{path}:{line} imports {part}, which is not below"


def test_the_batch_is_there_when_it_is_asked_for_and_not_before() -> None:
    code = (
        "import sys, cleaner; print('cleaner.batch' in sys.modules, 'batch' in dir(cleaner), "
        "cleaner.batch.run_batch.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False True run_batch\n"


def test_every_part_of_the_package_has_a_layer() -> None:
    assert {part_of(path) for path in MODULES} == set(LEVELS)


def test_stages_do_not_know_each_other() -> None:
    stages = {
        path.name
        for path in (PACKAGE / "stages").iterdir()
        if path.is_dir() and path.name[0] != "_"
    }
    for path in (PACKAGE / "stages").rglob("*.py"):
        own = path.relative_to(PACKAGE / "stages").parts[0]
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(
                "cleaner.stages."
            ):
                other = (node.module or "").split(".")[2]
                assert other == own or other not in stages, f"{path} imports {node.module}"
