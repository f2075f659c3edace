"""Which elements of a forum's page are the posts, and which stand in them or between them."""

from __future__ import annotations

import cleaner

POSTS = (
    ("hazel_spar", "Which reed lasts longest on a north roof, and who still cuts it by hand?"),
    ("pondweaver", "Norfolk reed, cut after the first frost, lasts sixty years and looks it."),
    ("Thatchlet", "Sixty is long. Ours lasted forty and then a storm took it to the next farm."),
    ("gale_warning", "No insurance covers either of them here, so ask before you build with it."),
    ("old_ladder", "Mine does, but they want to see the chimney swept twice in every single year."),
)


def page(body: str) -> str:
    return (
        "<!doctype html><html><head><title>Reed for a north roof | Roof forum</title></head>"
        f"<body><h1>Reed for a north roof</h1>{body}</body></html>"
    )


def records(html: str) -> list[tuple[str | None, str]]:
    return [(each.author, each.text) for each in cleaner.clean(html).comments]


def test_a_line_with_the_class_of_the_texts_is_no_comment() -> None:
    """The note of an edit has a class of the posts, and a time as they have."""
    edited = "<span class='small-print medium'>Edited May {0}, 2019 by {1}</span>"
    posts = "".join(
        f"<article class='post'><aside><h3><a class='username' href='/u'>{author}</a></h3></aside>"
        f"<div class='post-content medium'><div class='meta'>Posted May {number}, 2019</div>"
        f"<div class='text'><p>{text}</p>{edited.format(number, author) if number > 1 else ''}"
        "</div></div></article>"
        for number, (author, text) in enumerate(POSTS, start=1)
    )
    assert records(page(f"<div class='posts'>{posts}</div>")) == list(POSTS[1:])


def test_the_poster_beside_the_post_is_no_post() -> None:
    """Both are cells of a post, and both tell a time."""
    posts = "".join(
        f"<article class='message'><div class='inner'><div class='cell cell--user'>"
        f"<h4 class='username'>{author}</h4><dl><dt>Joined</dt><dd>May {number}, 2011</dd></dl>"
        f"</div><div class='cell cell--main'><div class='date'>June {number}, 2019</div>"
        f"<div class='content'><p>{text}</p></div></div></div></article>"
        for number, (author, text) in enumerate(POSTS, start=1)
    )
    assert records(page(f"<div class='thread'>{posts}</div>")) == list(POSTS[1:])


def remark(number: int, author: str, text: str) -> str:
    return (
        f"<li class='comment' id='comment-{number}'><div class='comment-copy'>{text}</div>"
        f"<a class='comment-user' href='/u'>{author}</a> "
        f"<span class='comment-date'>Commented May {number}, 2019 at 10:12</span></li>"
    )


def answer(number: int, author: str, text: str) -> str:
    return (
        f"<div class='answercell'><div class='post-text'><p>{text}</p></div>"
        f"<div class='user-info'><span class='time'>answered May {number}, 2019 at 9:10</span>"
        f"<a class='user-name' href='/u'>{author}</a></div></div>"
    )


REMARKS = (
    ("crow", "Has anybody measured how much of it the storm of that winter really took?"),
    ("otter", "Yes, the keeper of the mill did, and he found that a third of it was gone."),
    ("heron", "The mill stands in the lee of the hill, so that says nothing of a north roof."),
    ("stoat", "It says that a third is gone where there is no wind, which is worse, is it not?"),
)


def test_remarks_stand_under_the_answers_they_belong_to() -> None:
    answers = "".join(
        f"<div class='answer'>{answer(number, *said)}<ul class='comments'>"
        f"{''.join(remark(number, name, f'{number}. {text}') for name, text in REMARKS)}"
        "</ul></div>"
        for number, said in enumerate(POSTS, start=1)
    )
    found = records(page(f"<div class='answers'>{answers}</div>"))
    remarks = [[(name, f"{n}. {text}") for name, text in REMARKS] for n in range(1, 6)]
    expected = [each for said, under in zip(POSTS, remarks, strict=True) for each in (said, *under)]
    assert found[-len(expected) + 1 :] == expected[1:]  # the first answer may be the piece


def test_when_a_remark_was_made_is_no_text() -> None:
    remarks = "".join(remark(number, *said) for number, said in enumerate(POSTS, start=1))
    html = page(f"<p>{'The roof was laid in a dry summer. ' * 30}</p><ul>{remarks}</ul>")
    assert records(html) == list(POSTS)


def test_a_title_may_state_the_date_of_a_comment() -> None:
    remarks = "".join(
        f"<li class='comment'><a class='comment-user' href='/u'>{author}</a> "
        f"<span class='when' title='2019-05-{number:02} 20:37:55Z'>{number} years ago</span>"
        f"<div class='comment-copy'>{text}</div></li>"
        for number, (author, text) in enumerate(POSTS, start=2)
    )
    html = page(f"<p>{'The roof was laid in a dry summer. ' * 30}</p><ul>{remarks}</ul>")
    found = cleaner.clean(html).comments
    assert [each.date for each in found] == [
        f"2019-05-{day:02}T20:37:55+00:00" for day in range(2, 7)
    ]


def test_the_text_holds_each_quotation_once_and_those_from_elsewhere_too() -> None:
    """What a reply quotes of an earlier post stands there; what it quotes of a book, nowhere."""
    elsewhere = "A roof of reed is to be watered from within before the feast of Saint Florian."
    quotes = {3: POSTS[1][1], 4: elsewhere}
    posts = "".join(
        f"<article class='post' itemprop='comment'><a class='username' href='/u'>{author}</a>"
        f"<time>June {number}, 2019</time><div class='text'>"
        f"{f'<blockquote><p>{quotes[number]}</p></blockquote>' if number in quotes else ''}"
        f"<p>{text}</p></div></article>"
        for number, (author, text) in enumerate(POSTS, start=1)
    )
    stated = "<div itemscope itemtype='https://schema.org/DiscussionForumPosting'>"
    found = cleaner.clean(page(f"{stated}<div class='posts'>{posts}</div></div>"))
    assert found.text.count(POSTS[1][1]) == 1
    assert found.text.count(elsewhere) == 1
    assert [len(each.quotes) for each in found.comments] == [0, 1, 1, 0]
