"""What speaks for groups of elements to be the comments of a thread, and what against it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cleaner.parsing.columns import Bools, Ints
from cleaner.stages.comments.markup.blocks import Floats
from cleaner.stages.comments.markup.names import COMMENT, ELSEWHERE, FORM, REPLY, REVIEW
from cleaner.stages.comments.markup.outline import Outline

LEAST, SURE = 2.0, 4.0
"""Evidence; from the least on a group is a thread."""

ENOUGH = 3
"""Members of a group that no name speaks for."""


_SCHEMA = ("Comment", "UserComments", "Answer", "Review")


def schema_of(outline: Outline, element: int) -> str:
    """What an element's ``itemtype`` says of what readers wrote; mostly nothing."""
    kind = outline.tree.itemtypes.get(element, "").rsplit("/", 1)[-1]
    is_own = kind == "Answer" and outline.is_faq
    return kind if kind in _SCHEMA and not is_own else ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of groups of elements: columns with a place for each group.

    What is not known yet stands at what speaks most for a thread; then evidence is
    the most that there can be. Families are those of the first member.

    - ``count``: its members; ``has_schema``: whether ``itemtype`` says that they are comments
    - ``names``, ``around``, ``inside``: families that speak for a thread: the member's own,
      those of the elements around it, those inside most members
    - ``names_against``, ``near_against``, ``around_against``: families that speak against it;
      near are the first few around it
    - ``is_timed``: whether half of the members tell a time; ``is_signed``: whether names
      stand beside; ``is_alone``: whether it has but one member, without a time
    - ``chance``: the model's that its blocks are comments; ``titled``: share of its
      members under a heading; ``is_linked``: whether most of it is links
    - ``answered``: share of its members with a button to answer; ``is_counted``: whether a
      heading above says that there are as many; ``is_headed``: whether one for comments
      stands right above; ``is_elsewhere``: whether one for comments on other pieces does
    - ``is_nested``: whether members with a text and a time stand inside such members
    - ``place``: points for where on the page it stands; ``is_discussion``: whether the model
      takes the page for one
    """

    count: Ints
    has_schema: Bools
    names: Ints
    around: Ints
    inside: Ints
    names_against: Ints
    near_against: Ints
    around_against: Ints
    is_timed: Bools
    is_signed: Bools
    is_alone: Bools
    chance: Floats
    answered: Floats
    is_counted: Bools
    is_headed: Bools
    is_elsewhere: Bools
    is_nested: Bools
    place: Floats
    titled: Floats
    is_linked: Bools
    is_discussion: bool


def signs(facts: Facts) -> Iterator[tuple[Floats, str]]:
    """Points for and against a thread, each with what gives them."""
    yield 4.0 * facts.has_schema, "marked up as {schema}"
    yield _best(facts, COMMENT, 3.0, 2.5, 1.5), "named as comments"
    yield _best(facts, REPLY, 1.0, 1.0, 0.5), "named as posts"
    yield _best(facts, REVIEW, 1.5, 1.5, 0.0), "named as reviews"
    near = facts.names_against | facts.near_against
    yield -3.0 * _has(near, ELSEWHERE) - 1.0 * _has(facts.around_against, ELSEWHERE), ""
    yield -4.0 * _has(facts.names_against, FORM) - 1.0 * _has(facts.around_against, FORM), ""
    untimed = np.where(facts.is_signed | (facts.answered > 0), -0.5, -2.0)
    yield np.where(facts.is_timed, 1.0, untimed), "each with a time"
    yield 1.0 * facts.is_signed, "each with a name"
    yield np.maximum(-0.6, 4 * facts.chance - 1), "the model takes them for comments ({chance:.2f})"
    yield 3.0 * facts.answered, "with a button to answer each"
    yield 2.0 * facts.is_counted, "as many as the heading says"
    yield 1.0 * (facts.is_headed & ~facts.is_counted), "under a heading for comments"
    yield -6.0 * facts.is_elsewhere, ""
    yield 1.5 * facts.is_nested, "some inside what they answer"
    yield facts.place, "in the place of a thread"
    yield -3.0 * facts.titled, ""
    yield -2.0 * facts.is_linked, ""
    is_named = facts.has_schema | _has(facts.names | facts.around, COMMENT)
    yield -1.5 * facts.is_alone - 1.5 * ((facts.count < ENOUGH) & ~is_named), ""
    yield 1.0 * (facts.is_discussion & ~is_named), "on a page that is a discussion"


def evidence(facts: Facts) -> Floats:
    """The points of all signs together."""
    return sum((points for points, _ in signs(facts)), np.zeros(len(facts.count)))


def _best(facts: Facts, family: int, names: float, around: float, inside: float) -> Floats:
    """The points of the nearest place that is named so; 0 where none is."""
    farther = np.where(_has(facts.inside, family), inside, 0.0)
    farther = np.where(_has(facts.around, family), around, farther)
    return np.where(_has(facts.names, family), names, farther)


def _has(families: Ints, family: int) -> Bools:
    has: Bools = (families & family) != 0
    return has
