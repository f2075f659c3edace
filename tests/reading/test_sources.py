import os
import socket
from pathlib import Path

import pytest

from cleaner.errors import SourceError, UsageError
from cleaner.reading import Missed, Source, find_sources


def names(found):
    return [each.name for each in found]


def test_sources_of_a_folder_are_sorted_and_relative(tmp_path):
    for name in ("b.txt", "a/z.txt", "a/c/d.txt", "B.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    found = list(find_sources([tmp_path]))
    assert names(found) == ["B.txt", "a/c/d.txt", "a/z.txt", "b.txt"]
    assert [each.read().decode() for each in found] == names(found)
    assert names(find_sources([tmp_path / "b.txt"])) == ["b.txt"]


@pytest.mark.parametrize("one", ["/tmp/x/a.txt", b"/tmp/x/a.txt", Path("/tmp/x/a.txt")])
def test_one_path_is_no_iterable_of_paths(one):
    with pytest.raises(UsageError, match=r"not one path; give \['/tmp/x/a.txt'\]"):
        find_sources(one)


def test_sources_pass_over_hidden_names_and_the_output_folder(tmp_path):
    for name in (".git/x", ".hidden", "out/pages/a.txt", "in/a.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert names(find_sources([tmp_path], leave_out=tmp_path / "out")) == ["in/a.txt"]
    assert names(find_sources([tmp_path / ".hidden"])) == [".hidden"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The current folder, with two inputs and what a run wrote to ``out``."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "deep/b.txt", "out/journal.jsonl", "out/pages/a.txt.txt", "out/own.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    return tmp_path


WRITTEN = ("pages", "journal.jsonl")


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["a.txt", "deep", "out"], ["a.txt", "b.txt"]),
        (["*"], ["a.txt", "b.txt"]),
        (["**"], ["a.txt", "b.txt"]),
        (["./**"], ["a.txt", "deep/b.txt"]),
        (["**/*.txt"], ["a.txt", "b.txt", "own.txt"]),
        (["deep/../out/pages/a.txt.txt", "out/journal.jsonl", "a.txt"], ["a.txt"]),
        (["out/own.txt", "out/pages"], ["own.txt"]),
    ],
)
def test_what_a_run_wrote_is_none_of_its_sources(here, arguments, found):
    sources = find_sources(arguments, leave_out=here / "out", written=WRITTEN)
    assert names(sources) == found


@pytest.mark.parametrize("argument", ["out", "out/", "out/pages/a.txt.txt", "link"])
def test_the_output_folder_as_the_only_source_is_said(here, argument):
    (here / "link").symlink_to("out")
    with pytest.raises(UsageError, match="is the output folder or lies in it"):
        list(find_sources([argument], leave_out=here / "out", written=WRITTEN))


def test_a_pattern_names_no_file_twice_and_follows_no_link(here):
    (here / "again").symlink_to("deep")
    found = list(find_sources(["**"]))
    assert [each.where for each in found] == [
        "a.txt",
        "again",
        "deep/b.txt",
        "out/journal.jsonl",
        "out/own.txt",
        "out/pages/a.txt.txt",
    ]
    assert [each.where for each in found if isinstance(each, Missed)] == ["again"]
    assert names(find_sources(["agai*"])) == ["b.txt"]


def test_sources_do_not_follow_links_to_folders_and_say_so(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("a")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "in/same.txt").symlink_to("a.txt")
    found = list(find_sources([tmp_path / "in"]))
    assert names(found) == ["a.txt", "loop", "same.txt"]
    assert isinstance(found[1], Missed)
    assert not found[1].failed
    assert found[2].read() == b"a"


def test_sources_name_what_cannot_be_read(tmp_path):
    (tmp_path / "dangling").symlink_to("nowhere")
    (tmp_path / "circle").symlink_to("circle")
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(os.fspath(tmp_path / "socket"))
        found = list(find_sources([tmp_path, tmp_path / "missing", "/dev/null"]))
    assert all(isinstance(each, Missed) and each.failed for each in found)
    said = dict(zip(names(found), map(str, found), strict=True))
    assert "nowhere" in said["dangling"]
    assert "leads nowhere" in said["circle"]
    assert "cleaner clean -" in said["pipe"]
    assert "socket" in said["socket"]
    assert "check the path" in said["missing"]
    assert "device" in said["null"]


def test_a_source_swapped_for_a_pipe_does_not_block(tmp_path):
    path = tmp_path / "a.txt"
    path.touch()
    source = next(find_sources([path]))
    path.unlink()
    with pytest.raises(SourceError, match=r"a\.txt: no such file"):
        source.read()
    os.mkfifo(path)
    with pytest.raises(SourceError, match=r"a\.txt: a pipe"):
        source.read()
    path.unlink()
    path.mkdir()
    with pytest.raises(SourceError, match=r"a\.txt: "):
        source.read()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_sources_without_permission_fail(tmp_path):
    (tmp_path / "shut").mkdir(mode=0)
    (tmp_path / "x.txt").touch(mode=0)
    folder, file = find_sources([tmp_path])
    assert "cannot be listed: permission denied" in str(folder)
    with pytest.raises(SourceError, match="permission denied"):
        file.read()


def test_sources_of_an_empty_folder_say_so(tmp_path):
    (missed,) = find_sources([tmp_path])
    assert "no file to clean" in str(missed)
    assert not missed.failed


def test_stdin_is_a_source_once():
    assert list(find_sources(["-"])) == [Source("stdin", "stdin", None)]
    with pytest.raises(UsageError, match="once"):
        list(find_sources(["-", "-"]))


def test_sources_of_any_depth(tmp_path):
    folder = tmp_path
    for _ in range(300):
        folder /= "d"
    folder.mkdir(parents=True)
    (folder / "a.txt").touch()
    assert names(find_sources([tmp_path])) == ["d/" * 300 + "a.txt"]
