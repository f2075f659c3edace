"""Threads, their records, and systems of the user's own."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

import cleaner
from cleaner import Role, Settings, UsageError
from cleaner.settings import SiteFile, read_sites
from cleaner.stages.comments.grammar import KINDS, shipped_systems, user_systems

ARTICLE = """\
The bridge that nobody wanted
By Ada Example
The town council voted on Monday to build a second bridge across the river, although nobody had asked for it.
The first bridge, built in 1911, carries forty carts a day and could carry four thousand, its keeper said.
"""

SAYS = """\
3 thoughts on “The bridge that nobody wanted”
otter says:
May 4, 2019 at 7:12 pm
carries forty carts a day and could carry four thousand
I counted thirty. Still, the keeper is right.
Reply
Bo Sample says:
May 4, 2019 at 8:01 pm
I counted thirty. Still, the keeper is right.
You counted on a Sunday.

Nobody crosses on a Sunday.
Reply
weir_watcher says:
May 5, 2019 at 9:30 am
Build it anyway.
Reply
Leave a Reply
Your email address will not be published.
"""

FORUM = """\
name = "Sample forum"
item = "header"
[[line]]
is = "item"
id = "poster"
role = "comment-meta"
weight = 8.0
why = "names the poster"
patterns = ['^#\\d+ (?P<author>\\w+), (?P<date_text>\\d{4}-\\d\\d-\\d\\d)$']
[[line]]
is = "close"
id = "end"
role = "form"
weight = 8.0
why = "the reply form"
phrases = ["quick reply"]
[[line]]
is = "text"
role = "comment"
weight = 8.0
why = "text of a reply"
[[line]]
is = "opening"
role = "body"
weight = 8.0
why = "text of the opening post"
"""

FORUM_PAGE = """\
Index
My boat leaks
#1 ada, 2020-01-02
Water comes in at the bow whenever I go faster than a swan. What should I look at first?
#2 bo, 2020-01-03
Look at the caulking.
#3 otter, 2020-01-03
Go slower than a swan.
Quick reply
"""


def test_says_thread_comes_out_as_records() -> None:
    page = cleaner.clean(ARTICLE + SAYS)
    assert [comment.author for comment in page.comments] == ["otter", "Bo Sample", "weir_watcher"]
    first, second, third = page.comments
    assert first.date_text == "May 4, 2019 at 7:12 pm"
    assert first.date == "2019-05-04T19:12:00"
    assert first.quotes[0].text == "carries forty carts a day and could carry four thousand"
    assert first.quotes[0].comment is None
    assert page.blocks[first.quotes[0].block].role is Role.BODY
    assert second.text.split("\n\n")[-1] == "Nobody crosses on a Sunday."
    assert second.reply_to == 0
    assert (third.votes, third.up, third.down, third.reply_to) == (None, None, None, None)
    assert page.comment_count == page.comment_count_stated == 3
    assert "Build it anyway" not in page.text
    assert page.kind == "article"


def test_quotes_point_into_the_text() -> None:
    for comment in cleaner.clean(ARTICLE + SAYS).comments:
        for quote in comment.quotes:
            assert comment.text[quote.start : quote.end] == quote.text


def test_every_line_of_a_thread_is_accounted_for() -> None:
    page = cleaner.clean(ARTICLE + SAYS)
    thread = [block for block in page.blocks if block.role.group == "comments"]
    in_records = {index for comment in page.comments for index in comment.blocks}
    assert {block.index for block in thread} - in_records == {
        thread[0].index
    }  # the thread's heading


def test_one_says_line_in_an_article_is_no_thread() -> None:
    page = cleaner.clean(ARTICLE.replace("The first bridge", "The keeper says:\nThe first bridge"))
    assert page.comments == ()
    assert "The first bridge, built in 1911" in page.body


def test_discussion_puts_replies_into_the_text() -> None:
    settings = Settings(sites=(SiteFile("forum.toml", FORUM),))
    page = cleaner.clean(FORUM_PAGE, settings=settings)
    assert page.kind == "thread"
    assert (
        page.body
        == "Water comes in at the bow whenever I go faster than a swan. What should I look at first?"
    )
    assert page.text == f"{page.body}\n\nLook at the caulking.\n\nGo slower than a swan."
    assert [comment.author for comment in page.comments] == ["bo", "otter"]
    assert page.comments[0].date == "2020-01-03"
    assert page.headline == "My boat leaks"


def test_a_system_with_a_host_serves_that_host_only() -> None:
    thread = "Fine.\n1 ( +1 / -0 )\n"
    text = ARTICLE + thread
    assert cleaner.clean(text).comments == ()
    assert len(cleaner.clean(text, url="https://japantoday.com/a").comments) == 1
    assert len(cleaner.clean(text, url="https://www.japantoday.com/a").comments) == 1
    assert cleaner.clean(text, url="https://example.org/japantoday.com").comments == ()


SITE_RULE = """\
name = "S"
hosts = ["example.org"]
[[rule]]
id = "x"
role = "advert"
weight = 8
why = "w"
patterns = ["carts a day"]
"""


def test_site_rules_are_asked_on_their_host() -> None:
    settings = Settings(sites=(SiteFile("s.toml", SITE_RULE),))
    for url, count in (
        ("https://example.org/", 1),
        ("https://example.com/", 0),
        ("", 0),
        (None, 0),
    ):
        roles = cleaner.clean(ARTICLE, url=url, settings=settings).roles
        assert roles.get(Role.ADVERT, 0) == count


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("item = 'header'", "lacks 'name'"),
        ("name = 'a'\nitem = 'side'", "'item' is 'side'"),
        ("name = 'a'\nthread = 1", "unknown keys ['thread']"),
        ("name = 'a'\nunder_piece = 1", "'under_piece' must be true or false"),
        ("name = 'a'\nhosts = 'b'", "'hosts' must be a list"),
        (FORUM.replace('is = "close"', 'is = "shut"'), "'shut'"),
        (FORUM.replace('is = "item"', 'is = "start"'), "needs a [[line]] that is 'item'"),
        (FORUM.replace('phrases = ["quick reply"]', ""), "needs patterns or phrases"),
        ("name = ", "site.toml"),
        (
            FORUM.replace("(?P<author>", "(?P<autor>"),
            "line 'poster': no field 'autor'; there are author, date_text, votes",
        ),
        (FORUM.replace("(?P<date_text>", "(?P<date>"), "no field 'date'; there are author"),
        (SITE_RULE.replace("carts", "(?P<what>carts)"), "rule 'x': no field 'what'"),
        *(
            (SITE_RULE.replace('"x"', f'"{kind}"'), f"rule '{kind}' has the name of a kind (item,")
            for kind in KINDS
        ),
        (FORUM.replace('id = "poster"', 'id = "opening"'), "line 'opening' has the name of a kind"),
        *(
            (f"name = 'a'\nhosts = ['{host}']", f"'{host}' in 'hosts' is no bare host")
            for host in (
                "*.board.example",
                "board.example/boats",
                "board.example:80",
                ".a",
                "a b",
                "",
            )
        ),
    ],
)
def test_broken_site_file_is_named(text: str, complaint: str) -> None:
    with pytest.raises(UsageError) as caught:
        cleaner.clean("a", settings=Settings(sites=(SiteFile("site.toml", text),)))
    assert complaint in str(caught.value)
    assert "site.toml" in str(caught.value)


@pytest.mark.parametrize("host", ["https://Example.org/", "EXAMPLE.ORG", "example.org/"])
def test_hosts_may_be_written_as_an_address(host: str) -> None:
    site = SiteFile("s.toml", SITE_RULE.replace("example.org", host))
    page = cleaner.clean(ARTICLE, url="https://example.org/", settings=Settings(sites=(site,)))
    assert page.roles[Role.ADVERT] == 1


@pytest.mark.parametrize("name", ["markup", "repeated"])
def test_a_site_file_is_not_called_as_threads_without_a_file_are(name: str) -> None:
    site = SiteFile(f"{name}.toml", SITE_RULE)
    with pytest.raises(UsageError, match=f"'{name}' is how threads without a file are called"):
        cleaner.clean("a", settings=Settings(sites=(site,)))


def test_a_reply_in_a_site_file_is_no_discussion() -> None:
    rule = SITE_RULE.replace('"x"', '"reply"').replace("advert", "body")
    settings = Settings(sites=(SiteFile("my-markup.toml", rule),))
    page = cleaner.clean(ARTICLE, url="https://example.org/", settings=settings)
    assert page.kind == "article"
    assert "my-markup:reply" in {block.rule for block in page.blocks}


def test_files_of_the_package_may_be_a_user_s_own() -> None:
    folder = Path(cleaner.__file__).parent / "stages" / "comments" / "systems"
    own = user_systems(read_sites(folder))
    assert [system.slug for system in own] == [system.slug for system in shipped_systems()]


def test_stray_quotation_of_a_common_phrase_is_no_answer() -> None:
    thread = (
        "Fine by me then.\n1 ( +1 / -0 )\nFine by me then.\n2 ( +2 / -0 )\nOh.\n0 ( +0 / -0 )\n"
    )
    assert [comment.quotes for comment in cleaner.clean(ARTICLE + thread).comments] == [(), (), ()]


def test_a_thousand_equal_comments_take_linear_time() -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        page = cleaner.clean(
            ARTICLE + "So say we all, and so said they.\n+1 more\n1 ( +1 / -0 )\n" * count
        )
        assert page.comment_count == count
        return time.process_time() - begin

    seconds(100)
    assert seconds(4000) < 20 * max(seconds(1000), 0.05)


def test_shipped_systems_are_one_file_each() -> None:
    folder = Path(cleaner.__file__).parent / "stages" / "comments" / "systems"
    assert {path.stem for path in folder.glob("*.toml")} >= {"japantoday", "wordpress"}


def test_reported_speech_is_no_thread() -> None:
    speech = [
        "The council said work will cost 2500 pounds a day.\nIt will take a year, and nobody on the council knows why.\n",
        "The operator said it carried 4000 people in May.\nIn June the boat lay in the harbour, because the river was low.\n",
        "One owner said trade had halved since 2019.\nHer shop stands where the road leaves the old bridge for the market.\n",
    ]
    page = cleaner.clean(ARTICLE + "".join(speech))
    assert page.comments == ()
    assert page.roles.get(Role.COMMENT, 0) == 0


def test_interview_is_no_thread() -> None:
    interview = [
        "The mayor says:\nWe did not want a bridge, and now we have two of them, which the town has to paint every year.\n",
        "The keeper says:\nNobody asked me about the second one, as usual, and I will not be the one who opens it at night.\n",
        "The baker says:\nFor my carts it is a blessing, because the old road through the ford was under water half the winter.\n",
    ]
    rules_alone = Settings(without=("model",))
    page = cleaner.clean(ARTICLE + "".join(interview), settings=rules_alone)
    assert page.comments == ()
    assert "Nobody asked me" in page.body


def test_three_quoted_vote_lines_do_not_take_the_article() -> None:
    page = cleaner.clean(
        "Home\n" + ARTICLE + "1 ( +1 / -0 )\nAnother.\n2 ( +2 / -0 )\nA third.\n0 ( +0 / -0 )\n"
    )
    assert page.headline == "The bridge that nobody wanted"
    assert "The town council voted" in page.body


def test_last_comment_may_be_cut_off() -> None:
    thread = "2 Comments\nLogin to comment\nFine.\n1 ( +1 / -0 )\nI was about to say that the bridge, as far as"
    page = cleaner.clean(ARTICLE + thread)
    assert [comment.votes for comment in page.comments] == [1, None]


def test_opening_post_names_author_and_time() -> None:
    settings = Settings(sites=(SiteFile("forum.toml", FORUM),))
    page = cleaner.clean(FORUM_PAGE, settings=settings)
    assert page.blocks[2].role is Role.BYLINE
    assert page.date_published == "2020-01-02"


@pytest.mark.parametrize("table", ["line = [1]", "rule = [3]", "line = 'a'"])
def test_tables_of_the_wrong_kind_are_named(table: str) -> None:
    with pytest.raises(UsageError, match=r"site\.toml"):
        cleaner.clean(
            "a", settings=Settings(sites=(SiteFile("site.toml", f"name = 'a'\n{table}"),))
        )


BOARD = """\
name = "Sample board"
item = "header"
name_at = "above"
[[line]]
is = "item"
id = "number"
role = "comment-meta"
weight = 8.0
why = "the number of a post"
patterns = ['^post no\\. \\d+$']
[[line]]
is = "above"
id = "profile"
role = "comment-meta"
weight = 8.0
why = "rank and time"
patterns = ['^rank: .+$', '^(came|wrote) (?P<date_text>\\d{4}-\\d\\d-\\d\\d)$']
[[line]]
is = "rest"
id = "signature"
role = "comment-meta"
weight = 8.0
why = "the rule over a signature"
patterns = ['^-{5,}$']
[[line]]
is = "name"
role = "comment-meta"
weight = 8.0
why = "names the poster"
[[line]]
is = "text"
role = "comment"
weight = 8.0
why = "text of a post"
"""

POSTS = """\
ada
rank: admiral
came 2001-01-01
wrote 2020-01-02
Post no. 1
Water comes in at the bow.
Old Tarry
rank: mate
wrote 2020-01-03
Post no. 2
Look at the caulking.
Then look again.
------
Faster than a swan
otter
rank: cook
wrote 2020-01-03
Post no. 3
Go slower.
"""


def test_names_above_an_item_line_belong_to_its_item() -> None:
    settings = Settings(sites=(SiteFile("board.toml", BOARD),))
    page = cleaner.clean(ARTICLE + POSTS, settings=settings)
    assert [comment.author for comment in page.comments] == ["ada", "Old Tarry", "otter"]
    assert [comment.date_text for comment in page.comments] == [
        "2020-01-02",
        "2020-01-03",
        "2020-01-03",
    ]
    assert page.comments[1].text == "Look at the caulking.\n\nThen look again."
    assert "nobody had asked for it" in page.body


AVATAR = """
[[line]]
is = "top"
id = "avatar"
role = "comment-meta"
weight = 8.0
why = "stands for the poster's picture"
patterns = ['^picture of a poster$']
"""


def test_an_item_begins_with_its_top_line_and_all_down_to_its_line_is_no_text() -> None:
    posts = POSTS
    for name in ("ada", "Old Tarry", "otter"):
        posts = posts.replace(f"{name}\n", f"picture of a poster\n{name}\nKeeper of Swans\n")
    settings = Settings(sites=(SiteFile("board.toml", BOARD + AVATAR),))
    page = cleaner.clean(ARTICLE + posts, settings=settings)
    assert [comment.author for comment in page.comments] == ["ada", "Old Tarry", "otter"]
    assert [comment.text for comment in page.comments] == [
        "Water comes in at the bow.",
        "Look at the caulking.\n\nThen look again.",
        "Go slower.",
    ]
    badges = {block.role for block in page.blocks if block.text == "Keeper of Swans"}
    assert badges == {Role.COMMENT_META}


PERSONA = """\
Wie lange dauert der Weg zur Mühle?
Geplant Angeheftet Gesperrt Verschoben Wege
4 Beiträge 3 Kommentatoren 310 Aufrufe
E Offline
Edeltraud 50 | Müllerin
zuletzt editiert von
Wie lange dauert der Weg zur Mühle, wenn der Bach über die Ufer tritt?
O 1 Antwort Letzte Antwort Antworten Zitieren 0
O Online
otter Moderator @Edeltraud-50
zuletzt editiert von otter
Zwei Stunden, und nasse Füße.
1 Antwort Letzte Antwort Antworten Zitieren 3
B Abwesend
Bo
zuletzt editiert von
Über den Damm ist es kürzer.
O 1 Antwort Letzte Antwort Antworten Zitieren 1
O Online
otter Moderator Wanderer @Bo
zuletzt editiert von
Der Damm ist gesperrt.
1 Antwort Letzte Antwort Antworten Zitieren 0
Erster Beitrag
"""


def test_topics_of_nodebb_give_name_badges_and_whom_they_answer_in_one_line() -> None:
    page = cleaner.clean(PERSONA)
    assert page.kind == "thread"
    assert [(comment.author, comment.votes) for comment in page.comments] == [
        ("otter", 3),
        ("Bo", 1),
        ("otter", 0),
    ]
    assert [comment.reply_to for comment in page.comments] == [None, None, 1]
    assert page.comments[2].text == "Der Damm ist gesperrt."
    assert "wenn der Bach über die Ufer tritt" in page.body


def test_item_lines_without_what_their_system_needs_are_no_thread() -> None:
    needing = SiteFile("board.toml", BOARD.replace("name_at", 'needs = "end"\nname_at'))
    page = cleaner.clean(ARTICLE + POSTS, settings=Settings(sites=(needing,)))
    assert not any(block.rule.startswith("board:") for block in page.blocks)


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("needs = 'luck'", "'needs' must be one of"),
        ("name_at = 'left'", "'name_at' must be one of"),
    ],
)
def test_a_key_with_a_word_that_it_does_not_know_is_named(key: str, message: str) -> None:
    site = SiteFile("s.toml", f"name = 'a'\n{key}")
    with pytest.raises(UsageError, match=message):
        cleaner.clean("a", settings=Settings(sites=(site,)))
