"""Why a model gave a block its role, in words."""

from __future__ import annotations

from cleaner.document import Role
from cleaner.evidence.model import Floats, Model

_ROLES = tuple(Role)


def explain_row(model: Model, features: Floats, block: int, role: Role) -> list[str]:
    """The features that spoke loudest for a block's role, each with its part in the log-odds."""
    return explain_features(model, features[block], role)


def explain_features(model: Model, row: Floats, role: Role) -> list[str]:
    """The same of a row of features."""
    reasons = model.reasons(row, _ROLES.index(role), most=3)
    return [f"{name} {part:+.1f}" for name, part in reasons]
