import json

from cleaner.page import Comment, Quote
from cleaner.rendering import render

FIELDS = [
    *("source", "url", "kind", "headline", "alternativeHeadline", "author", "datePublished"),
    *("articleSection", "articleBody", "commentCount", "commentCountStated", "comment"),
    *("outcome", "encoding", "version", "settingsDigest", "roles"),
]


def test_record_has_its_fields_in_order_and_null_for_unknown(make_page):
    record = json.loads(render(make_page(("navigation", "Menu")), "json"))
    assert list(record) == FIELDS
    unknown = {name for name, value in record.items() if value is None}
    assert unknown == set(FIELDS[:2]) | set(FIELDS[3:8]) | {"commentCountStated"}
    assert record["articleBody"] == ""
    assert record["comment"] == []
    assert record["outcome"] == {"state": "ok", "reason": None}
    assert record["roles"] == {"navigation": 1}
    assert record["encoding"] == {
        "charset": "utf-8",
        "namedBy": "utf-8",
        "replaced": 1,
        "repairs": [{"line": 2, "before": "cafÃ©", "after": "café", "steps": ["decode"]}],
    }


def test_record_carries_comments_whatever_is_chosen(make_page):
    comments = (
        Comment("It opens. Yes.", author="ana", up=1, quotes=(Quote("It opens.", 0, 9, 1),)),
        Comment("Yes. No.", quotes=(Quote("Yes.", 0, 4, 2, comment=0),), reply_to=0),
    )
    page = make_page(("headline", "Bridge"), ("body", "It opens."), comments=comments)
    whole = render(page, "json", source="a.txt")
    assert whole == render(page, "json", source="a.txt", comments="only")
    record = json.loads(whole)
    assert record["source"] == "a.txt"
    assert record["comment"][0]["quotes"] == [
        {"text": "It opens.", "start": 0, "end": 9, "of": "article", "comment": None, "block": 1}
    ]
    assert record["comment"][1]["quotes"][0]["of"] == "comment"
    assert record["comment"][1]["parentItem"] == 0
    assert list(record["comment"][0]) == [
        *("author", "dateText", "dateCreated", "text", "quotes"),
        *("upvoteCount", "downvoteCount", "votes", "parentItem", "depth", "anchor"),
    ]


def test_record_keep_chooses_the_article_body(make_page):
    page = make_page(("headline", "Bridge"), ("body", "It opens."))
    assert json.loads(render(page, "json", keep={"headline"}))["articleBody"] == "Bridge"


def test_record_is_one_line_whatever_the_text(make_page):
    text = "a\rb\x0bc\x0cd\x85e\u2028f\u2029g\x1b\x7f\x9bh é 漢"
    line = render(make_page(("body", text)), "json")
    assert line.splitlines() == [line[:-1]]
    assert not any(character in line for character in "\x1b\x7f\x9b")
    assert "é 漢" in line
    assert json.loads(line)["articleBody"] == text


def test_record_of_a_lone_surrogate_can_be_encoded(make_page):
    line = render(make_page(("body", "a\ud800b")), "json")
    assert json.loads(line.encode("utf-8"))["articleBody"] == "a\ud800b"
