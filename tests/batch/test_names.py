import time

import pytest

from cleaner.batch import page_names
from cleaner.batch.names import member_name


@pytest.mark.parametrize(
    ("names", "paths"),
    [
        ([], []),
        (["a.txt", "b/a.txt"], ["a.txt.json", "b/a.txt.json"]),
        (["a", "a", "a"], ["a.json", "a~2.json", "a~3.json"]),
        (["a", "a", "a~2"], ["a.json", "a~2.json", "a~2~2.json"]),
        (["A/x", "a/X"], ["A/x.json", "a/X~2.json"]),
        (["é", "e\u0301"], ["é.json", "e\u0301~2.json"]),
        (["a", "a.json/b"], ["a.json", "~2/a.json/b.json"]),
        (["a.json/b", "a"], ["a.json/b.json", "a~2.json"]),
        (["a", "a.pages/b"], ["a.json", "~2/a.pages/b.json"]),
        (["a.pages/b", "a"], ["a.pages/b.json", "a~2.json"]),
        (["../../etc/x", "/etc/x", "a//./b"], ["etc/x.json", "etc/x~2.json", "a/b.json"]),
        (["", "..", "a\0b"], ["page.json", "page~2.json", "a_b.json"]),
    ],
)
def test_names_are_safe_and_never_the_same(names, paths):
    assert page_names(names, ".json") == paths


def test_names_that_are_too_long_are_cut_and_stay_apart():
    one, two = page_names(["é" * 300 + "1", "é" * 300 + "2"], ".json")
    assert one != two
    assert all(len(path.encode()) < 255 for path in (one, two))


def test_names_that_are_not_utf8_stay_as_they_are():
    assert page_names(["a\udcff", "b\ud800"], ".md") == ["a\udcff.md", "b_.md"]


def test_many_names_alike_take_linear_time():
    begin = time.process_time()
    assert len(set(page_names(["a"] * 20_000, ".txt"))) == 20_000
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("https://example.org/../../etc/passwd", "example.org-..-..-etc-passwd"),
        ("/etc/passwd", "etc-passwd"),
        ("../x", "x"),
        ("a" * 5000, "a" * 80),
        ("a\0b\n\x1b", "a-b"),
        ("https://\ud800\udcff/é", ""),
        ("", ""),
    ],
)
def test_a_member_has_its_number_and_a_safe_label(label, name):
    path = member_name("crawl.warc", 7, label)
    assert path == "crawl.warc.pages/00000007" + (f"-{name}" if name else "")
    assert member_name("crawl.warc", 8, label) != path
