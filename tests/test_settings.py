"""Settings from files, and their digest."""

import pytest

from cleaner.errors import UsageError
from cleaner.settings import Settings, read_settings


def test_witnesses_are_part_of_the_digest_in_no_order():
    digests = {Settings(witnesses=names).digest for names in ((), ("justext",), ("trafilatura",))}
    assert len(digests) == 3
    both = ("trafilatura", "justext")
    assert Settings(witnesses=both).digest == Settings(witnesses=both[::-1]).digest


def test_a_settings_file_may_name_witnesses(tmp_path):
    path = tmp_path / "set.toml"
    path.write_text("witnesses = ['trafilatura']\nwithout = ['adverts']\n")
    assert read_settings(path) == Settings(without=("adverts",), witnesses=("trafilatura",))


def test_witnesses_of_a_settings_file_are_a_list(tmp_path):
    path = tmp_path / "set.toml"
    path.write_text("witnesses = 'trafilatura'\n")
    with pytest.raises(UsageError, match="'witnesses' must be a list of names of witnesses"):
        read_settings(path)


def test_a_string_is_no_tuple_of_names():
    with pytest.raises(UsageError, match=r"without is a tuple of names.*\('adverts',\)"):
        Settings(without="adverts")
