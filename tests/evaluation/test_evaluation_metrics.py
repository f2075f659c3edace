import pytest

from cleaner.document import Role
from cleaner.evaluation.cases import Case, GoldLine
from cleaner.evaluation.metrics.lines import LINES, role_table
from cleaner.evaluation.metrics.passages import LabelledPage, count_passages
from cleaner.evaluation.metrics.placing import place_lines
from cleaner.evaluation.metrics.shingles import SHINGLES, UNTITLED_SHINGLES
from cleaner.evaluation.metrics.snippets import SNIPPETS
from cleaner.evaluation.metrics.words import WORDS, SortedText


def figures(metric, case, answer):
    return metric.figures([metric.count(case, answer)])


def test_word_f1_counts_words_as_often_as_they_stand():
    case = Case("x", text="The boat, the sea")
    assert figures(WORDS, case, "the sea and the wind") == pytest.approx(
        {"precision": 3 / 5, "recall": 3 / 4, "f1": 6 / 9, "as comments": 0.0}
    )


def test_words_taken_for_comments_are_counted():
    page = SortedText("The boat", comments="left the harbour early", rest="early Home")
    counts = WORDS.count(Case("x", text="The boat left early"), page)
    assert (counts["words"], counts["as comments"]) == (4, 1)
    assert WORDS.figures([counts])["as comments"] == 0.25


def test_on_a_thread_comments_are_no_loss():
    page = SortedText("The boat", comments="left")
    counts = [
        WORDS.count(Case("x", text="The boat left"), page),
        WORDS.count(Case("y", text="The boat left", kind="forum"), page),
    ]
    assert WORDS.figures(counts)["as comments"] == pytest.approx(1 / 3)


def test_word_f1_is_averaged_over_pages():
    counts = [WORDS.count(Case("x", text="one"), text) for text in ("one", "two")]
    assert WORDS.figures(counts)["f1"] == 0.5


def test_word_f1_of_an_empty_gold_text():
    empty = Case("x", text=" ")
    assert [WORDS.score(WORDS.count(empty, text)) for text in ("", "one")] == [1.0, 0.0]
    assert WORDS.count(empty, "")["empty"] == 1.0


@pytest.mark.parametrize("metric", [WORDS, SHINGLES, UNTITLED_SHINGLES])
def test_failures_score_zero_even_where_nothing_was_to_find(metric):
    assert metric.score(metric.count(Case("x"), None)) == 0.0


def test_shingle_f1_is_made_of_mean_precision_and_mean_recall():
    counts = [
        SHINGLES.count(Case("x", text="a b c d e f"), "a b c d e"),  # 2 of 2, 2 of 3
        SHINGLES.count(Case("y", text="a b c d"), "a b c x a b c d"),  # 1 of 5, 1 of 1
    ]
    precision, recall = (1 + 1 / 5) / 2, (2 / 3 + 1) / 2
    assert SHINGLES.figures(counts) == pytest.approx(
        {
            "precision": precision,
            "recall": recall,
            "f1": 2 * precision * recall / (precision + recall),
        }
    )


def test_shingles_of_short_texts_are_the_texts():
    assert SHINGLES.score(SHINGLES.count(Case("x", text="One two"), "One two!")) == 1.0
    assert SHINGLES.score(SHINGLES.count(Case("x", text="One two"), "one two")) == 0.0


def test_untitled_shingles_forgive_the_title_at_the_start():
    case = Case("x", text="a b c d e", title="The title")
    assert figures(UNTITLED_SHINGLES, case, "The Title\na b c d e")["f1"] == 1.0
    assert figures(SHINGLES, case, "The Title\na b c d e")["f1"] < 1.0


def test_snippet_f1_is_taken_over_all_snippets():
    counts = [
        SNIPPETS.count(Case("x", within=("a", "b"), without=("menu",)), "a and\n the menu"),
        SNIPPETS.count(Case("y", within=("c",)), "c"),
        SNIPPETS.count(Case("z", within=("d",), without=("e",)), None),
    ]
    assert SNIPPETS.figures(counts) == pytest.approx(
        {"precision": 2 / 3, "recall": 2 / 4, "f1": 4 / 7}
    )


LABELLED = Case(
    "x",
    lines=(
        GoldLine(Role.NAVIGATION, "Home"),
        GoldLine(Role.BODY, "The boat left in the evening."),
        GoldLine(Role.COMMENT, "What a fine boat"),
        GoldLine(Role.COMMENT_META, "Reply"),
    ),
)


def test_line_shares_and_comment_words():
    answer = (
        (Role.NAVIGATION, "Home"),
        (Role.HEADING, "The boat left in the evening."),
        (Role.COMMENT, "What a fine boat"),
        (Role.COMMENT, "Reply"),
    )
    found = figures(LINES, LABELLED, LabelledPage(answer, ("What a fine boat",)))
    assert (found["role"], found["group"], found["nowhere"]) == (0.5, 1.0, 0.0)
    assert (found["comment P"], found["comment R"]) == (4 / 5, 1.0)
    assert (found["in comments"], found["in body"]) == (1.0, 0.0)


def test_what_readers_quote_of_the_piece_has_not_leaked():
    quote = GoldLine(Role.COMMENT, "The boat left")
    page = LabelledPage((), (), "The boat left in the evening. What a fine boat")
    found = count_passages((*LABELLED.lines, quote), page)
    assert (found["passages"], found["in body"], found["leaked"]) == (2, 2, 1)


def test_lines_found_in_no_block_are_wrong():
    counts = LINES.count(LABELLED, LabelledPage(((Role.BODY, "The boat left in the evening."),)))
    found = LINES.figures([counts])
    assert (found["role"], found["nowhere"]) == (0.25, 0.75)
    assert (Role.BODY, 1, 1, 1) in list(role_table([counts]))
    assert LINES.score(LINES.count(LABELLED, None)) == 0.0


@pytest.mark.parametrize(
    ("lines", "blocks", "places"),
    [
        ([], ["one"], []),
        (["one"], [], [None]),
        (["Reply", "One", "Reply"], ["Reply", "One", "Reply"], [0, 1, 2]),
        (["One two three", "four"], ["One", "two three\nfour"], [1, 1]),
        (["one two", "three four"], ["three four", "one two"], [1, 0]),
        (["}", "x = 1"], ["x = 1", "}"], [1, 0]),
        (["HomeContact us"], ["Menu", "Home", "Contact us"], [2]),
        (["start", "}", "end"], ["start", "{ a }\nb", "end"], [0, 1, 2]),
        (["one two three four"], ["one", "five six"], [None]),
    ],
)
def test_lines_are_placed_in_page_order(lines, blocks, places):
    assert place_lines(lines, blocks) == places
