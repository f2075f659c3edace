"""A golden folder of one page, right in every line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from golden_folder import PAGE, Golden

from cleaner.golden.labels import format_labels
from cleaner.golden.new import new_golden


@pytest.fixture
def golden(tmp_path: Path) -> Golden:
    made = Golden(tmp_path / "golden")
    made.folder.mkdir()
    made.source.parent.mkdir()
    made.source.write_bytes(PAGE.encode())
    draft = new_golden(made.source, made.labels, suggest=True)
    made.labels.write_bytes(format_labels(replace(draft, draft=None)).encode())
    assert made.check().is_ok
    return made
