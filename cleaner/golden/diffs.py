"""Two texts as a unified diff that a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import unified_diff
from itertools import groupby, zip_longest

from cleaner.golden.differences import first_difference

WIDTH = 100
"""Characters of a line that are shown; paragraphs are often one long line."""

LEAD = 30
"""Of these so many stand before the place where two lines begin to differ."""

HEADER_LINES = 2
"""A diff begins with ``---`` and ``+++``."""

UNENDED = "\\ no line break at the end"
"""Stands after a last line that does not end in LF."""


def diff_lines(old: str, new: str, *, old_name: str, new_name: str) -> tuple[str, ...]:
    r"""The unified diff of two texts, one string per line, without line ends.

    Lines end at LF and at nothing else. Empty when the texts are the same.

    >>> diff_lines("a\nb\n", "a\nc\n", old_name="was", new_name="is")
    ('--- was', '+++ is', '@@ -1,2 +1,2 @@', ' a', '-b', '+c')
    """
    return tuple(unified_diff(_lines(old), _lines(new), old_name, new_name, lineterm=""))


def shorten_diff(lines: Sequence[str]) -> Iterator[str]:
    """The lines of a diff, each cut to `WIDTH` characters.

    A changed line is cut around the place where it begins to differ from its
    counterpart, the line as far down in the other half of the change.
    """
    yield from lines[:HEADER_LINES]
    runs = [list(run) for _, run in groupby(lines[HEADER_LINES:], key=lambda line: line[0])]
    for before, run, after in zip([[], *runs], runs, [*runs[1:], []], strict=False):
        counterparts = _counterparts(run, before, after)
        for line, counterpart in zip_longest(run, counterparts[: len(run)]):
            yield line[0] + _window(line[1:], counterpart)


def _counterparts(run: list[str], before: list[str], after: list[str]) -> list[str]:
    """The other half of a change; empty when lines only came or went, or nothing changed."""
    if run[0][0] == "-" and after and after[0][0] == "+":
        return after
    if run[0][0] == "+" and before and before[0][0] == "-":
        return before
    return []


def _window(text: str, counterpart: str | None) -> str:
    place = first_difference(text, counterpart[1:]) if counterpart else 0
    begin = place - LEAD if place > WIDTH - LEAD else 0
    end = begin + WIDTH
    return f"{'…' if begin else ''}{text[begin:end]}{'…' if end < len(text) else ''}"


def _lines(text: str) -> list[str]:
    lines = text.split("\n")
    last = lines.pop()
    return [*lines, last, UNENDED] if last else lines
