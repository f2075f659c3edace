"""Work out beforehand what would be the same at every start.

    python scripts/pack.py

To be run whenever a TOML file of the package or ``function_words.json`` was changed;
tests say so. The kinds of characters are packed for the version of Unicode that
this Python knows: another Python works them out at each start, until this was run with it.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping

import numpy as np

from cleaner.evidence.language.function_words import WORD_BUCKETS, buckets_of_words
from cleaner.evidence.lines.codepoints import kinds_by_category, kinds_file
from cleaner.tables import PACKED, checksum


def packed_tables() -> str:
    """The table in each TOML file of the package, by its checksum, as JSON."""
    texts = [path.read_text("utf-8") for path in sorted(PACKED.parent.rglob("*.toml"))]
    return _json_lines({checksum(text): tomllib.loads(text) for text in texts})


def packed_words() -> str:
    """The buckets of the function words of each language, as JSON."""
    return _json_lines(buckets_of_words())


def _json_lines(values: Mapping[str, object]) -> str:
    """A JSON object with one key to a line, so that a difference shows where it is."""
    lines = (
        f'"{key}":{json.dumps(value, ensure_ascii=False, separators=(",", ":"))}'
        for key, value in values.items()
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def packed_kinds() -> np.ndarray[tuple[int, ...], np.dtype[np.uint16]]:
    """The kinds of characters as runs: kinds and lengths."""
    kinds = kinds_by_category()
    starts = np.flatnonzero(np.diff(kinds, prepend=kinds[0] + 1))
    return np.array([kinds[starts], np.diff(starts, append=len(kinds))], np.uint16)


if __name__ == "__main__":
    PACKED.write_text(packed_tables(), "utf-8")
    WORD_BUCKETS.write_text(packed_words(), "utf-8")
    np.save(kinds_file(), packed_kinds())
