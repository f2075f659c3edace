import time

import pytest

from cleaner.batch import Wanted, clean_items
from cleaner.errors import UsageError
from cleaner.reading import Item, find_sources, read_items
from cleaner.settings import Settings
from cleaner.timing import Clock


def items_of(folder):
    return [item for source in find_sources([folder]) for item in read_items(source)]


@pytest.mark.parametrize("jobs", [None, 2])
def test_cleaning_gives_a_result_for_each_item_in_order(tmp_path, jobs):
    (tmp_path / "a").write_text("The bridge opens on Monday.")
    (tmp_path / "b").symlink_to("nowhere")
    (tmp_path / "c").write_text("The road opens on Friday.")
    results = list(clean_items(items_of(tmp_path), jobs=jobs))
    assert [result.item.source for result in results] == ["a", "b", "c"]
    assert [result.outcome for result in results] == ["ok", "failed", "ok"]
    assert "leads nowhere" in results[1].reason
    assert results[2].output == b"The road opens on Friday.\n"


def test_cleaning_goes_on_when_the_program_fails(monkeypatch):
    from cleaner.batch import task

    def broken(records, **_):
        for record in records:
            if record.content == b"one":
                raise RuntimeError("a defect")
            yield from clean_timed([record])

    clean_timed = task.clean_timed
    monkeypatch.setattr(task, "clean_timed", broken)
    contents = [b"The road opens.", b"one", b"The bridge opens on Monday."]
    results = list(clean_items([Item("x", content) for content in contents], wanted=Wanted()))
    assert [result.outcome for result in results] == ["ok", "failed", "ok"]
    assert "RuntimeError: a defect" in results[1].reason


@pytest.mark.parametrize("jobs", [None, 1])
@pytest.mark.parametrize("between", ["</p><p>", "\n\n"])
def test_the_seconds_of_a_group_are_booked_on_the_document_that_took_them(jobs, between):
    short = "The bridge opens on Monday, the council said in the evening."
    begin = "<!doctype html><p>" * ("<" in between)
    contents = [(begin + short).encode()] * 20
    contents[13] = (begin + between.join([short] * 2000)).encode()
    warming = [contents[0]] * 32  # a group of their own
    items = [Item("x", content) for content in [*warming, *contents]]
    results = clean_items(items, settings=Settings(without=("model",)), jobs=jobs)
    seconds = [result.seconds for result in results][32:]
    assert seconds.index(max(seconds)) == 13
    assert all(seconds)


def test_a_clock_divides_what_is_done_together_by_size():
    clock = Clock(3)
    for _ in clock.each(time.sleep(number / 20) for number in range(3)):
        time.sleep(0.02)
    seconds = clock.seconds([0, 30, 0])
    assert 0 < seconds[0] < 0.02
    assert 0.1 < seconds[1] < seconds[2] + 0.02
    assert seconds[2] > 0.1
    assert Clock(0).seconds([]) == []


def test_cleaning_refuses_unknown_stages_before_it_reads():
    with pytest.raises(UsageError, match="nosuch"):
        list(clean_items([], settings=Settings(without=("nosuch",))))
