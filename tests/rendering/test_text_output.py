from cleaner.page import Comment
from cleaner.rendering import render

LINES = (
    ("navigation", "Menu"),
    ("headline", "A new bridge"),
    ("standfirst", "It opens soon."),
    ("body", "The bridge opens on Monday."),
    ("comment", "About time."),
    ("comment-meta", "Reply"),
)
ONE = (Comment("About time.", author="ana", blocks=(4, 5)),)


def test_text_is_the_page_s_text(make_page):
    page = make_page(*LINES, comments=ONE)
    assert render(page) == page.text + "\n" == "It opens soon.\n\nThe bridge opens on Monday.\n"


def test_text_of_nothing_is_empty(make_page):
    assert render(make_page()) == ""
    assert render(make_page(("navigation", "Menu"))) == ""


def test_text_keeps_the_wanted_roles_in_page_order(make_page):
    page = make_page(*LINES)
    assert render(page, keep={"body", "navigation"}) == "Menu\n\nThe bridge opens on Monday.\n"


def test_text_with_comments_ends_with_them(make_page):
    page = make_page(*LINES, comments=ONE)
    assert render(page, comments="with") == page.text + "\n\nAbout time.\n"
    assert render(page, comments="only") == "About time.\n"


def test_text_of_a_thread_has_every_reply_once(make_page):
    page = make_page(*LINES, comments=ONE, kind="thread")
    for comments in ("none", "with"):
        assert render(page, comments=comments).count("About time.") == 1


def test_text_with_kept_comments_does_not_repeat_them(make_page):
    page = make_page(*LINES, comments=ONE)
    assert render(page, keep={"comment"}, comments="with") == "About time.\n"


def test_text_holds_comment_blocks_that_no_record_holds(make_page):
    assert render(make_page(*LINES), comments="only") == "About time.\n"
