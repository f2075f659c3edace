import json
import subprocess
import sys

import pytest
from data_sets import make_commented, make_roles, make_wcxb


@pytest.fixture
def run(tmp_path):
    def run_evaluate(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "cleaner", "evaluate", *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=60,
            check=False,
        )

    make_roles(tmp_path / "roles")
    make_wcxb(tmp_path / "wcxb")
    return run_evaluate


def test_evaluate_prints_a_table(run):
    done = run("wcxb", "wcxb")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("wcxb dev html\n\nprogram  kind")


def test_evaluate_prints_records(run, tmp_path):
    make_commented(tmp_path / "commented")
    done = run("comments", "commented")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("comments dev html\n\nprogram  kind")


def test_evaluate_prints_json(run):
    done = run("roles", "roles", "--format", "json")
    assert json.loads(done.stdout)["measurement"] == "roles wet"


def test_evaluate_keeps_rows_and_compares(run, tmp_path):
    run("roles", "roles", "--out", "rows.jsonl")
    rows = (tmp_path / "rows.jsonl").read_text().splitlines()
    assert [json.loads(row)["name"] for row in rows] == ["readability-a1"]
    done = run("roles", "roles", "--compare", "rows.jsonl")
    assert "+0.0000 ± 0.0000 (standard error, 1 pages, 0 unpaired)" in done.stdout


def test_evaluate_checks_floors(run, tmp_path):
    floors = ("--floors", "floors.toml")
    assert run("roles", "roles", *floors).returncode == 1
    assert not (tmp_path / "floors.toml").exists()
    assert run("roles", "roles", *floors, "--set-floors").returncode == 0
    assert run("roles", "roles", *floors).returncode == 0
    path = tmp_path / "floors.toml"
    path.write_text(path.read_text().replace('"all role" = ', '"all role" = 1'))
    done = run("roles", "roles", *floors)
    assert done.returncode == 1
    assert "its floor 1" in done.stderr
    assert run("roles", "roles", *floors, "--set-floors").returncode == 2
    assert run("roles", "roles", *floors, "--set-floors", "--lower-floors").returncode == 0
    assert run("roles", "roles", *floors).returncode == 0


def test_evaluate_says_when_data_changed(run, tmp_path):
    run("roles", "roles", "--floors", "floors.toml", "--set-floors")
    make_roles(tmp_path / "roles", name="readability-b2")
    done = run("roles", "roles", "--floors", "floors.toml")
    assert done.returncode == 1
    assert "set on other" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("wcxb", "none"), "no such folder"),
        (("comments", "wcxb"), "schema.org Comment"),
        (("wcxb", "roles"), "expected WCXB's layout"),
        (("wcxb", "wcxb", "--split", "test"), "expected WCXB's layout"),
        (("aeb", "wcxb"), "ground-truth.json"),
        (("wcxb", "wcxb", "--against", "x"), "no peer 'x'"),
        (("wcxb", "wcxb", "--html", "--flattened", "wet"), "exclude each other"),
        (("wcxb", "wcxb", "--set-floors"), "--floors"),
        (("wcxb", "wcxb", "--floors", "f", "--lower-floors"), "goes with --set-floors"),
        (("wcxb", "wcxb", "--compare", "none"), "cannot be read"),
        (("wcxb", "wcxb", "--out-of-fold", "none"), "folds.json"),
        (("roles", "roles", "--html"), "--originals"),
        (("roles", "roles", "--against", "trafilatura"), "--against"),
        (("roles", "roles", "--originals", "none"), "none: not there"),
        (("wcxb", "wcxb", "--without", "nothing"), "no stage or rule"),
    ],
)
def test_wrong_usage_is_told(run, arguments, message):
    done = run(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr
