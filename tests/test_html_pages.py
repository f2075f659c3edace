"""HTML pages through the whole pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cleaner
from cleaner import Role
from cleaner.document import main_roles

PAGES = sorted((Path(__file__).parents[1] / "golden" / "html" / "pages").glob("*"))
NEWS = next(page for page in PAGES if page.name.startswith("news-en"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_text_is_a_choice_of_roles(path: Path) -> None:
    page = cleaner.clean(path.read_bytes())
    assert page.is_html
    assert page.text_roles == main_roles(page.kind)
    chosen = [
        block.text
        for block in page.blocks
        if block.role in page.text_roles and block.index not in page.quoted_blocks
    ]
    assert page.text == "\n\n".join(chosen)
    assert not any(
        block.role.group == "comments"
        for block in page.blocks
        if block.text in page.body.split("\n\n") and page.kind != "thread" and len(block.text) > 80
    )


def test_a_news_page_has_its_parts() -> None:
    page = cleaner.clean(NEWS.read_bytes())
    assert page.kind == "article"
    assert page.language == "en"
    assert page.headline
    assert len(page.body.split()) > 300
    assert page.metadata["title"]


def test_a_shell_of_scripts_is_empty_and_says_why() -> None:
    page = cleaner.clean(
        "<!doctype html><html><head></head><body><script>draw()</script></body></html>"
    )
    assert page.outcome.state == "empty"
    assert "scripts" in page.outcome.reason


def test_str_ignores_a_declared_charset() -> None:
    page = cleaner.clean(
        '<!doctype html><meta charset="koi8-r"><p>Über die Brücke fährt niemand.</p>'
    )
    assert page.blocks[0].text == "Über die Brücke fährt niemand."


def test_mojibake_in_html_is_repaired_and_entities_are_not_undone_twice() -> None:
    page = cleaner.clean(
        "<!doctype html><html><body><p>BrÃ¼cke Ã¼ber den FluÃŸ</p><p>&amp;lt;p&amp;gt;</p></body></html>"
    )
    assert page.blocks[0].text == "Brücke über den Fluß"
    assert page.blocks[1].text == "&lt;p&gt;"
    assert page.encoding.repairs[0].line == 1


def test_a_model_may_be_switched_off() -> None:
    page = cleaner.clean(NEWS.read_bytes(), settings=cleaner.Settings(without=("model",)))
    assert all(block.stage != "model" for block in page.blocks)
    assert page.blocks


def test_a_second_copy_of_a_paragraph_is_no_text() -> None:
    paragraph = "The bridge over the river is open again, the town council said on Monday after a long debate."
    page = cleaner.clean(
        f"<!doctype html><html><body><article><h1>Bridge opens</h1><p>{paragraph}</p><p>Nobody came to see it, and the keeper went home early.</p></article><aside><p>{paragraph}</p></aside></body></html>"
    )
    assert page.text.count(paragraph) == 1


TAGS = st.sampled_from(
    [
        "p",
        "div",
        "ul",
        "li",
        "table",
        "tr",
        "td",
        "a",
        "b",
        "h1",
        "h2",
        "span",
        "article",
        "nav",
        "footer",
        "br",
        "pre",
        "form",
        "noscript",
    ]
)
PIECES = st.one_of(
    TAGS.map("<{}>".format),
    TAGS.map("</{}>".format),
    st.text(max_size=12),
    st.sampled_from(["&lt;", "&#0;", "<!--", "<script>", "</script>", "\0"]),
)


@given(st.lists(PIECES, max_size=60))
def test_malformed_markup_is_cleaned(pieces: list[str]) -> None:
    page = cleaner.clean("".join(pieces), media_type="text/html")
    assert page.outcome.state in ("ok", "empty")
    for block in page.blocks:
        assert isinstance(block.role, Role)
        assert 0 <= block.score <= 1


def test_the_year_of_a_copyright_line_is_no_date() -> None:
    page = cleaner.clean("<!doctype html><h1>Tide</h1><p>It rose.</p><footer>© 2024 Otter</footer>")
    assert "date" not in page.metadata
