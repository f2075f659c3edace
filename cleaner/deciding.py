"""From marks and chances to one decision per block.

Without a model the weights of a block's marks are added up per role, and a
softmax turns the sums into chances. With a model its chances are the start:
the logarithm of each is added to the sum. Then the main content is cut out as a
whole, where the expected F1 is highest, and a block takes its likeliest role
among those of its side of the cut.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, partial
from math import exp, log

import numpy as np
from numpy.typing import NDArray

from cleaner.document import (
    LEAST,
    OF_THREADS,
    ROLE_NUMBERS,
    Chances,
    Decision,
    Decisions,
    Document,
    Mark,
    Role,
    main_roles,
    sum_weights,
)
from cleaner.evidence.cut import expected_f1_cut
from cleaner.evidence.repeats import further_copies

Floats = NDArray[np.float64]

UNMARKED = "unmarked"
"""The rule of a block that no stage spoke for: what no stage claims is the piece."""

UNSPOKEN = -2.0
"""The weight of a role that no mark speaks for or against.

At 0 the sixteen other roles would outweigh a weak mark: a short line outside
the piece would be navigation with 0.15, where 0.5 is nearer to what is found.
"""

MODEL = "model"
"""The stage of a decision that the model's chances settled."""

_ROLES = tuple(Role)
_COMMENT, _HEADLINE = ROLE_NUMBERS[Role.COMMENT], ROLE_NUMBERS[Role.HEADLINE]
_LEAST_MAIN = 0.1  # below it nothing is content: the cut alone keeps a block of every page
_ROLES_SHARE = 0.45
"""Share of the roles' own log-odds in that of main content.

Measured out of fold on two folds at 0.1, 0.3, 0.45 and 1, roles right: HTML 0.847, 0.858, 0.861
and 0.862, flattened text 0.844, 0.845, 0.846 and 0.845, its groups best below 0.6.
"""

_MARKS_SHARE = 0.6
"""Share of a mark's weight beside a model, which has mostly seen what the rule sees.

Measured out of fold on two folds, for the likeliest role, with all, half and none of it: on
HTML 0.861, 0.866 and 0.861 right, on flattened text 0.835, 0.838 and 0.834. At 0.6 it is
the same as at half, and the changed seeds keep their roles.
"""

_WHOLE = ("comments", "witness")
"""The stages whose marks count whole: of threads, which no model sees as such, and of other
extractors, whose weights were measured beside the models."""


def decide(document: Document) -> Decisions:
    """One decision for each block, in page order."""
    if document.chances is None:
        return _decide_alone(document)
    return _decide_with(document, document.chances)


def _decide_alone(document: Document) -> Decisions:
    """Decisions by marks alone; a block without a mark is body."""
    marks = [document.marks_by_block.get(block.index, ()) for block in document.blocks]
    decided = [_role_alone(sum_weights(own)) for own in marks]

    def cite(index: int, role: Role, score: float) -> Decision:
        cited = tuple(mark for mark in marks[index] if mark.role is role and mark.weight > 0)
        if not cited:
            why = "no stage spoke for another role"
            return Decision(role, score, "deciding", UNMARKED, why, ())
        first = max(cited, key=lambda mark: mark.weight)
        return Decision(role, score, first.stage, first.rule, first.why, cited)

    return Decisions([role for role, _ in decided], [score for _, score in decided], cite)


def _role_alone(weights: dict[Role, float]) -> tuple[Role, float]:
    """The role with the highest sum, and its share in a softmax over all."""
    sums = [weights.get(role, UNSPOKEN) for role in Role]
    best = max(range(len(sums)), key=sums.__getitem__)
    score = 1 / sum(exp(total - sums[best]) for total in sums)
    return (_ROLES[best] if weights else Role.BODY), score


