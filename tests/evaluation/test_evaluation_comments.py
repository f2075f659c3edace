import json

import pytest
from data_sets import BRIDGE, REMARKS, make_commented, make_wcxb, remark, remarks_page

import cleaner
from cleaner.errors import UsageError
from cleaner.evaluation import Case, evaluate
from cleaner.evaluation.cases import GoldComment
from cleaner.evaluation.datasets import load_comments
from cleaner.evaluation.datasets.schema_comments import gold_comments, without_comment_markup
from cleaner.evaluation.metrics.comments import COMMENTS

POSTING = "https://schema.org/DiscussionForumPosting"


def pairs(html):
    return [(comment.author, comment.text) for comment in gold_comments(html)]


def linked(*comments, kind="Article", **others):
    objects = [
        {"@type": "Comment", "author": {"@type": "Person", "name": author}, "text": text}
        for author, text in comments
    ]
    page = {"@type": kind, "comment": objects, **others}
    return f"<script type='application/ld+json'>{json.dumps(page)}</script>"


def test_microdata_names_author_and_text():
    assert pairs(remarks_page(*REMARKS)) == list(REMARKS)


def test_json_ld_names_author_and_text():
    shown = "".join(f"<p>{author}: {text}</p>" for author, text in REMARKS)
    assert gold_comments(linked(*REMARKS) + shown) == tuple(GoldComment(*each) for each in REMARKS)


def test_json_ld_may_be_escaped_twice():
    assert pairs(linked(("Ada", "Wind &amp; rain"))) == [("Ada", "Wind & rain")]


def test_a_comment_inside_another_has_its_own_author_and_text():
    inner = remark("otter", "And who pays?")
    outer = remark("Ada", "I took the ferry.").replace("</li>", f"{inner}</li>")
    page = f"<article itemscope itemtype='https://schema.org/Article'></article><ul>{outer}</ul>"
    assert pairs(page) == [("Ada", "I took the ferry."), ("otter", "And who pays?")]


def test_user_comments_have_names_of_their_own():
    page = (
        f"<div itemscope itemtype='{POSTING}'></div>"
        "<div itemscope itemtype='http://schema.org/UserComments'>"
        "<b itemprop='creator'>Ada</b><i itemprop='commentText'>No.</i></div>"
    )
    assert pairs(page) == [("Ada", "No.")]


def test_the_opening_post_is_no_comment():
    first, second = REMARKS
    alone = remarks_page(first, second, article="<article>")
    main = remarks_page(second).replace("itemprop='comment'", "itemprop='mainEntity'")
    headline_only = remarks_page(
        first,
        second,
        article=f"<article itemscope itemtype='{POSTING}'><meta itemprop='headline' content='Fee'>"
        f"<meta itemprop='text' content='Fee'><meta itemprop='author' content='{first[0]}'>",
    )
    assert (pairs(alone), pairs(main), pairs(headline_only)) == ([second], [], [second])


def test_what_no_reader_sees_is_left_out():
    page = linked(("Ada", "Seen"), ("otter", "Drawn by script"), ("crow", "")) + "<p>Ada: Seen</p>"
    assert [comment.is_visible for comment in gold_comments(page)] == [True, False, False]


def test_markup_of_comments_is_hidden():
    page = remarks_page(*REMARKS) + linked(*REMARKS) + linked(kind="WebSite")
    hidden = without_comment_markup(page)
    assert gold_comments(hidden) == ()
    assert "schema.org/Person" not in hidden
    assert "schema.org/Article" in hidden
    assert '"WebSite"' in hidden
    assert REMARKS[0][1] in hidden


def test_only_pages_with_marked_comments_are_asked(tmp_path):
    [case] = load_comments(make_commented(tmp_path))
    assert (case.name, case.kind) == ("0001", "article")
    assert case.comments == tuple(GoldComment(*each) for each in REMARKS)
    assert b"itemprop='comment'" not in case.html
    assert BRIDGE.encode() in case.html


def test_a_data_set_without_marked_comments_is_named(tmp_path):
    with pytest.raises(UsageError, match=r"schema\.org Comment"):
        load_comments(make_wcxb(tmp_path))


def test_evaluate_comments(tmp_path):
    def clean(case, source):
        assert b"schema.org/Comment" not in source
        return cleaner.clean(remarks_page(*REMARKS).encode())

    report = evaluate("comments", make_commented(tmp_path), clean=clean)
    values = report.figures[0].values
    assert report.measurement == "comments dev html"
    assert (values["records"], values["exact"]) == (2.0, 1.0)
    assert report.floor.figures["all exact"] == 1.0


def test_peers_give_no_comments(tmp_path):
    with pytest.raises(UsageError, match="no comments"):
        evaluate("comments", make_commented(tmp_path), against=["trafilatura"])


def test_records_are_counted_by_author_and_text():
    gold = (
        GoldComment("Ada", "I took  the ferry."),
        GoldComment("otter", "And who pays for it?"),
        GoldComment("crow", "Nobody"),
        GoldComment("jay", "Drawn by script", is_visible=False),
    )
    found = [("Ada", "I took the\nferry."), ("Reply", "And who pays for it? Reply")]
    counts = COMMENTS.count(Case("x", comments=gold), found)
    assert counts == {
        "records": 3,
        "left out": 1,
        "found": 2,
        "author": 1,
        "text": 1,
        "exact": 1,
    }
    assert COMMENTS.figures([counts])["exact"] == pytest.approx(1 / 3)


def test_no_answer_has_no_record_right():
    case = Case("x", comments=(GoldComment("Ada", "No."),))
    assert COMMENTS.score(COMMENTS.count(case, None)) == 0.0
