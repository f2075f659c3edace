"""The package's tables are packed for a quick start, and what is packed is what TOML says."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

from cleaner import tables
from cleaner.tables import PACKED, checksum, parse_table, read_table

sys.path.insert(0, str(Path(__file__).parents[2]))

from scripts.pack_tables import packed_tables

FILES = sorted(PACKED.parent.rglob("*.toml"))


def test_the_packed_tables_are_those_of_the_files():
    assert PACKED.read_text("utf-8") == packed_tables(), "run scripts/pack_tables.py"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_packed_table_is_what_its_file_holds(path):
    text = path.read_text("utf-8")
    assert checksum(text) in tables._packed()
    assert read_table(path) == tomllib.loads(text)


def test_a_text_that_was_changed_is_parsed():
    text = FILES[0].read_text("utf-8") + "added = 1\n"
    assert parse_table(text) == tomllib.loads(text)


def test_without_packed_tables_all_are_parsed(monkeypatch, tmp_path):
    monkeypatch.setattr(tables, "PACKED", tmp_path / "none.json")
    monkeypatch.setattr(tables, "_packed", tables._packed.__wrapped__)
    assert read_table(FILES[0]) == tomllib.loads(FILES[0].read_text("utf-8"))
