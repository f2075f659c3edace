"""Other extractors as evidence: the real libraries, and what goes wrong with them."""

import subprocess
import sys
import threading
from dataclasses import replace

import pytest

import cleaner
from cleaner.errors import UsageError
from cleaner.evidence.witnesses import WITNESSES, ask_witnesses, check_witnesses
from cleaner.evidence.witnesses.asking import STAGE
from cleaner.evidence.witnesses.justext import MOST_PARAGRAPHS
from cleaner.evidence.witnesses.registry import load_witness
from cleaner.evidence.witnesses.trees import DEPTH_LIMIT
from cleaner.evidence.witnesses.weights import Weights, load_weights
from cleaner.page import Outcome
from cleaner.parsing.html import parse_html
from cleaner.settings import Settings

SENTENCES = (
    "The council of the town said on Monday that it will open the new bridge to all of the people "
    "who want to see it, and that there will be music on both of the banks until the morning."
)
ARTICLE = "".join(f"<p>{SENTENCES} That was what it said for the {n}th time.</p>" for n in range(6))
PAGE = (
    "<html><head><title>The bridge</title></head><body>"
    "<nav><ul><li><a href='/'>Home</a><li><a href='/b'>Boats and more</a></ul></nav>"
    f"<main><article><h1>The bridge is open</h1>{ARTICLE}</article></main>"
    "<footer><p><a href='/c'>Contact us by letter today</a></p></footer></body></html>"
)


@pytest.fixture(params=list(WITNESSES))
def name(request):
    """Each witness whose library is installed."""
    pytest.importorskip(request.param, reason=f"the library {request.param} is not installed")
    return request.param


def opinion_of(name, markup):
    (testimony,) = ask_witnesses([name], parse_html(markup), markup)
    return testimony


def replace_witness(monkeypatch, name, ask):
    monkeypatch.setattr("cleaner.evidence.witnesses.asking.load_witness", lambda _: ask)


def test_marks_are_for_what_was_kept_and_against_the_rest(name):
    page = parse_html(PAGE)
    marks = {mark.block: mark for mark in opinion_of(name, PAGE).marks}
    weights = load_weights(name)
    assert {(mark.stage, mark.rule, mark.role) for mark in marks.values()} == {
        (STAGE, name, cleaner.Role.BODY)
    }
    for block in page.blocks:
        if SENTENCES in block.text:
            assert marks[block.index].weight == weights.kept > 0
            assert marks[block.index].why == f"{name} kept it"
        if block.text in ("Home", "Boats and more", "Contact us by letter today"):
            assert marks[block.index].weight == weights.dropped < 0


def test_on_a_thread_replies_are_spoken_of_as_the_body_is(name):
    (testimony,) = ask_witnesses([name], parse_html(PAGE), PAGE, is_thread=True)
    weights = {(mark.block, mark.role): mark.weight for mark in testimony.marks}
    assert {role for _, role in weights} == {cleaner.Role.BODY, cleaner.Role.COMMENT}
    for block, role in weights:
        assert weights[block, role] == weights[block, cleaner.Role.BODY]


def test_the_same_page_has_the_same_marks_whatever_came_before(name):
    first = opinion_of(name, PAGE)
    opinion_of(name, PAGE.replace("bridge", "road"))
    assert opinion_of(name, PAGE) == first


def test_a_witness_says_nothing_of_pages_that_it_reads_in_part(name):
    deep = f"{PAGE}{'<div>' * (DEPTH_LIMIT + 20)}{ARTICLE}"
    testimony = opinion_of(name, deep)
    assert testimony.marks == ()
    assert "deeper than" in testimony.silence
    assert opinion_of(name, f"{PAGE}{'<div>' * (DEPTH_LIMIT - 20)}{ARTICLE}").marks


@pytest.mark.parametrize("markup", ["<p></p>", "<!-- -->", "<frameset>", "<html>\x00", "<p>\ud800"])
def test_a_page_without_text_has_no_marks(name, markup):
    testimony = opinion_of(name, markup)
    assert testimony.marks == ()
    assert testimony.silence.startswith(f"{name} ")


def test_flattened_text_has_no_marks_and_the_page_says_why(name):
    page = cleaner.clean(f"Home\n{SENTENCES}\n", settings=Settings(witnesses=(name,)))
    assert all(mark.stage != STAGE for block in page.blocks for mark in block.marks)
    assert page.outcome == Outcome("ok", f"{name} reads HTML only")


