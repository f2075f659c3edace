import pytest

from cleaner.batch import PageFolder
from cleaner.errors import SourceError, UsageError


def test_writing_makes_folders_and_leaves_nothing_else(tmp_path):
    folder = PageFolder(tmp_path / "out")
    folder.write("a/b.txt", b"one\n")
    folder.write("a/b.txt", "caf\u00e9\n".encode())
    (written,) = (path for path in (tmp_path / "out").rglob("*") if path.is_file())
    assert written.read_bytes() == "café\n".encode()
    assert written == tmp_path / "out/pages/a/b.txt"


def test_writing_into_what_is_no_folder_is_wrong_usage(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="choose another"):
        PageFolder(tmp_path / "file")
    with pytest.raises(UsageError, match="choose another"):
        PageFolder(tmp_path / "file/out")


def test_writing_fails_for_one_page_and_cleans_up(tmp_path):
    folder = PageFolder(tmp_path)
    (folder.path / "a.txt").mkdir()
    with pytest.raises(SourceError, match=r"a\.txt: cannot be written"):
        folder.write("a.txt", b"one")
    assert [path.name for path in folder.path.iterdir()] == ["a.txt"]


def test_writing_never_leaves_the_folder(tmp_path):
    folder = PageFolder(tmp_path / "out")
    (tmp_path / "other").mkdir()
    (folder.path / "link").symlink_to(tmp_path / "other")
    with pytest.raises(SourceError, match="leads out"):
        folder.write("link/a.txt", b"one")
    with pytest.raises(SourceError, match="leads out"):
        folder.write("../a.txt", b"one")
    assert list((tmp_path / "other").iterdir()) == []


def test_writing_replaces_a_link_rather_than_what_it_leads_to(tmp_path):
    folder = PageFolder(tmp_path / "out")
    (tmp_path / "kept").write_text("kept")
    (folder.path / "a.txt").symlink_to(tmp_path / "kept")
    folder.write("a.txt", b"one")
    assert (tmp_path / "kept").read_text() == "kept"
