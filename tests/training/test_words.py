import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from scripts.training.words import count_words


def test_words_are_runs_of_letters_or_two_letters_without_spaces() -> None:
    assert count_words(["Two words.", "月曜日に"]).tolist() == [2.0, 2.0]
    assert count_words([]).tolist() == []
