import pytest

from cleaner.batch import Wanted, clean_items
from cleaner.errors import UsageError
from cleaner.reading import Item, find_sources, read_items
from cleaner.settings import Settings


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
            yield from clean_many([record])

    clean_many = task.clean_many
    monkeypatch.setattr(task, "clean_many", broken)
    contents = [b"The road opens.", b"one", b"The bridge opens on Monday."]
    results = list(clean_items([Item("x", content) for content in contents], wanted=Wanted()))
    assert [result.outcome for result in results] == ["ok", "failed", "ok"]
    assert "RuntimeError: a defect" in results[1].reason


def test_cleaning_refuses_unknown_stages_before_it_reads():
    with pytest.raises(UsageError, match="nosuch"):
        list(clean_items([], settings=Settings(without=("nosuch",))))
