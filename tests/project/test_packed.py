"""What is packed for a quick start is what would be worked out at each start."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from cleaner import tables
from cleaner.evidence.language.function_words import WORD_BUCKETS
from cleaner.evidence.lines import codepoints
from cleaner.tables import PACKED, checksum, parse_table, read_table

sys.path.insert(0, str(Path(__file__).parents[2]))

from scripts.pack import packed_kinds, packed_tables, packed_words

FILES = sorted(PACKED.parent.rglob("*.toml"))


def test_the_packed_tables_are_those_of_the_files():
    assert PACKED.read_text("utf-8") == packed_tables(), "run scripts/pack.py"


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


def test_the_packed_function_words_are_those_of_the_lists():
    assert WORD_BUCKETS.read_text("utf-8") == packed_words(), "run scripts/pack.py"


@pytest.mark.skipif(not codepoints.kinds_file().exists(), reason="not packed for this Python")
def test_the_packed_kinds_are_those_of_unicode():
    assert np.array_equal(np.load(codepoints.kinds_file()), packed_kinds()), "run scripts/pack.py"


def test_without_packed_kinds_they_are_worked_out(monkeypatch, tmp_path):
    packed = codepoints.kinds()
    monkeypatch.setattr(codepoints, "PACKED", tmp_path)
    assert np.array_equal(codepoints.kinds.__wrapped__(), packed)


def test_kinds_are_packed_for_python_3_11_to_3_13():
    packed = {path.name for path in codepoints.PACKED.glob("kinds-*.npy")}
    assert {"kinds-14.0.0.npy", "kinds-15.0.0.npy", "kinds-15.1.0.npy"} <= packed
