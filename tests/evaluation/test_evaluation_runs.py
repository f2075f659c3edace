import json
from dataclasses import replace

import pytest
from data_sets import (
    BRIDGE,
    MENU,
    REMARKS,
    ROAD,
    make_aeb,
    make_readability,
    make_roles,
    make_traf,
    make_wcxb,
    page,
    remarks_page,
    write,
)

import cleaner
from cleaner.errors import UsageError
from cleaner.evaluation import Case, evaluate, run
from cleaner.evaluation.comparing import compare_rows
from cleaner.evaluation.datasets.markup import html_text
from cleaner.evaluation.flatten import flatten
from cleaner.evaluation.floors import Floor, faults_of, raised, read_floors, write_floors
from cleaner.evaluation.folds import clean_out_of_fold
from cleaner.evaluation.peers import load_peers
from cleaner.evaluation.registry import find_dataset
from cleaner.evaluation.rows import Row, read_rows, write_rows
from cleaner.evaluation.tables import render_json, render_text


def clean_text_of(case, source):
    """The program on the page's visible text, whatever it makes of HTML."""
    return cleaner.clean(html_text(source.decode()) if isinstance(source, bytes) else source)


def fail_on_second(case, source):
    if case.name in ("0002", "b2"):
        raise RuntimeError("a defect")
    return clean_text_of(case, source)


def overall(report):
    return report.figures[0]


@pytest.mark.parametrize(
    ("name", "make"),
    [("aeb", make_aeb), ("traf", make_traf), ("readability", make_readability)],
)
def test_evaluate_scores_articles(tmp_path, name, make):
    report = evaluate(name, make(tmp_path), clean=clean_text_of)
    assert (report.measurement, overall(report).pages) == (f"{name} html", 2)
    assert overall(report).values["f1"] == 1.0


def test_evaluate_wcxb_counts_empty_gold_and_kinds(tmp_path):
    report = evaluate("wcxb", make_wcxb(tmp_path), clean=clean_text_of)
    assert [each.kind for each in report.figures] == ["all", "article", "forum", "product"]
    assert report.empty_gold == 1
    assert "1 pages have an empty gold text" in render_text(report)


def test_evaluate_wcxb_counts_main_content_taken_for_comments(tmp_path):
    def clean(case, source):
        more = "<p>Builders worked at night, when nobody wanted to cross, with nets below them.</p>"
        page = remarks_page(*REMARKS).replace(f"<p>{BRIDGE}</p>", f"<p>{BRIDGE}</p>{more * 4}")
        return cleaner.clean(page.encode())

    make_wcxb(tmp_path)
    gold = {"ground_truth": {"main_content": f"{BRIDGE} {REMARKS[0][1]}"}}
    write(tmp_path / "dev/ground-truth/0001.json", gold)
    values = {each.kind: each.values for each in evaluate("wcxb", tmp_path, clean=clean).figures}
    assert values["article"]["as comments"] == pytest.approx(6 / 36)  # the title has "the", too
    assert values["forum"]["as comments"] == 0.0


def test_failures_score_zero_and_are_counted(tmp_path):
    report = evaluate("wcxb", make_wcxb(tmp_path), clean=fail_on_second)
    forum = next(each for each in report.figures if each.kind == "forum")
    assert (overall(report).failed, forum.values["f1"]) == (1, 0.0)
    assert "failed: cleaner, 0002: RuntimeError: a defect" in render_text(report)


def test_roles_are_measured_on_lines_without_originals(tmp_path):
    report = evaluate("roles", make_roles(tmp_path))
    assert report.measurement == "roles wet"
    assert overall(report).values["lines"] == 5
    assert "navigation" in render_text(report)


def test_roles_are_measured_on_html(tmp_path):
    make_roles(tmp_path / "roles")
    make_readability(tmp_path / "data/readability")
    report = evaluate(
        "roles", tmp_path / "roles", originals=[tmp_path / "data"], clean=clean_text_of
    )
    assert (report.measurement, overall(report).values["nowhere"]) == ("roles html", 0.0)
    assert overall(report).values["lines"] == 5


def test_roles_cannot_be_half_cleaned_without_the_page(tmp_path):
    with pytest.raises(UsageError, match="--originals"):
        evaluate("roles", make_roles(tmp_path), style="half")


