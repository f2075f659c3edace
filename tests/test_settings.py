"""Settings from files, and their digest."""

from pathlib import Path

import pytest

import cleaner
from cleaner.errors import UsageError
from cleaner.settings import Settings, SiteFile, read_settings, read_sites


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


@pytest.mark.parametrize(("key", "value"), [("models", "'/nope'"), ("colour", "'red'")])
def test_a_settings_file_has_three_keys_and_no_other(tmp_path, key, value):
    path = tmp_path / "set.toml"
    path.write_text(f"{key} = {value}\n")
    with pytest.raises(
        UsageError, match=f"no setting '{key}'; there are without, witnesses, sites"
    ):
        read_settings(path)


def test_paths_may_be_strings(tmp_path):
    (tmp_path / "my-sites").mkdir()
    (tmp_path / "my-sites" / "a.toml").write_text("name = 'A'\n")
    path = tmp_path / "set.toml"
    path.write_text("sites = 'my-sites'\n")
    sites = (SiteFile("a.toml", "name = 'A'\n"),)
    assert read_sites(str(tmp_path / "my-sites")) == sites
    assert read_settings(str(path)) == Settings(sites=sites)
    with pytest.raises(UsageError, match="settings file x: No such file or directory; check"):
        read_settings("x")
    with pytest.raises(UsageError, match="sites folder x: there is no such folder"):
        read_sites("x")


def test_lists_and_strings_are_taken_for_tuples_and_paths():
    site = SiteFile("a.toml", "name = 'A'\n")
    given = Settings(without=["adverts"], witnesses=["justext"], sites=[site], models="/models")
    made = Settings(("adverts",), (site,), Path("/models"), ("justext",))
    assert (given, hash(given), given.digest) == (made, hash(made), made.digest)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"without": "adverts"}, "without is a tuple of names, not a string; give ('adverts',)"),
        ({"witnesses": "justext"}, "witnesses is a tuple of names, not a string"),
        ({"without": None}, "without is a tuple of names, not None"),
        ({"without": [3]}, "without is a tuple of names, not [3]"),
        ({"sites": "my-sites"}, "sites are SiteFiles; give read_sites('my-sites')"),
        ({"sites": [Path("a.toml")]}, "give read_sites of their folder"),
        ({"models": 3}, "models is the path of a folder or None, not 3"),
    ],
)
def test_what_is_no_setting_is_wrong_usage(wrong, said):
    with pytest.raises(UsageError) as caught:
        Settings(**wrong)
    assert said in str(caught.value)


def test_models_that_are_not_there_are_wrong_usage():
    with pytest.raises(UsageError, match="no text model in /nope"):
        cleaner.clean("It rained.", settings=Settings(models="/nope"))
