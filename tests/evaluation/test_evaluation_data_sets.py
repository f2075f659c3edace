import pytest
from data_sets import (
    BRIDGE,
    ROAD,
    make_aeb,
    make_readability,
    make_roles,
    make_traf,
    make_wcxb,
    page,
    write,
)

from cleaner.document import Role
from cleaner.errors import UsageError
from cleaner.evaluation.datasets import (
    load_aeb,
    load_readability,
    load_roles,
    load_traf,
    load_wcxb,
)
from cleaner.evaluation.datasets.markup import html_text
from cleaner.evaluation.folds import site_of


def test_wcxb_reads_pages_and_kinds(tmp_path):
    cases = list(load_wcxb(make_wcxb(tmp_path)))
    assert [case.name for case in cases] == ["0001", "0002", "0003"]
    assert [case.kind for case in cases] == ["article", "forum", "product"]
    assert (cases[0].text, cases[0].url) == (BRIDGE, "https://example.org/0001")
    assert cases[0].html == page(BRIDGE)


def test_wcxb_splits_are_kept_apart(tmp_path):
    make_wcxb(tmp_path, split="test")
    assert len(load_wcxb(tmp_path, split="test")) == 3
    with pytest.raises(UsageError, match="expected WCXB's layout"):
        load_wcxb(tmp_path)


def test_aeb_reads_bodies(tmp_path):
    assert [case.text for case in load_aeb(make_aeb(tmp_path))] == [BRIDGE, ROAD]


@pytest.mark.parametrize(
    "places", [("cache/one.html", "eval/two.html"), ("html/one.html.gz", "html/two.html.gz")]
)
def test_traf_reads_both_layouts(tmp_path, places):
    first, _ = load_traf(make_traf(tmp_path, places))
    assert (first.name, first.html) == ("one.html", page(BRIDGE))
    assert (first.within, first.without) == ((BRIDGE[:30], BRIDGE[-30:]), ("Sign in",))


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_readability_leaves_the_title_out(tmp_path, suffix):
    cases = list(load_readability(make_readability(tmp_path, suffix)))
    assert [case.text for case in cases] == [BRIDGE, ROAD]


@pytest.mark.parametrize("cut", ["\t", " | "])
def test_roles_reads_both_forms(tmp_path, cut):
    [case] = load_roles(make_roles(tmp_path, cut))
    assert [line.role for line in case.lines][-2:] == [Role.HEADLINE, Role.BODY]
    assert (case.lines[-1].text, case.kind, case.html) == (BRIDGE, "readability", None)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("wcxb-0001", "wcxb/dev/html/0001.html.gz"),
        ("wcxb-0001", "wcxb/test/html/0001.html.gz"),
        ("traf-one.html", "traf-dev/html/one.html.gz"),
        ("readability-a1", "readability/a1/source.html"),
    ],
)
def test_roles_finds_originals(tmp_path, name, place):
    make_roles(tmp_path / "roles", name=name)
    write(tmp_path / "data" / place, page(BRIDGE))
    for original in (tmp_path / "data", (tmp_path / "data" / place.split("/")[0])):
        [case] = load_roles(tmp_path / "roles", originals=[original])
        assert case.html == page(BRIDGE)


def test_roles_knows_the_urls_of_originals(tmp_path):
    make_wcxb(tmp_path / "data/wcxb")
    make_traf(tmp_path / "data/traf-dev", ("html/one.html.gz", "html/two.html.gz"))
    for name in ("wcxb-0001", "traf-one.html"):
        make_roles(tmp_path / "roles", name=name)
    cases = load_roles(tmp_path / "roles", originals=[tmp_path / "data"])
    assert [case.url for case in cases] == ["https://example.org/a1", "https://example.org/0001"]


def test_roles_names_an_original_that_is_not_there(tmp_path):
    make_roles(tmp_path / "roles")
    (tmp_path / "data").mkdir()
    with pytest.raises(UsageError, match=r"readability-a1.labels: its original is not there"):
        list(load_roles(tmp_path / "roles", originals=[tmp_path / "data"]))


def test_roles_reads_golden_files(tmp_path):
    head = "# source: a.txt\n# note: by hand\n"
    write(tmp_path / "a.labels", head + "body | a \\\\ b\\nc | d\n")
    [case] = load_roles(tmp_path)
    assert ([line.text for line in case.lines], case.kind) == (["a \\ b\nc | d"], "")
    write(tmp_path / "a.labels", "body | a \\x\n")
    with pytest.raises(UsageError, match=r"a.labels:1: .* is no escape"):
        list(load_roles(tmp_path))


def test_roles_names_the_line_without_a_role(tmp_path):
    write(tmp_path / "wcxb-1.labels", "body\tone\nbodyy\ttwo\n")
    with pytest.raises(UsageError, match=r"wcxb-1.labels:2: .* has no role"):
        list(load_roles(tmp_path))


@pytest.mark.parametrize(
    ("load", "expected"),
    [
        (load_wcxb, "metadata.json"),
        (load_aeb, "ground-truth.json"),
        (load_traf, "evaldata.json"),
        (load_readability, "NAME/source.html"),
        (load_roles, "NAME.labels"),
    ],
)
def test_another_layout_is_named(tmp_path, load, expected):
    with pytest.raises(UsageError, match=f"expected .*{expected}"):
        load(tmp_path)


def test_broken_files_are_named(tmp_path):
    make_traf(tmp_path)
    (tmp_path / "cache/one.html").unlink()
    with pytest.raises(UsageError, match=r"no page one.html"):
        list(load_traf(tmp_path))
    write(tmp_path / "evaldata.json", "[1]")
    with pytest.raises(UsageError, match="expected one JSON object"):
        load_traf(tmp_path)
    write(tmp_path / "wcxb/metadata.json", "{")
    with pytest.raises(UsageError, match="not JSON"):
        load_wcxb(tmp_path / "wcxb")


def test_a_page_that_is_no_gzip_file_is_named(tmp_path):
    make_aeb(tmp_path)
    (tmp_path / "html/a1.html.gz").write_bytes(b"plain")
    with pytest.raises(UsageError, match=r"a1.html.gz: cannot be read"):
        list(load_aeb(tmp_path))


def test_html_text_sees_what_a_reader_sees():
    html = "<p>One &amp; <b>t</b>wo</p><script>x = 1</script><img/><p>three"
    assert html_text(html) == "One & two\nthree"


def test_sites_come_from_urls_and_canonical_links(tmp_path):
    pytest.importorskip("tldextract")
    first, *_ = load_wcxb(make_wcxb(tmp_path / "wcxb"))
    assert site_of(first, "wcxb") == "example.org"
    make_readability(tmp_path / "readability")
    write(
        tmp_path / "readability/b2/source.html", '<link rel="canonical" href="//a.example.co.uk/">'
    )
    sites = [site_of(case, "readability") for case in load_readability(tmp_path / "readability")]
    assert sites == ["readability-a1", "example.co.uk"]
