import os
import subprocess
import sys
from collections.abc import Callable

import pytest

BRIDGE = (
    "The new bridge over the river opens on Monday, the council said in the evening. "
    "It took four years to build, and it cost more than anybody had expected.\n"
)
CAFE = (
    "The café « Zur Brücke » stays open all night for those who come to see it. "
    "There will be music on both banks, and boats go until the morning.\n"
)
ROAD = (
    "The road behind it is closed until the spring, because the winter was too wet. "
    "Buses take the old way through the village, once every half an hour.\n"
)

Run = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def run(tmp_path) -> Run:
    """Run the real program in ``tmp_path``; it must end within a minute."""

    def run_cleaner(*arguments, stdin: bytes = b"", env: dict[str, str] | None = None):
        return subprocess.run(
            [sys.executable, "-m", "cleaner", *map(os.fspath, arguments)],
            input=stdin,
            capture_output=True,
            cwd=tmp_path,
            timeout=60,
            env={**os.environ, **(env or {})},
            check=False,
        )

    return run_cleaner


@pytest.fixture
def bridge() -> str:
    """A page that is one paragraph."""
    return BRIDGE


@pytest.fixture
def pages(tmp_path):
    """A folder with three pages, one of them in a folder of its own."""
    folder = tmp_path / "in"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.txt").write_text(BRIDGE)
    (folder / "two.txt").write_text(CAFE, "utf-8")
    (folder / "deep/three.txt").write_text(ROAD)
    return folder
