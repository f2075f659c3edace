"""What comes back of a piece of work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Worked:
    """What the work made of an item; results of a group come as the work gives them."""

    value: Any


@dataclass(frozen=True, slots=True)
class Lost:
    """An item without a result: ``outcome`` is ``timed out``, ``crashed`` or ``failed``."""

    outcome: str
    reason: str
    seconds: float
