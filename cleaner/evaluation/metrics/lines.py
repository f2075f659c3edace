"""Labelled lines: the share that has the right role, or a role of the right group.

A line takes the role of the block that holds most of its words, see `placing`;
a line found in no block counts as wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from cleaner.document import Role
from cleaner.evaluation.cases import Case
from cleaner.evaluation.metrics.metric import Counts, Metric, share, total
from cleaner.evaluation.metrics.passages import (
    IN_BODY,
    LabelledPage,
    count_passages,
    passage_figures,
)
from cleaner.evaluation.metrics.placing import place_lines
from cleaner.evaluation.metrics.words import words

Roles = tuple[tuple[Role, str], ...]
"""A page as an answer: each block's role and text, in page order."""

NOWHERE = "-"
"""Stands for the role of a line that was found in no block."""

_PAIR = " > "


def line_roles(lines: Sequence[str], answer: Roles) -> list[Role | None]:
    """For each line the role of its block; None for a line that no block holds.

    >>> line_roles(["One", "two"], ((Role.BODY, "one"),))
    [<Role.BODY: 'body'>, None]
    """
    places = place_lines(lines, [text for _, text in answer])
    return [None if place is None else answer[place][0] for place in places]


def _count(case: Case, answer: LabelledPage | None) -> Counts:
    got = line_roles([line.text for line in case.lines], answer.blocks if answer else ())
    counts: Counter[str] = Counter(lines=len(case.lines), role=0)
    for line, role in zip(case.lines, got, strict=True):
        counts["role"] += role is line.role
        counts["group"] += role is not None and role.group is line.role.group
        counts["nowhere"] += role is None
        counts[f"{line.role}{_PAIR}{role or NOWHERE}"] += 1
        for side, name in ((line.role, "comment words"), (role, "words as comment")):
            counts[name] += len(words(line.text)) if side is Role.COMMENT else 0
        if role is line.role is Role.COMMENT:
            counts["right comment words"] += len(words(line.text))
    roles = {name: float(count) for name, count in counts.items()}
    return roles | count_passages(case.lines, answer)


def _figures(counts: Sequence[Counts]) -> dict[str, float]:
    lines = total(counts, "lines")
    right = total(counts, "right comment words")
    return {
        "lines": lines,
        "role": share(total(counts, "role"), lines),
        "group": share(total(counts, "group"), lines),
        "nowhere": share(total(counts, "nowhere"), lines),
        "comment P": share(right, total(counts, "words as comment")),
        "comment R": share(right, total(counts, "comment words")),
        **passage_figures(counts),
    }


def role_table(counts: Sequence[Counts]) -> Iterator[tuple[Role, int, int, int]]:
    """For each role that occurs: its labelled lines, the program's lines, those that agree."""
    pairs: Counter[tuple[str, ...]] = Counter()
    for page in counts:
        for name, count in page.items():
            if _PAIR in name:
                pairs[tuple(name.split(_PAIR))] += int(count)
    for role in Role:
        gold = sum(count for (wanted, _), count in pairs.items() if wanted == role)
        program = sum(count for (_, got), count in pairs.items() if got == role)
        if gold or program:
            yield role, gold, program, pairs[role, role]


LINES: Metric[LabelledPage] = Metric(
    _count,
    lambda counts: share(counts["role"], counts["lines"]),
    _figures,
    ("role", "group", "comment P", "comment R", "in comments"),
    IN_BODY,
)
"""Shares over all lines; precision and recall of readers' words over the words of lines.

``in comments``, ``in body`` and ``leaked`` are shares of the labelled comment lines, see
`passages`.
"""
