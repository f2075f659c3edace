import sys
import tomllib
from pathlib import Path

import pytest

from cleaner import Role

sys.path.insert(0, str(Path(__file__).parents[2]))

from scripts.training.phrases import PHRASES, phrases

FILES = sorted(PHRASES.glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_phrases_of_a_language_are_whole_lines_and_each_stands_once(path: Path) -> None:
    by_role = tomllib.loads(path.read_text(encoding="utf-8"))
    lines = [line for lines in by_role.values() for line in lines]
    assert set(by_role) <= {role.value for role in Role}
    assert len(lines) == len(set(lines)) > 150
    assert all(line and line == " ".join(line.split()) for line in lines)


def test_all_phrases_have_their_role() -> None:
    found = list(phrases())
    assert (Role.COMMENT_META, "Antworten") in found
    assert (Role.NAVIGATION, "Ana Sayfa") in found
    assert len({role for role, _ in found}) == 13