def test_peers_give_no_roles(tmp_path):
    with pytest.raises(UsageError, match="peers give no roles"):
        evaluate("roles", make_roles(tmp_path), against=["trafilatura"])


def test_unknown_names_are_refused(tmp_path):
    with pytest.raises(UsageError, match="no data set 'wxcb'"):
        evaluate("wxcb", tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        evaluate("wcxb", tmp_path / "none")
    with pytest.raises(UsageError, match="no peer 'x'"):
        load_peers(["x"])


def test_run_takes_any_cleaning_function():
    seen = []

    def clean(case, source):
        seen.append((case.name, source))
        return cleaner.clean("")

    done = run([Case("one", html=b"<p>x")], clean, dataset=find_dataset("wcxb"))
    assert seen == [("one", b"<p>x")]
    assert [row.score for row in done.rows] == [1.0]


@pytest.mark.parametrize("name", ["trafilatura", "justext", "resiliparse", "readability"])
def test_peers_run_beside_the_program(tmp_path, name):
    pytest.importorskip(name)
    report = evaluate("wcxb", make_wcxb(tmp_path), against=[name], clean=clean_text_of)
    peer = [each for each in report.figures if each.program == name]
    assert [each.kind for each in peer] == ["all", "article", "forum", "product"]
    assert not any(each.failed for each in peer)


def test_a_peer_that_raises_scores_zero():
    def broken(html):
        raise ValueError("no page")

    case = Case("one", html=b"<p>x", text="x")
    done = run([case], clean_text_of, dataset=find_dataset("wcxb"), peers={"peer": broken})
    assert [(row.program, row.score, row.failure) for row in done.rows[1:]] == [
        ("peer", 0.0, "ValueError: no page")
    ]


def test_flattening_has_three_styles():
    pytest.importorskip("resiliparse")
    html = page(BRIDGE, f"{ROAD}<ul><li>{BRIDGE}</li><li>{ROAD}</li></ul>")
    wet, full, half = (flatten(html, style) for style in ("wet", "full", "half"))
    assert wet.split("\n")[:3] == MENU.split("\n")
    assert [line.strip() for line in full.split("\n") if line.strip()] == wet.split("\n")
    assert "\n\n" in full
    assert ROAD in half
    assert "Sign in" not in half
    assert flatten(b"", "wet") == ""
    with pytest.raises(UsageError, match="no style 'dry'"):
        flatten(html, "dry")


def test_flattened_pages_reach_the_program_as_text(tmp_path):
    pytest.importorskip("resiliparse")
    report = evaluate("aeb", make_aeb(tmp_path), style="wet")
    assert report.measurement == "aeb wet"
    assert overall(report).values["recall"] == 1.0


def test_half_cleaned_pages_are_asked_for_the_lines_they_have(tmp_path):
    pytest.importorskip("resiliparse")
    make_roles(tmp_path / "roles")
    make_readability(tmp_path / "data/readability")
    report = evaluate("roles", tmp_path / "roles", originals=[tmp_path / "data"], style="half")
    lines = overall(report).values["lines"]
    assert lines + report.left_out == 5
    assert lines >= 1


def test_small_shares_are_shown_with_more_digits(tmp_path):
    report = evaluate("wcxb", make_wcxb(tmp_path), clean=clean_text_of)
    small = replace(report.figures[0], values={"as comments": 0.00042})
    assert " 0.00042 " in render_text(replace(report, figures=(small,)))


def test_report_as_json(tmp_path):
    report = evaluate("roles", make_roles(tmp_path))
    record = json.loads(render_json(report, (), ["below"]))
    assert record["faults"] == ["below"]
    assert record["figures"][0]["values"]["lines"] == 5
    assert record["roles"][0]["role"] == "headline"


def test_tables_are_aligned(tmp_path):
    text = render_text(evaluate("wcxb", make_wcxb(tmp_path), clean=clean_text_of))
    table = [line for line in text.split("\n") if line.startswith(("program", "cleaner"))]
    assert len({len(line) for line in table}) == 1


def test_out_of_fold_takes_the_models_of_the_site(tmp_path):
    pytest.importorskip("tldextract")
    write(tmp_path / "folds.json", {"example.org": 1, "example.com": 0})
    for fold in "01":
        (tmp_path / fold).mkdir()
    used = []

    def cleaner_for(models):
        def clean(case, source):
            used.append((case.name, models.name))
            return cleaner.clean("")

        return clean

    clean = clean_out_of_fold(tmp_path, cleaner_for, dataset="wcxb")
    for name, url in (("a", "https://www.example.org/x"), ("b", "https://example.net/")):
        clean(Case(name, url=url), "")
    assert used == [("a", "1"), ("b", "0")]


def test_out_of_fold_needs_its_layout(tmp_path):
    with pytest.raises(UsageError, match=r"folds.json: not there"):
        clean_out_of_fold(tmp_path, lambda models: clean_text_of, dataset="wcxb")
    write(tmp_path / "folds.json", {"example.org": 3})
    with pytest.raises(UsageError, match="3: not there"):
        clean_out_of_fold(tmp_path, lambda models: clean_text_of, dataset="wcxb")


def row(name, score, program="cleaner"):
    return Row(program, name, "", score, {}, 0.1)


def test_comparison_is_paired():
    before = [row("a", 0.5), row("b", 0.5), row("gone", 1.0)]
    after = [row("a", 0.75), row("b", 0.5), row("new", 0.0), row("a", 1.0, "other")]
    [comparison] = compare_rows(before, after)
    assert (comparison.pages, comparison.unpaired) == (2, 2)
    assert comparison.difference == pytest.approx(0.125)
    assert comparison.error == pytest.approx(0.125)
    assert [change.name for change in comparison.most] == ["a"]


def test_comparison_shows_the_ten_pages_that_changed_most():
    before = [row(str(number), 0.0) for number in range(12)]
    after = [row(str(number), number / 12) for number in range(12)]
    [comparison] = compare_rows(before, after)
    assert [change.name for change in comparison.most] == [str(n) for n in range(11, 1, -1)]


def test_rows_are_read_as_they_were_written(tmp_path):
    rows = (row("a\u2028b", 0.5), row("c", 1.0))
    write_rows(rows, tmp_path / "rows.jsonl")
    assert read_rows(tmp_path / "rows.jsonl") == rows
    write(tmp_path / "other.jsonl", "{}\n")
    with pytest.raises(UsageError, match=r"other.jsonl:1: no row"):
        read_rows(tmp_path / "other.jsonl")


def floor(f1, data="d"):
    return Floor(data, "l", {"all f1": f1})


def test_floors_live(tmp_path):
    path = tmp_path / "floors.toml"
    assert faults_of("x html", floor(0.5), read_floors(path)) == [
        "x html: no floor; --set-floors sets it"
    ]
    write_floors(raised("x html", floor(0.5), {}, lower=False), path)
    floors = read_floors(path)
    assert floors == {"x html": floor(0.5)}
    assert faults_of("x html", floor(0.6), floors) == []
    assert "all f1 is 0.4000, its floor 0.5000" in faults_of("x html", floor(0.4), floors)[0]
    with pytest.raises(UsageError, match="--lower-floors"):
        raised("x html", floor(0.4), floors, lower=False)
    assert raised("x html", floor(0.4), floors, lower=True) == {"x html": floor(0.4)}


def test_floors_know_what_they_were_set_on():
    [fault] = faults_of("x", floor(0.6, data="other"), {"x": floor(0.5)})
    assert "other pages" in fault


def test_floors_miss_a_figure_that_is_gone():
    [fault] = faults_of("x", Floor("d", "l", {}), {"x": floor(0.5)})
    assert "was not measured" in fault


def test_broken_floors_are_named(tmp_path):
    write(tmp_path / "floors.toml", "[x]\nfigures = 1\n")
    with pytest.raises(UsageError, match=r"floors.toml: no file of floors"):
        read_floors(tmp_path / "floors.toml")


def test_what_set_a_floor_reaches_it(tmp_path):
    report = evaluate("wcxb", make_wcxb(tmp_path), clean=clean_text_of)
    assert "all f1" in report.floor.figures
    assert faults_of("x", report.floor, {"x": report.floor}) == []
