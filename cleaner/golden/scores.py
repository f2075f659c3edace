"""Per role: how many lines have it, and how many of them the program finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from cleaner.document import Role


@dataclass(frozen=True, slots=True)
class RoleScore:
    """One role's lines: in the golden files, in the program's answer, in both."""

    role: Role
    golden: int
    program: int
    right: int

    @property
    def precision(self) -> float | None:
        """The share of the program's lines that are right; None when it gave none."""
        return self.right / self.program if self.program else None

    @property
    def recall(self) -> float | None:
        """The share of the golden lines that were found; None when there are none."""
        return self.right / self.golden if self.golden else None


def score_roles(pairs: Iterable[tuple[Role, Role]]) -> tuple[RoleScore, ...]:
    """Scores from pairs of golden and program role, in the order of the roles.

    A role that neither side has is left out.

    >>> [score] = score_roles([(Role.BODY, Role.BODY)])
    >>> score.precision, score.recall
    (1.0, 1.0)
    """
    counts = Counter(pairs)
    golden: Counter[Role] = Counter()
    program: Counter[Role] = Counter()
    for (expected, got), count in counts.items():
        golden[expected] += count
        program[got] += count
    roles = (role for role in Role if golden[role] or program[role])
    return tuple(RoleScore(role, golden[role], program[role], counts[role, role]) for role in roles)
