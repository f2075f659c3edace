"""From marks to one decision per block."""

from __future__ import annotations

from math import exp

from cleaner.document import Decision, Document, Mark, Role, sum_weights

UNMARKED = "unmarked"
"""The rule of a block that no stage spoke for: what no stage claims is the piece."""


UNSPOKEN = -2.0
"""The weight of a role that no mark speaks for or against.

At 0 the sixteen other roles would outweigh a weak mark: a short line outside
the piece would be navigation with 0.15, where 0.5 is nearer to what is found.
"""


def decide(document: Document) -> tuple[Decision, ...]:
    """One decision for each block, in page order.

    The weights of a block's marks are added up per role, and a softmax over the
    seventeen roles turns the sums into probabilities; the likeliest role wins,
    the first in `Role`'s order on a tie. A block without a mark is body.
    """
    return tuple(map(_decision, document.marks_by_block))


def _decision(marks: tuple[Mark, ...]) -> Decision:
    weights = sum_weights(marks)
    sums = [weights.get(role, UNSPOKEN) for role in Role]
    best = max(range(len(sums)), key=sums.__getitem__)
    role = list(Role)[best] if weights else Role.BODY
    cited = tuple(mark for mark in marks if mark.role is role and mark.weight > 0)
    score = 1 / sum(exp(total - sums[best]) for total in sums)
    if not cited:
        why = "no stage spoke for another role"
        return Decision(role, score, "deciding", UNMARKED, why, ())
    first = max(cited, key=lambda mark: mark.weight)
    return Decision(role, score, first.stage, first.rule, first.why, cited)
