import json
import subprocess
import sys

import pytest

import cleaner
from cleaner.document import Role


def files(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_clean_prints_the_page_s_text(run, pages, bridge):
    done = run("clean", "in/one.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, bridge.encode(), b"")
    assert done.stdout.decode() == cleaner.clean((pages / "one.txt").read_bytes()).text + "\n"


def test_clean_reads_stdin(run, bridge):
    url = "https://example.org/a"
    done = run("clean", "-", "--format", "json", "--url", url, stdin=bridge.encode())
    record = json.loads(done.stdout)
    assert (record["source"], record["url"]) == ("stdin", url)


def test_clean_prints_a_blank_line_between_pages(run, pages):
    done = run("clean", "in")
    assert done.stdout.decode().count("\n\n") == 2
    assert done.stdout.decode().startswith("The road")


def test_clean_prints_one_json_object_per_line(run, pages, bridge):
    done = run("clean", "in", "in/one.txt", "--format", "json")
    records = [json.loads(line) for line in done.stdout.decode().splitlines()]
    names = ["in/deep/three.txt", "in/one.txt", "in/two.txt", "in/one.txt"]
    assert [record["source"] for record in records] == names
    assert records[1]["articleBody"] == bridge.strip()


@pytest.mark.parametrize(
    ("form", "suffix"),
    [("text", "txt"), ("markdown", "md"), ("json", "json"), ("labels", "labels")],
)
def test_clean_writes_one_file_per_page(run, pages, tmp_path, form, suffix):
    done = run("clean", "in", "-o", "out", "--format", form)
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr == b"cleaner: 3 documents: 3 ok; see out/report.json\n"
    names = ("deep/three.txt", "one.txt", "two.txt")
    assert files(tmp_path / "out/pages") == [f"{name}.{suffix}" for name in names]


def test_clean_gives_two_inputs_two_names(run, pages, tmp_path):
    run("clean", "in", "in/one.txt", "in/deep", "in", "-o", "out")
    assert len(files(tmp_path / "out/pages")) == 3 + 1 + 1 + 3
    assert {"one.txt.txt", "one.txt~2.txt", "one.txt~3.txt"} <= set(files(tmp_path / "out/pages"))


def test_clean_leaves_its_own_output_out(run, pages):
    before = run("clean", "in", "-o", "in/out").stdout
    run("clean", "in", "-o", "in/out")
    assert len(files(pages / "out/pages")) == 3
    assert before == b""


def test_clean_twice_gives_the_same_bytes(run, pages, tmp_path):
    for out in ("one", "two"):
        run("clean", "in", "-o", out, "--format", "json")
    for name in files(tmp_path / "one/pages"):
        one, two = (tmp_path / out / "pages" / name for out in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_clean_labels_have_one_line_per_block(run, tmp_path):
    (tmp_path / "a.txt").write_text("Home | News\n\nThe bridge opens.\r\n")
    lines = run("clean", "a.txt", "--format", "labels").stdout.decode().splitlines()
    assert [line.partition(" | ")[2] for line in lines] == ["Home | News", "The bridge opens."]
    assert all(line.partition(" | ")[0] in set(Role) for line in lines)


def test_clean_keeps_the_wanted_roles(run, pages, bridge):
    wanted = ",".join(Role)
    assert run("clean", "in/one.txt", "--keep", wanted).stdout == bridge.encode()
    done = run("clean", "in/one.txt", "--keep", "advert")
    assert (done.returncode, done.stdout) == (0, b"")


def test_clean_writes_utf8_and_lf_in_any_locale(run, pages):
    plain = run("clean", "in/two.txt").stdout
    assert "The café « Zur Brücke » stays" in plain.decode()
    assert b"\r" not in plain
    for env in ({"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1"}):
        assert run("clean", "in/two.txt", env={**env, "PYTHONUTF8": "0"}).stdout == plain


def test_clean_says_in_any_locale_what_failed(run):
    done = run("clean", "fehlt-é.txt", env={"LC_ALL": "C", "PYTHONUTF8": "0"})
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr


def test_clean_ends_quietly_when_the_pipe_closes(tmp_path):
    lines = (f"<p>The bridge opens on day {day}, the council said.</p>" for day in range(20_000))
    (tmp_path / "a.html").write_text("<article>" + "".join(lines))
    command = [sys.executable, "-m", "cleaner", "clean", "a.html", "a.html", "--format", "labels"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=-1, stderr=-1) as process:
        assert process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["clean"], b"Missing argument"),
        (["clean", "in", "--format", "pdf"], b"'pdf'"),
        (["clean", "in", "--nosuch"], b"--nosuch"),
        (["clean", "in", "--keep", "body,nosuch"], b"the 17 roles are headline, standfirst"),
        (["clean", "in", "--keep", "body", "--comments", "only"], b"give one of them"),
        (["clean", "in", "--url", "https://example.org"], b"single page"),
        (["clean", "in", "--without", "nosuch"], b"no stage or rule 'nosuch'"),
        (["clean", "in", "--without", "adverts,nosuch"], b"no stage or rule 'nosuch'"),
        (["clean", "in", "--without", ""], b"no stage or rule ''"),
        (["clean", "in", "--overwrite"], b"--overwrite needs the folder that it removes from"),
        (["clean", "in", "--settings", "nosuch.toml"], b"nosuch.toml"),
        (["clean", "in", "--settings", "bad.toml"], b"no setting 'colour'"),
        (["clean", "in", "--sites", "in"], b"no .toml file"),
        (["clean", "in", "-o", "in/one.txt"], b"choose another"),
        (["clean", "in", "-o", "/proc/out"], b"choose another"),
        (["clean", "-", "-"], b"once"),
        (["clean", "-", "--list", "-"], b"once"),
        (["clean", "in", "--format", "parquet"], b"give one with -o"),
        (["clean", "in", "-o", "out", "--compress"], b"belongs to --format jsonl"),
        (["clean", "in", "--field", "colour=red"], b"colour=red"),
        (["clean", "in", "--jobs", "0"], b"--jobs"),
        (["clean", "in", "--jobs", "1.5"], b"--jobs"),
        *(
            (["clean", "in", "-o", "out", name, value], f"'{name}': ".encode())
            for name in ("--max-size", "--timeout", "--memory")
            for value in ("nan", "inf", "-inf", "0", "-1", "1e400", "many")
        ),
        (["report", "in"], b"no run"),
        (["clean", "void"], b"nothing to clean"),
        (["explain", "in"], b"takes one file"),
        (["stages", "--without", "nosuch"], b"nosuch"),
        (["stages", "--time", "in"], b"takes one file"),
        (["nosuch"], b"nosuch"),
    ],
)
def test_wrong_usage_ends_with_2(run, pages, tmp_path, arguments, message):
    (tmp_path / "bad.toml").write_text("colour = 'red'\n")
    (tmp_path / "void").mkdir()
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert message in done.stderr
    assert b"Traceback" not in done.stderr


def settings_digest(run, *options):
    done = run("clean", "in/one.txt", "--format", "json", *options)
    return json.loads(done.stdout)["settingsDigest"]


def test_settings_change_the_digest(run, pages, tmp_path):
    (tmp_path / "set.toml").write_text("without = ['adverts']\n")
    changes = ([], ["--settings", "set.toml"], ["--without", "comments"])
    digests = {settings_digest(run, *options) for options in changes}
    assert len(digests) == 3
    assert settings_digest(run, "--without", "adverts") in digests


def test_several_names_may_be_switched_off_at_once(run, pages):
    one = settings_digest(run, "--without", "adverts, comments")
    assert one == settings_digest(run, "--without", "comments", "--without", "adverts")
    assert one != settings_digest(run, "--without", "comments")
