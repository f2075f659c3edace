"""Threads in the markup of pages whose comment system nobody listed."""

from __future__ import annotations

import time

import pytest
from bridge_page import ARTICLE, BODY, END

import cleaner
from cleaner import Role


def comment(number: int, text: str, *, inside: str = "", name: str = "") -> str:
    author = name or f"reader{number}"
    return (
        f'<li class="comment" id="comment-{number}"><div class="comment-box">'
        f'<span class="comment-author">{author}</span> '
        f'<time class="comment-date">May {number % 28 + 1}, 2019 at 7:12 pm</time>'
        f'<div class="comment-text"><p>{text}</p></div><a href="#r">Reply</a></div>{inside}</li>'
    )


def thread(*comments: str) -> str:
    return f'<section id="comments"><h2>Comments</h2><ol>{"".join(comments)}</ol></section>'


def clean(*parts: str) -> cleaner.Page:
    return cleaner.clean("".join((ARTICLE, *parts, END)))


def test_a_thread_comes_out_as_records_with_depth_and_anchor() -> None:
    reply = comment(2, "Counting on a Sunday proves nothing at all, my dear friend.")
    page = clean(
        thread(
            comment(
                1,
                "I counted thirty carts only, on the last Sunday of the month.",
                inside=f"<ul>{reply}</ul>",
            ),
            comment(3, "@reader2 The keeper counts on Sundays, too, as far as I know."),
        )
    )
    first, second, third = page.comments
    assert (first.author, first.date_text) == ("reader1", "May 2, 2019 at 7:12 pm")
    assert first.date == "2019-05-02T19:12:00"
    assert first.text == "I counted thirty carts only, on the last Sunday of the month."
    assert [each.depth for each in page.comments] == [0, 1, 0]
    assert (second.reply_to, third.reply_to) == (0, 1)
    assert [each.anchor for each in page.comments] == ["comment-1", "comment-2", "comment-3"]
    assert all(paragraph in page.body for paragraph in BODY)
    assert "Sunday" not in page.body


def test_a_blockquote_is_a_quote_wherever_it_is_from() -> None:
    quoting = (
        f"So they say.</p><blockquote><p>{BODY[1]}</p></blockquote><blockquote><p>As I wrote on "
        "an earlier page of this thread.</p></blockquote><p>And now what is to become of us?"
    )
    page = clean(thread(comment(1, quoting), comment(2, "Nothing will come of it, as ever.")))
    here, elsewhere = page.comments[0].quotes
    assert page.blocks[here.block or 0].role is Role.BODY
    assert elsewhere.block is None
    assert elsewhere.text.startswith("As I wrote")


def test_deleted_comments_and_votes_alone_lose_no_article() -> None:
    empty = '<li class="comment" id="c9"><span class="comment-date">May 3, 2019</span></li>'
    page = clean(thread(comment(1, "I counted thirty carts only, on a Sunday."), empty, empty))
    assert [bool(each.text) for each in page.comments] == [True, False, False]
    assert all(paragraph in page.body for paragraph in BODY)


def test_a_comment_that_holds_the_article_and_one_that_looks_like_the_end() -> None:
    page = clean(
        thread(
            comment(1, "</p><p>".join(BODY)),
            comment(2, "Comments are closed. Leave a reply. Copyright, all rights reserved, ha."),
            comment(3, "That was a good one, but the thread goes on all the same."),
        )
    )
    assert len(page.comments) == 3
    assert all(paragraph in page.comments[0].text for paragraph in BODY)
    assert all(paragraph in page.body for paragraph in BODY)
    assert page.comments[2].text.startswith("That was a good one")


def test_a_thread_before_the_article_and_one_after_it() -> None:
    early = thread(
        comment(1, "I counted thirty carts only, on a Sunday."),
        comment(2, "Nobody counts on a Sunday, my dear friend."),
    )
    late = thread(
        comment(5, "The bridge is for the carts of the future, they say."),
        comment(6, "In the future there are no carts, I should think."),
    )
    head, _, rest = ARTICLE.partition("<article>")
    page = cleaner.clean(f"{head}{early}<article>{rest}{late}{END}")
    assert [each.author for each in page.comments] == ["reader1", "reader2", "reader5", "reader6"]
    assert all(paragraph in page.body for paragraph in BODY)


