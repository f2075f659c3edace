"""Lines that stand with one comment after the other are no text, whatever their language."""

from __future__ import annotations

from collections.abc import Sequence

from cleaner.document import CommentPart, Mark, Role
from cleaner.pipeline import read_document
from cleaner.stages.comments.recurring import with_recurring
from cleaner.stages.rules import load_rules

LINE = load_rules("comments")["repeated:line"]


def texts_of(comments: Sequence[tuple[str, Sequence[str]]]) -> list[list[str]]:
    """The lines that stay text of each comment, given its writer and all its lines."""
    lines, marks = [], []
    for number, (author, text) in enumerate(comments):
        part = CommentPart(number, (("author", author),))
        for line, role in [(author, Role.COMMENT_META), *((line, Role.COMMENT) for line in text)]:
            here = part if role is Role.COMMENT_META else CommentPart(number)
            marks.append(Mark(len(lines), role, 5.0, "comments", "some", "", here))
            lines.append(line)
    document = read_document("\n".join(lines))[0]
    found = with_recurring(document, marks, LINE)
    kept: list[list[str]] = [[] for _ in comments]
    for mark in found:
        if mark.role is Role.COMMENT and mark.part and mark.part.item is not None:
            kept[mark.part.item].append(lines[mark.block])
    return kept


def test_buttons_and_counts_in_any_language_are_no_text() -> None:
    thread = [
        ("otter", ["Retrato de otter", "Ikke i min have!", "Synes om 12", "Besvar kommentar"]),
        ("Ada Example", ["Retrato de Ada Example", "Jo.", "Synes om 3", "Besvar kommentar"]),
        ("reed", ["Retrato de reed", "Hos os, ja.", "Tak!", "Synes om 0", "Besvar kommentar"]),
    ]
    assert texts_of(thread) == [["Ikke i min have!"], ["Jo."], ["Hos os, ja.", "Tak!"]]


def test_whom_it_answers_is_no_text() -> None:
    answers = [("otter", ["No."]), ("reed", ["Why?"]), ("Bo Sample", ["It leaks."])]
    answers += [(f"writer {n}", ["Till svar för otter", f"Say {'so' * n}."]) for n in range(1, 4)]
    assert texts_of(answers)[3:] == [["Say so."], ["Say soso."], ["Say sososo."]]


def test_what_readers_say_again_and_again_stays() -> None:
    thanks = [("otter", ["It works now.", "Thanks!"]), ("reed", ["Thanks!"]), ("Ada", ["Fixed."])]
    assert texts_of(thanks) == [list(lines) for _, lines in thanks]
    votes = [(f"writer {n}", ["+1"]) for n in range(5)]
    assert texts_of(votes) == [["+1"]] * 5


def test_a_line_between_two_of_a_text_stays() -> None:
    between = [
        (f"writer {n}", [f"{'so' * n} it is.", "* * *", f"and {'so' * n}"]) for n in range(5)
    ]
    assert texts_of(between) == [list(lines) for _, lines in between]
