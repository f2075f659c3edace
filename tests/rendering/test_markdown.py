import time
from dataclasses import replace

import pytest

import cleaner
from cleaner.page import Comment
from cleaner.rendering import render
from cleaner.rendering.markdown import escape_inline, escape_text


def test_markdown_begins_with_the_headline_and_marks_headings(make_page):
    page = make_page(
        ("navigation", "Menu"),
        ("standfirst", "It opens soon."),
        ("headline", "A new bridge"),
        ("heading", "The cost"),
        ("body", "It cost a lot."),
        ("headline", "A new bridge"),
    )
    expected = "# A new bridge\n\n*It opens soon.*\n\n## The cost\n\nIt cost a lot.\n"
    assert render(page, "markdown") == expected
    assert render(page, "markdown", keep={"headline", "body"}).count("# A new bridge") == 1
    assert render(page, "markdown", keep={"body"}) == "It cost a lot.\n"


def test_markdown_of_nothing_is_empty(make_page):
    assert render(make_page(), "markdown", comments="with") == ""


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("# one", "\\# one"),
        ("> one", "\\> one"),
        ("- one", "\\- one"),
        ("+ one", "\\+ one"),
        ("12. one", "12\\. one"),
        ("3) one", "3\\) one"),
        ("---", "\\---"),
        ("* * *", "\\* * *"),
        ("```", "\\```"),
        ("[1]: http", "\\[1]: http"),
        ("see <b>this</b>", "see \\<b>this\\</b>"),
        ("one\n===", "one\n\\==="),
        ("one\n--", "one\n\\--"),
        ("one\n -- ", "one\n \\-- "),
        ("one\n-\ntwo", "one\n\\-\ntwo"),
        ("&lt;div&gt;", "\\&lt;div\\&gt;"),
        ("&amp;amp; &#60; &#x3C;", "\\&amp;amp; \\&#60; \\&#x3C;"),
        ("\\&lt; \\<b>", "\\\\\\&lt; \\\\\\<b>"),
    ],
)
def test_markdown_escapes_what_would_be_structure(text, escaped):
    assert escape_text(text) == escaped


@pytest.mark.parametrize(
    "text",
    [
        "-5 degrees",
        "1.5 litres",
        "2024 was dry",
        "a > b",
        "5 < 6",
        "*well* and _so_",
        "a - b",
        "one\n-- two",
        "AT&T & Co; R&D",
        "C:\\weather\\garden.csv",
        "#"[1:],
    ],
)
def test_markdown_leaves_ordinary_lines_alone(text):
    assert escape_text(text) == text


def test_markdown_keeps_entities_that_are_text_wherever_they_stand(make_page):
    page = make_page(
        ("headline", "The &lt;b&gt; tag"),
        ("standfirst", "On &lt;b&gt;"),
        ("body", "Use &lt;b&gt;."),
    )
    expected = "# The \\&lt;b\\&gt; tag\n\n*On \\&lt;b\\&gt;*\n\nUse \\&lt;b\\&gt;.\n"
    assert render(page, "markdown") == expected
    assert escape_inline("\\&lt;") == "\\\\\\&lt;"


@pytest.mark.parametrize(
    ("code", "fence"),
    [
        ("if a < b:\n    # *well*\n    print('&lt;')", "```"),
        ("a `b` c", "```"),
        ("```\na\n```", "````"),
        ("a ````` b", "``````"),
    ],
)
def test_markdown_fences_code_with_more_backticks_than_it_has(make_page, code, fence):
    page = make_page(("body", "So:"), ("body", code), ("heading", "Then"))
    page = replace(page, preformatted=frozenset({1, 2}))
    assert render(page, "markdown") == f"So:\n\n{fence}\n{code}\n{fence}\n\n## Then\n"


def test_markdown_of_html_fences_what_stands_in_pre():
    code = "for day in week:\n    if rain[day] &lt; 3:\n        print(day)  # *dry*"
    text = (
        "<p>It takes only three lines to print the days of the week on which it hardly rained.</p>"
    )
    page = cleaner.clean(
        f"<!doctype html><body><article><h1>Dry days</h1>{text}<pre><code>{code}</code></pre>"
        f"{text.replace('It', 'Indeed it')}<p>Write <code>&amp;lt;</code> for a tag.</p></article>"
    )
    assert [page.blocks[index].text[:7] for index in page.preformatted] == ["for day"]
    markdown = render(page, "markdown")
    assert f"\n\n```\n{code.replace('&lt;', '<')}\n```\n\n" in markdown
    assert markdown.endswith("Write \\&lt; for a tag.\n")


def test_markdown_escapes_long_lines_at_once():
    begin = time.process_time()
    for part in ("\\", "&", "&a", "-", "-\n", " ", "&" + "a" * 100):
        escape_text(part * (500_000 // len(part)))
    assert time.process_time() - begin < 5


def test_markdown_indents_replies_under_what_they_answer(make_page):
    comments = (
        Comment("First.\n\nMore.", author="ana", date_text="1 May", up=2, down=0),
        Comment("Second.", author="b*b", votes=3),
        Comment("# To the first.", reply_to=0),
    )
    expected = (
        "## Comments\n\n"
        "- **ana**, 1 May, 2 up, 0 down\n\n  First.\n\n  More.\n\n"
        "  - **(no name)**\n\n    \\# To the first.\n\n"
        "- **b\\*b**, 3 votes\n\n  Second.\n"
    )
    page = make_page(("body", "Text."), comments=comments)
    assert render(page, "markdown", comments="only") == expected
    assert render(page, "markdown", comments="with") == "Text.\n\n" + expected
    assert render(page, "markdown") == "Text.\n"


def test_markdown_of_a_thread_prints_each_reply_once(make_page):
    comments = (Comment("I agree.", author="ana", blocks=(1,)),)
    page = make_page(
        ("body", "What now?"), ("comment", "I agree."), comments=comments, kind="thread"
    )
    assert render(page, "markdown") == "What now?\n\nI agree.\n"
    assert render(page, "markdown", comments="with").count("I agree.") == 1


def test_markdown_of_a_long_chain_of_replies_is_linear(make_page):
    comments = tuple(
        Comment("Yes.", reply_to=index - 1 if index else None) for index in range(20_000)
    )
    begin = time.process_time()
    text = render(make_page(comments=comments), "markdown", comments="only")
    assert len(text) < 2_000_000
    assert time.process_time() - begin < 5


def test_markdown_survives_replies_to_themselves_and_to_nobody(make_page):
    comments = (Comment("a", reply_to=0), Comment("b", reply_to=7), Comment("c", reply_to=-1))
    text = render(make_page(comments=comments), "markdown", comments="only")
    assert [line.strip() for line in text.split("\n") if line.strip() in "abc" and line] == [
        "a",
        "b",
        "c",
    ]