def _decide_with(document: Document, chances: Chances) -> Decisions:
    cite = partial(_cited, document.marks_by_block, chances)  # not the document, to let it go
    if not document.blocks:
        return Decisions((), (), cite)
    inside = _inside(chances.kind)
    roles = _with_marks(document, chances.roles)
    main = _main_chances(chances, roles, inside)
    likeliest = np.argmax(roles, axis=1)
    copies = further_copies(document.blocks, chances, main) & (likeliest != _COMMENT)
    main = np.where(copies, 0.0, main)
    if not inside[_COMMENT]:
        main[_in_threads(document, likeliest)] = 0.0
    kept = expected_f1_cut(main, chances.words) & (main >= _LEAST_MAIN)
    shares = np.where(kept[:, None] == inside, roles, 0.0)
    _keep_one_title(document, shares)
    best = np.argmax(shares, axis=1)
    side = np.where(kept, main, 1 - main)
    scores = side * shares[np.arange(len(best)), best] / np.maximum(shares.sum(axis=1), 1e-12)
    return Decisions([_ROLES[role] for role in best.tolist()], scores.tolist(), cite)


def _in_threads(document: Document, likeliest: NDArray[np.intp]) -> list[int]:
    """The blocks that a thread has, and that are likeliest a comment's: content of no article."""
    said = {mark.block for mark in document.marks if mark.part and mark.part.item is not None}
    return [block for block in said if likeliest[block] in OF_THREADS]


def _keep_one_title(document: Document, shares: Floats) -> None:
    """Let a page have one title: lines that say something else than the surest are none."""
    titles = np.flatnonzero(np.argmax(shares, axis=1) == _HEADLINE)
    if len(titles) < 2:
        return
    surest = _plain(document.blocks[titles[np.argmax(shares[titles, _HEADLINE])]].text)
    for index in titles.tolist():
        text = _plain(document.blocks[index].text)
        if text not in surest and surest not in text:
            shares[index, _HEADLINE] = 0.0


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


@cache
def _inside(kind: str) -> NDArray[np.bool_]:
    """For each role whether main content is made of it."""
    return np.array([role in main_roles(kind) for role in Role])


def _with_marks(document: Document, chances: NDArray[np.float32]) -> Floats:
    """The chances of the roles once the marks' weights are added to their logarithms."""
    logs: Floats = np.log(_held(chances))
    if marks := document.marks:
        places = [mark.block for mark in marks], [ROLE_NUMBERS[mark.role] for mark in marks]
        share = 1.0 if document.is_short else _MARKS_SHARE
        weights = [mark.weight * (1 if mark.stage in _WHOLE else share) for mark in marks]
        np.add.at(logs, places, weights)
    logs -= logs.max(axis=1, keepdims=True)
    shares: Floats = np.exp(logs)
    shares /= shares.sum(axis=1, keepdims=True)
    return shares


def _main_chances(chances: Chances, roles: Floats, inside: NDArray[np.bool_]) -> Floats:
    """The chance of main content, moved by as much as the marks moved that of its roles.

    The roles have a say in it themselves: they follow the hand labels, where
    main content follows what a public benchmark takes for content.
    """
    held = _held(chances.roles)
    before, after = (of[:, inside].sum(axis=1) / of.sum(axis=1) for of in (held, roles))
    of_roles = _odds(chances.roles.astype(np.float64)[:, inside].sum(axis=1))
    own = (1 - _ROLES_SHARE) * _odds(chances.main.astype(np.float64)) + _ROLES_SHARE * of_roles
    odds = own + _odds(after) - _odds(before)
    moved: Floats = 1 / (1 + np.exp(-odds))
    return moved


def _held(chances: NDArray[np.float32]) -> Floats:
    """A model's chances, none below the least."""
    held: Floats = np.maximum(chances.astype(np.float64), LEAST)
    return held


def _odds(chances: Floats) -> Floats:
    held = np.clip(chances, LEAST, 1 - LEAST)
    odds: Floats = np.log(held / (1 - held))
    return odds


def _cited(
    marks: Mapping[int, Sequence[Mark]], chances: Chances, index: int, role: Role, score: float
) -> Decision:
    """The decision with the marks that speak for it, the model's among them."""
    chance = min(max(float(chances.roles[index, ROLE_NUMBERS[role]]), LEAST), 1 - LEAST)
    main = float(chances.main[index])
    why = f"{role.value} {chance:.2f}, main content {main:.2f}"
    own = Mark(index, role, log(chance / (1 - chance)), MODEL, chances.model, why)
    cited = (own, *(mark for mark in marks.get(index, ()) if mark.role is role))
    first = max(cited, key=lambda mark: mark.weight)
    return Decision(role, score, first.stage, first.rule, first.why, cited)