def test_markup_that_had_to_be_cut_is_not_given_to_witnesses(name):
    page = replace(parse_html(PAGE), cut="12 tags")
    (testimony,) = ask_witnesses([name], page, PAGE)
    assert testimony.silence == f"{name} was not asked about markup that had to be cut"


def test_justext_is_not_asked_about_too_many_paragraphs():
    pytest.importorskip("justext", reason="the library justext is not installed")
    testimony = opinion_of("justext", f"<p>{SENTENCES}</p>" * (MOST_PARAGRAPHS + 1))
    assert testimony.silence == f"justext was not asked about {MOST_PARAGRAPHS + 1} paragraphs"


def test_a_witness_that_raises_has_no_marks_and_the_page_says_so(name, monkeypatch):
    def ask(markup):
        raise RuntimeError("broken")

    replace_witness(monkeypatch, name, ask)
    page = cleaner.clean(PAGE, settings=Settings(witnesses=(name,)))
    assert page.outcome.state == "ok"
    assert page.outcome.reason == f"{name} failed (RuntimeError: broken)"
    assert page.blocks == cleaner.clean(PAGE).blocks


def test_a_text_that_is_not_of_the_page_is_no_evidence(name, monkeypatch):
    replace_witness(monkeypatch, name, lambda markup: ["Quite another text than that of the page"])
    assert opinion_of(name, PAGE).silence == f"{name} kept a text that is not that of the blocks"


def test_marks_move_the_main_content(name, monkeypatch):
    blocks = cleaner.clean(PAGE).blocks
    replace_witness(monkeypatch, name, lambda markup: [block.text for block in blocks[-1:]])
    monkeypatch.setattr(
        "cleaner.evidence.witnesses.asking.load_weights",
        lambda _: Weights(kept=12.0, dropped=-12.0),
    )
    page = cleaner.clean(PAGE, settings=Settings(witnesses=(name,)))
    assert page.body.endswith("Contact us by letter today")
    assert page.body.count(SENTENCES) < cleaner.clean(PAGE).body.count(SENTENCES)
    assert (page.blocks[-1].stage, page.blocks[-1].rule) == (STAGE, name)


def test_each_witness_is_asked_once_in_one_order():
    pytest.importorskip("justext", reason="the library justext is not installed")
    names = ("justext", "trafilatura", "justext")
    page = cleaner.clean(PAGE, settings=Settings(witnesses=names))
    rules = [mark.rule for mark in page.blocks[-1].marks if mark.stage == STAGE]
    assert rules == ["trafilatura", "justext"]
    assert page.blocks == cleaner.clean(PAGE, settings=Settings(witnesses=names[:2])).blocks


@pytest.mark.parametrize("off", [STAGE, f"{STAGE}/trafilatura"])
def test_a_witness_can_be_switched_off(off):
    settings = Settings(witnesses=("trafilatura",), without=(off,))
    assert cleaner.clean(PAGE, settings=settings).blocks == cleaner.clean(PAGE).blocks


def test_an_unknown_witness_is_wrong_usage():
    with pytest.raises(UsageError, match="no witness 'nosuch'; there are trafilatura, justext"):
        cleaner.clean(PAGE, settings=Settings(witnesses=("nosuch",)))


def test_a_library_that_is_not_installed_is_wrong_usage(monkeypatch):
    monkeypatch.setitem(sys.modules, "justext", None)
    load_witness.cache_clear()
    with pytest.raises(UsageError, match=r"install it with: pip install 'cleaner\[witness\]'"):
        check_witnesses(["justext"])
    load_witness.cache_clear()


def test_witnesses_are_not_asked_in_threads():
    errors: list[UsageError] = []

    def check():
        try:
            check_witnesses(["trafilatura"])
        except UsageError as error:
            errors.append(error)

    thread = threading.Thread(target=check)
    thread.start()
    thread.join()
    assert "use processes" in str(errors[0])
    check_witnesses([])


def test_libraries_are_imported_only_when_asked_for():
    script = (
        "import sys, cleaner\n"
        "cleaner.clean('<p>The bridge is open.</p>')\n"
        "print({'trafilatura', 'justext', 'lxml'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"
