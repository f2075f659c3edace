import pytest

from cleaner.batch import clean_sources
from cleaner.errors import UsageError
from cleaner.reading import find_sources
from cleaner.settings import Settings


def write(folder, **files):
    for name, text in files.items():
        (folder / name).write_text(text)


def test_cleaning_gives_a_result_for_each_source_in_order(tmp_path):
    write(tmp_path, a="The bridge opens on Monday.", c="The road opens on Friday.")
    (tmp_path / "b").symlink_to("nowhere")
    results = list(clean_sources(find_sources([tmp_path])))
    assert [result.source.name for result in results] == ["a", "b", "c"]
    assert [result.page is None for result in results] == [False, True, False]
    assert "leads nowhere" in str(results[1].error)


def test_cleaning_goes_on_when_the_program_fails(tmp_path):
    write(tmp_path, a="one", b="two")

    def render(page, name):
        if name == "a":
            raise RuntimeError("a defect")
        return name

    first, second = clean_sources(find_sources([tmp_path]), render=render)
    assert "RuntimeError: a defect" in str(first.error)
    assert str(tmp_path / "a") in str(first.error)
    assert second.output == "b"


def test_cleaning_refuses_unknown_stages_before_it_reads(tmp_path):
    with pytest.raises(UsageError, match="nosuch"):
        list(clean_sources([], settings=Settings(without=("nosuch",))))
