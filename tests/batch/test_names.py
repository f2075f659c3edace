import time

import pytest

from cleaner.batch import page_names


@pytest.mark.parametrize(
    ("names", "paths"),
    [
        ([], []),
        (["a.txt", "b/a.txt"], ["a.txt.json", "b/a.txt.json"]),
        (["a", "a", "a"], ["a.json", "a~2.json", "a~3.json"]),
        (["a", "a", "a~2"], ["a.json", "a~3.json", "a~2.json"]),
        (["A/x", "a/X"], ["A/x.json", "a/X~2.json"]),
        (["é", "e\u0301"], ["é.json", "e\u0301~2.json"]),
        (["a", "a.json/b"], ["a~2.json", "a.json/b.json"]),
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
