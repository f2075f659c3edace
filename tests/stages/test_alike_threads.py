"""Threads told by their shape alone, in a language that nobody speaks."""

from __future__ import annotations

import random

import numpy as np
import pytest

import cleaner
from cleaner.evidence.lines.shape import shapes_of
from cleaner.stages.comments.beat_features import BEAT_FEATURES, beat_features

SYLLABLES = ("ba", "ke", "lo", "mi", "nu", "pra", "sti", "vo", "zer", "tal", "go", "fen")
HOURS = ("8:15", "9:02", "9:40", "11:15", "13:50", "18:44", "20:01", "21:30")


def words(chance: random.Random, count: int) -> str:
    return " ".join(
        "".join(chance.choices(SYLLABLES, k=chance.randint(1, 3))) for _ in range(count)
    )


def sentence(chance: random.Random, count: int) -> str:
    return words(chance, count).capitalize() + chance.choice((".", ".", "!", "?", "..."))


def article(chance: random.Random) -> list[str]:
    return [words(chance, 6).capitalize(), *(sentence(chance, 40) for _ in range(5))]


def comments(chance: random.Random) -> list[tuple[str, list[str]]]:
    """Lines with a name and a time, each with the lines of its text."""
    return [
        (
            f"{words(chance, 2).title()}, {number + 3}.06.2023 {hour} {words(random.Random(7), 2)}",
            [sentence(chance, size) for size in chance.sample((2, 9, 15, 30, 4), k=number % 2 + 1)],
        )
        for number, hour in enumerate(HOURS)
    ]


def page(*parts: list[str]) -> str:
    menu = ["Bake", "Lomi", "Zervo", "Stital", "Gofen"]
    return "\n".join([*menu, *(line for part in parts for line in part), "© 2023 Bake Lomi"])


@pytest.mark.parametrize("is_under", [False, True])
def test_comments_are_told_without_a_known_word(is_under: bool) -> None:
    chance = random.Random(3)
    items = comments(chance)
    lines = [
        line for head, text in items for line in ([*text, head] if is_under else [head, *text])
    ]
    found = cleaner.clean(page(article(chance), [f"Kelomi ({len(items)})"], lines))
    texts = " ".join(comment.text for comment in found.comments)
    passages = [line for _, text in items for line in text]
    assert sum(line in texts for line in passages) >= 0.8 * len(passages)
    assert not any(line in found.body for line in passages)


def test_dated_teasers_are_no_comments() -> None:
    chance = random.Random(4)
    teasers = [
        line
        for number, hour in enumerate(HOURS)
        for line in (words(chance, 7).capitalize(), f"{number + 3}.06.2023 {hour}")
    ]
    assert not cleaner.clean(page(article(chance), ["Kelomi"], teasers)).comments


def test_a_row_of_features_for_each_time_and_none_for_none() -> None:
    lines = ["Ada, 3 May 2019", "It rained.", "Bo, 4 May 2019", "Did it?"]
    shapes = shapes_of(lines)
    rows = beat_features(lines, shapes, {0: "3 May 2019", 2: "4 May 2019"})
    assert rows.shape == (2, len(BEAT_FEATURES))
    assert np.isfinite(rows).all()
    assert beat_features(lines, shapes, {}).shape == (0, len(BEAT_FEATURES))
    assert beat_features([], [], {}).shape == (0, len(BEAT_FEATURES))


def test_features_know_no_words() -> None:
    lines = [
        "Ada, 3 May 2019",
        "it rained all day.",
        "Bo, 4 May 2019",
        "did it?",
        "Ada, 5 May 2019",
    ]
    turned = [line.translate(str.maketrans("abdeilnorty", "tuvwyzbdfgh")) for line in lines]
    times = {0: "3 May 2019", 2: "4 May 2019", 4: "5 May 2019"}
    others = {line: turned[line].partition(", ")[2] for line in times}
    one = beat_features(lines, shapes_of(lines), times)
    other = beat_features(turned, shapes_of(turned), others)
    assert (one == other).all()
