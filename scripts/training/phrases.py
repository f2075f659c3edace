"""What stands around the text of pages in many languages, with its role.

The pages of the data sets are mostly English and German. `PHRASES` has a file for each of
some fifty languages: menus, buttons, headings over teasers and threads, legal lines, bylines,
as sites in that language have them, written for this project. The table of n-grams learns
them beside the lines of the pages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

from cleaner.document import Role

PHRASES = Path(__file__).parent / "phrases"
"""A TOML file for each language, named by its code: a list of lines for each role."""


def phrases() -> Iterator[tuple[Role, str]]:
    """All lines of all languages, each with its role."""
    for path in sorted(PHRASES.glob("*.toml")):
        for role, lines in tomllib.loads(path.read_text(encoding="utf-8")).items():
            for line in lines:
                yield Role(role), line
