import cleaner
from cleaner.page import Comment
from cleaner.rendering.explained import explain_page, shorten


def test_explained_shows_each_block_with_what_settled_it(make_page):
    page = make_page(("headline", "Bridge"), ("body", "word " * 50))
    lines = [line.text for line in explain_page(page, source="a.txt", width=60)]
    text = "\n".join(lines)
    assert "source    a.txt" in text
    assert "line 2: 'cafÃ©' -> 'café' (decode)" in text
    assert "   0  headline      0.90  Bridge" in lines
    assert "      article/shape: it looks like one" in lines
    assert "short-line" not in text
    assert max(map(len, lines[lines.index("") :])) <= 60


def test_explained_numbers_repairs_of_html_as_the_blocks_below():
    page = cleaner.clean("<!doctype html><p>One bridge.<p>The cafÃ© opens soon.")
    lines = [line.text for line in explain_page(page)]
    assert "repaired blocks: 1" in lines[1]
    assert lines[2].startswith("repair    block 1: 'The cafÃ© opens soon.' -> 'The café")
    assert any(line.startswith("   1  ") and "The café" in line for line in lines)


def test_explained_shows_the_other_marks_when_asked(make_page):
    lines = [line.text for line in explain_page(make_page(("body", "a")), all_marks=True)]
    assert lines[-1] == "      +1.0 form  navigation/short-line: it is short"
    assert sum("it looks like one" in line for line in lines) == 1


def test_explained_of_nothing_is_the_head(make_page):
    lines = [line.text for line in explain_page(make_page())]
    assert lines[-1] == "blocks    0"
    assert "" not in lines


def test_shorten_counts_columns():
    assert shorten("漢字漢字", 8) == "漢字漢字"
    assert shorten("漢字漢字", 7) == "漢字漢…"
    assert shorten("a" * 5_000_000, 5) == "aaaa…"


def test_explained_says_where_a_thread_begins_and_ends(make_page):
    comments = (Comment("One.", blocks=(1,)), Comment("Two.", blocks=(2,)))
    page = make_page(("body", "a"), ("comment", "One."), ("comment", "Two."), comments=comments)
    [line] = [line.text for line in explain_page(page) if line.text.startswith("thread")]
    assert line.startswith("thread    blocks 1 to 2, 2 comments; begins with ")
    assert line.endswith("then comes the page's end")
