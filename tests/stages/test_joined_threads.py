"""A named system's lines in the boxes of the markup: who wrote what, and where it ends."""

from __future__ import annotations

import cleaner

POSTS = (
    (
        "hazel_spar",
        "Barn owner",
        "Which reed lasts longest on a north roof, and who still cuts it?",
    ),
    ("pondweaver", "Reed for ever", "Norfolk reed, cut after the first frost, lasts sixty years."),
    ("Thatchlet", "Ladder holder", "Sixty is long. Ours lasted forty and then a storm took it."),
    ("gale_warning", "Insured", "No insurance covers either of them here, ask before you build."),
)


def post(number: int, author: str, title: str, text: str) -> str:
    """A post of XenForo whose theme sets the time first, and a title of its own under the name."""
    return (
        f'<article class="message message--post js-inlineModContainer" id="js-post-{number}">'
        f'<header class="message-attribution"><ul><li><time>May {number}, 2019</time></li>'
        f"<li><a href='#'>#{number}</a></li></ul></header>"
        f'<div class="message-user"><h4 class="message-name"><a class="username">{author}</a></h4>'
        f'<h5 class="userTitle">{title}</h5></div>'
        f'<div class="message-body"><div class="bbWrapper">{text}</div></div></article>'
    )


def other(number: int) -> str:
    """A line of the list of similar threads, which has a class in common with the posts."""
    return (
        '<div class="structItem js-inlineModContainer"><div class="structItem-title">'
        f"<a href='/t{number}'>Another thread about the roof of a barn, part {number}</a></div>"
        f"<ul><li><a href='/u'>someone{number}</a></li><li><a href='/d'><time>May {number}, 2018"
        "</time></a></li></ul></div>"
    )


def page(*posts: str, after: str = "") -> str:
    return (
        "<!DOCTYPE html><html><head><title>Reed | Roof forum</title></head><body>"
        f'<h1>Reed for a north roof</h1><div class="block-body">{"".join(posts)}</div>'
        f"<p>You must log in or register to reply here.</p>{after}</body></html>"
    )


def posts() -> list[str]:
    return [post(number, *said) for number, said in enumerate(POSTS, start=1)]


def test_each_comment_has_its_own_author_and_text() -> None:
    found = cleaner.clean(page(*posts())).comments
    assert [(each.author, each.text) for each in found] == [
        (author, text) for author, _, text in POSTS[1:]
    ]


def test_the_opening_post_is_the_piece() -> None:
    found = cleaner.clean(page(*posts()))
    assert found.kind == "thread"
    assert found.body == POSTS[0][2]


def test_a_list_of_other_threads_is_no_comment() -> None:
    similar = f"<h3>Similar threads</h3>{''.join(map(other, range(1, 7)))}"
    found = cleaner.clean(page(*posts(), after=similar)).comments
    assert [each.author for each in found] == [author for author, *_ in POSTS[1:]]


def test_lines_say_what_they_say_inside_a_box() -> None:
    found = cleaner.clean(page(*posts())).comments
    assert [each.date_text for each in found] == ["May 2, 2019", "May 3, 2019", "May 4, 2019"]


def comment(author: str, text: str, form: str) -> str:
    return (
        f'<div class="comment"><p class="tagline"><a class="author">{author}</a> 3 May 2019</p>'
        f'{form.format(text=f"<p>{text}</p>")}<ul class="buttons"><li>permalink</li></ul></div>'
    )


PIECE = (
    "The thatchers of the valley laid their last roof in the spring, three brothers and a cousin, "
    "and the barn has been dry since. They cut the reed themselves, in the marsh behind the church."
)


def thread(form: str, piece: str = "") -> str:
    comments = "".join(comment(author, text, form) for author, _, text in POSTS)
    return f'<h1>Reed for a north roof</h1>{piece}<div class="commentarea">{comments}</div>'


def test_a_form_may_hold_the_text() -> None:
    found = cleaner.clean(thread("<form class='usertext'>{text}</form>")).comments
    assert [each.text for each in found] == [text for *_, text in POSTS]


def test_a_form_to_answer_is_no_text() -> None:
    form = "{text}<form><p>What would you like to answer to this?</p><textarea></textarea></form>"
    found = cleaner.clean(thread(form, piece=f"<p>{PIECE}</p>")).comments
    assert [each.text for each in found] == [text for *_, text in POSTS]


def dated(when: str, stated: str) -> str:
    return (
        '<li class="comment"><div class="comment-author">hazel_spar</div>'
        "<div>Joined May 4, 2011</div>"
        f'<div class="comment-meta"><time datetime="{stated}">{when}</time></div>'
        '<div class="comment-content"><p>Reed is what we took, and we are glad of it.</p></div></li>'
    )


def test_the_date_that_the_markup_states_goes_before_the_text() -> None:
    comments = dated("2 years ago", "2019-05-04T10:00:00+02:00") * 3
    found = cleaner.clean(f"<h1>Reed</h1><ol class='comment-list'>{comments}</ol>").comments
    assert {(each.date_text, each.date) for each in found} == {
        ("2 years ago", "2019-05-04T10:00:00+02:00")
    }


def test_a_date_that_is_none_is_not_believed() -> None:
    comments = dated("May 6, 2019", "yesterday") * 3
    found = cleaner.clean(f"<h1>Reed</h1><ol class='comment-list'>{comments}</ol>").comments
    assert {each.date for each in found} == {"2019-05-06"}


def test_comments_are_widened_to_the_box_of_their_writer() -> None:
    items = "".join(
        f"<article><aside><a class='username' href='/u'>{author}</a></aside><div class='post'>"
        f"<p>{number} May 2019</p><div class='content'>{text}</div></div></article>"
        for number, (author, _, text) in enumerate(POSTS, start=1)
    )
    found = cleaner.clean(f"<h1>Reed for a north roof</h1><div class='comments'>{items}</div>")
    assert [each.author for each in found.comments] == [author for author, *_ in POSTS]


def test_what_is_above_a_quotation_is_part_of_it() -> None:
    quote = (
        "<aside class='quote'><div class='title'>pondweaver:</div><blockquote>"
        "<p>It lasts sixty years.</p></blockquote></aside><p>Not with us it did not.</p>"
    )
    comments = comment("hazel_spar", "It lasts sixty years, they say.", "{text}")
    comments += comment("otter", "", quote) + comment("crow", "Nor here, I am sorry.", "{text}")
    found = cleaner.clean(f"<h1>Reed</h1><div class='commentarea'>{comments}</div>").comments
    assert found[1].text == "pondweaver:\n\nIt lasts sixty years.\n\nNot with us it did not."


def test_buttons_are_no_text() -> None:
    form = "<div class='content'>{text}<p><a role='button'>Click to expand...</a></p></div>"
    found = cleaner.clean(thread(form, piece=f"<p>{PIECE}</p>")).comments
    assert [each.text for each in found] == [text for *_, text in POSTS]
