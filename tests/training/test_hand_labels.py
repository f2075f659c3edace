import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from cleaner import Role

sys.path.insert(0, str(Path(__file__).parents[2]))

from scripts.training.hand_labels import LABELS, first_line, spelt_out, with_own_labels

FILES = sorted(LABELS.glob("*.roles"))


@dataclass(frozen=True)
class Page:
    name: str
    html: bytes
    roles: tuple[tuple[str, str], ...] = ()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_has_a_role_and_no_text_of_the_page_is_kept(path: Path) -> None:
    head, *runs = path.read_text(encoding="utf-8").splitlines()
    roles = list(spelt_out(runs))
    assert set(roles) <= {role.value for role in Role}
    assert head.startswith(f"# {len(roles)} lines, sha256 ")


@pytest.mark.parametrize("runs", [["2 body"], ["1-3 body", "5 body"], ["2-1 body"], ["body"]])
def test_runs_follow_each_other(runs: list[str]) -> None:
    with pytest.raises(ValueError, match="does not follow"):
        list(spelt_out(runs))


def test_labels_are_of_the_lines_of_their_page(tmp_path: Path) -> None:
    pytest.importorskip("resiliparse")
    page = Page("wcxb-1", b"<p>Home</p><p>It rained all day.</p>")
    path = tmp_path / "wcxb-1.roles"
    assert with_own_labels(page, tmp_path) is page
    lines = ["Home", "It rained all day."]
    path.write_text(f"{first_line(lines)}\n1 navigation\n2 body\n")
    assert with_own_labels(page, tmp_path).roles == (("navigation", lines[0]), ("body", lines[1]))
    path.write_text(f"{first_line(lines)}\n1 navigation\n")
    with pytest.raises(ValueError, match="1 roles for 2 lines"):
        with_own_labels(page, tmp_path)
    path.write_text("# 2 lines, sha256 0\n1-2 body\n")
    with pytest.raises(ValueError, match="labels of other lines"):
        with_own_labels(page, tmp_path)
