"""Why a model gave a block its role, in words."""

from __future__ import annotations

from collections.abc import Callable

from cleaner.document import ROLE_NUMBERS, Role
from cleaner.evidence.learned.loading import Floats
from cleaner.evidence.learned.row_model import RowModel
from cleaner.evidence.learned.sequence_model import SequenceModel


def explain_block(
    model: RowModel | SequenceModel,
    rows: Callable[[slice], Floats],
    count: int,
    block: int,
    role: Role,
) -> list[str]:
    """The features that spoke loudest for a block's role, each with its part in the log-odds.

    ``rows`` gives the features of some of the page's ``count`` blocks.
    """
    start = max(0, block - model.beside)
    beside = rows(slice(start, min(count, block + model.beside + 1)))
    reasons = model.reasons(beside, block - start, ROLE_NUMBERS[role], most=3)
    return [f"{name} {part:+.1f}" for name, part in reasons]
