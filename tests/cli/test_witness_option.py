import json
import re

import pytest

pytest.importorskip("justext", reason="the library justext is not installed")

SENTENCE = "The council said on Monday that the bridge over the river is open to all of them. "


@pytest.fixture
def page(tmp_path):
    paragraphs = "".join(f"<p>{number}. {SENTENCE * 3}</p>" for number in range(5))
    (tmp_path / "a.html").write_text(f"<body><p><a href='/'>Home</a></p>{paragraphs}</body>")
    return "a.html"


def test_explain_shows_the_marks_of_witnesses(run, page):
    options = ("--all-marks", "--witness", "trafilatura, justext")
    text = run("explain", page, *options).stdout.decode()
    for name in ("trafilatura", "justext"):
        assert re.search(rf"witness/{name}: {name} kept it", text)
        assert re.search(rf"-\d\.\d body  witness/{name}: {name} dropped it", text)
    assert "witness/" not in run("explain", page, "--all-marks").stdout.decode()


def test_explain_says_why_a_witness_is_silent(run, tmp_path):
    (tmp_path / "a.txt").write_text(SENTENCE)
    text = run("explain", "a.txt", "--witness", "trafilatura").stdout.decode()
    assert "outcome   ok trafilatura reads HTML only" in text


def test_stages_lists_witnesses_that_are_on(run):
    text = run("stages", "--witness", "trafilatura").stdout.decode()
    (line,) = (line for line in text.splitlines() if " witness/" in line)
    assert re.match(r"   witness/trafilatura +body +\+\d\.\d  \[-\d\.\d if dropped\] ", line)
    assert "witness" not in run("stages").stdout.decode()
    off = run("stages", "--witness", "trafilatura", "--without", "witness").stdout.decode()
    assert "witness (off): " in off


def test_stages_times_witnesses(run, page):
    text = run("stages", "--time", page, "--witness", "trafilatura").stdout.decode()
    assert [line.split()[0] for line in text.splitlines()][-3:] == ["witness", "deciding", "total"]


def test_the_option_adds_to_the_settings_file(run, page, tmp_path):
    (tmp_path / "set.toml").write_text("witnesses = ['justext']\n")
    digests = [
        json.loads(run("clean", page, "--format", "json", *options).stdout)["settingsDigest"]
        for options in (
            ("--settings", "set.toml", "--witness", "trafilatura"),
            ("--witness", "trafilatura,justext"),
            ("--witness", "trafilatura"),
        )
    ]
    assert digests[0] == digests[1] != digests[2]


def test_an_unknown_witness_ends_with_2(run, page):
    done = run("clean", page, "--witness", "trafilatura,nosuch")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"no witness 'nosuch'; there are trafilatura, justext" in done.stderr