@pytest.mark.parametrize(
    "widget",
    [
        "<aside class='widget recent-comments'><h3>Recent comments</h3><ul>"
        "<li><a href='/a'>otter on The mill</a></li><li><a href='/b'>Bo on The weir</a></li>"
        "<li><a href='/c'>Ada on The bridge that nobody wanted</a></li></ul></aside>",
        "<section class='testimonials'><div class='card'><p>The best bridge I ever crossed, and I "
        "have crossed a good many.</p><b>Ada Example</b></div><div class='card'><p>They built it in "
        "a year, as they had said they would.</p><b>Bo Sample</b></div></section>",
        "<aside class='pullquote'>carries forty carts a day and could carry four thousand</aside>",
        "<div class='related'><div class='teaser'><h3><a href='/m'>The mill burns</a></h3>"
        "<span>3 days ago</span><p>Nobody was hurt when the old mill burned.</p></div>"
        "<div class='teaser'><h3><a href='/w'>The weir breaks</a></h3><span>5 days ago</span>"
        "<p>The weir broke in the night of Tuesday.</p></div></div>",
        "<ol><li>Count the carts on a weekday.</li><li>Count them on a Sunday.</li></ol>",
    ],
    ids=["recent-comments", "testimonials", "pull-quote", "teasers", "numbered-list"],
)
def test_look_alikes_are_no_comments(widget: str) -> None:
    page = clean(widget)
    assert page.comments == ()
    assert all(paragraph in page.body for paragraph in BODY)


def test_a_thread_nested_a_thousand_deep() -> None:
    inner = ""
    for number in range(1000, 0, -1):
        inner = comment(
            number, f"I am of another opinion than the last, number {number}.", inside=inner
        )
    begin = time.process_time()
    page = clean(thread(inner))
    assert time.process_time() - begin < 20
    assert all(paragraph in page.body for paragraph in BODY)
    assert all(each.depth <= 1000 for each in page.comments)


def test_twenty_thousand_comments_take_linear_time() -> None:
    def seconds(count: int) -> float:
        comments = (comment(n, f"I counted {n} carts on the way to town.") for n in range(count))
        source = ARTICLE + thread(*comments) + END
        begin = time.process_time()
        assert cleaner.clean(source).comment_count == count
        return time.process_time() - begin

    seconds(10)
    few, many = seconds(2_000), seconds(20_000)
    assert many < 25 * few


def invision_head(name: str) -> str:
    posted = "<p>Posted October 29, 2025</p>"
    narrow = f'<div class="mobile"><h3>{name}</h3>{posted}</div>'
    return f"{narrow}<div><h3>{name}</h3><ul><li>Members</li><li>360</li></ul>{posted}</div>"


POSTS = (
    "Has anybody heard what they plan for the second bridge? I would not trust the old piers, "
    "and nobody I asked at the mill knew more than I do.",
    "@tilda_m I counted forty carts a day on the first one last summer, so I doubt we need it, "
    "but my uncle swears that it sways when the river is high.",
    "I think they begin in the spring, at least my neighbour says so. Thanks for the tip about "
    "the piers, I will have a look on Sunday.",
)


def test_a_head_written_for_two_widths_of_screen_is_one_head() -> None:
    names = ("tilda_m", "old_skep", "June Carver")
    posts = "".join(
        f'<article class="post">{invision_head(name)}<div><p>{text}</p></div>'
        "<ul><li>Quote</li></ul></article>"
        for name, text in zip(names, POSTS, strict=True)
    )
    page = cleaner.clean(
        "<!doctype html><html><head><title>A second bridge?</title></head><body>"
        f"<h1>A second bridge?</h1>{posts}<p>Create an account or sign in to comment</p>{END}"
    )
    assert page.kind == "thread"
    assert page.body == POSTS[0]
    assert [(comment.author, comment.text) for comment in page.comments] == [
        (name, text) for name, text in zip(names[1:], POSTS[1:], strict=True)
    ]
