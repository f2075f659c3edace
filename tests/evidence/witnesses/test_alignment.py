"""Which blocks another extractor kept."""

from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from cleaner.evidence.witnesses.alignment import Alignment, align

WORD = st.text(st.sampled_from("abcdefgh"), min_size=1, max_size=4)
LINE = st.lists(WORD, min_size=1, max_size=12).map(" ".join)
LINES = st.lists(LINE, max_size=12)


@given(LINES)
def test_all_that_was_kept_whole_is_kept(blocks):
    assert align(blocks, blocks).kept == (True,) * len(blocks)


@given(LINES)
def test_nothing_kept_keeps_nothing(blocks):
    assert align(blocks, []) == Alignment((False,) * len(blocks), 0.0)


@given(st.lists(st.text(max_size=20), max_size=8), st.lists(st.text(max_size=20), max_size=8))
def test_every_block_with_words_has_an_answer_and_the_share_is_one(blocks, kept):
    alignment = align(blocks, kept)
    assert len(alignment.kept) == len(blocks)
    assert 0.0 <= alignment.share <= 1.0
    assert align(list(blocks), list(kept)) == alignment


@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_blocks_of_their_own_words_are_told_apart(chosen):
    blocks = [" ".join(f"word{block}x{i}" for i in range(5)) for block in range(len(chosen))]
    kept = [block for block, is_kept in zip(blocks, chosen, strict=True) if is_kept]
    assert align(blocks, kept).kept == tuple(chosen)


@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_where_kept_lines_end_does_not_count(chosen):
    blocks = [" ".join(f"word{block}x{i}" for i in range(5)) for block in range(len(chosen))]
    kept = [block for block, is_kept in zip(blocks, chosen, strict=True) if is_kept]
    words = " ".join(kept).split()
    for lines in ([" ".join(words)], words):
        assert align(blocks, lines).kept == tuple(chosen)


def test_bullets_pipes_case_and_punctuation_do_not_count():
    blocks = ["Flour\t200 g of the fine", "Eggs, two of them fresh", "Leave a comment"]
    kept = ["| flour | 200 g of the fine |", "- EGGS – two of them; fresh"]
    assert align(blocks, kept).kept == (True, True, False)


def test_a_short_heading_is_told_by_the_words_after_it():
    blocks = ["News", "The bridge is open again", "Weather", "News", "The road is closed too"]
    kept = ["News", "The road is closed too"]
    assert align(blocks, kept).kept == (False, False, False, True, True)


def test_a_short_line_alone_counts_as_often_as_it_was_kept():
    assert align(["Reply", "Reply", "Reply"], ["Reply"]).kept == (True, False, False)


def test_a_block_of_which_some_words_were_left_out_is_kept():
    blocks = ["The bridge over the river opens on Monday (more) at ten in the morning"]
    kept = ["The bridge over the river opens on Monday", "at ten in the morning"]
    assert align(blocks, kept).kept == (True,)


def test_half_of_the_words_is_enough_and_fewer_are_not():
    words = [f"w{i}" for i in range(20)]
    assert align([" ".join(words)], [" ".join(words[:10])]).kept == (True,)
    assert align([" ".join(words)], [" ".join(words[:9])]).kept == (False,)


def test_scripts_without_spaces_have_words_too():
    blocks = ["橋は月曜日に開通する", "道路は春まで閉鎖される"]
    assert align(blocks, ["橋は月曜日に、開通する。"]).kept == (True, False)


def test_a_block_without_words_has_no_answer():
    assert align(["–", "One two three four"], ["One two three four"]).kept == (None, True)


def test_share_says_how_much_of_the_kept_text_the_blocks_have():
    assert align(["a b c d e"], ["a b c d e", "v w x y z"]).share == 0.5


def test_a_text_of_a_few_words_is_found_by_its_whole_lines():
    assert align(["Test page", "Home"], ["Test page"]) == Alignment((True, False), 1.0)


def test_time_grows_as_the_page_does():
    begin = process_time()
    align(["Reply now"] * 100_000, ["Reply now"] * 100_000)
    assert process_time() - begin < 10
