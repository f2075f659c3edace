"""What the model says of flattened text: for each line its roles and main content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.lines import Lines, gather_lines
from cleaner.evidence.model import Model, load_model
from cleaner.evidence.sequence import in_sequence
from cleaner.evidence.stacked import stacked_features

Floats = NDArray[np.float32]


def predict_text(
    pages: Sequence[Sequence[str]],
    gaps: Sequence[Sequence[int]] | None = None,
    indents: Sequence[Sequence[int]] | None = None,
    *,
    folder: Path | None = None,
) -> Iterator[tuple[Floats, Floats]]:
    """For each page the chances of its lines: main content (lines), roles (lines, 17).

    ``pages`` are stripped, non-empty lines; ``gaps`` the blank lines before
    each, ``indents`` how far each is set in. Many pages at once are quicker,
    and give the same as each alone.
    """
    lines = gather_lines(pages, gaps, indents)
    main, roles = predict_lines(lines, load_model("text", folder))
    start = 0
    for page in pages:
        yield main[start : start + len(page)], roles[start : start + len(page)]
        start += len(page)


def predict_lines(lines: Lines, model: Model) -> tuple[Floats, Floats]:
    """The chances of all lines: main content (lines), roles (lines, 17)."""
    return predict_features(lines, model_features(lines, model), model)


def predict_features(lines: Lines, features: Floats, model: Model) -> tuple[Floats, Floats]:
    """The same for lines whose `model_features` are known already."""
    main, roles = model.predict(features)
    return main, roles if model.follows is None else in_sequence(lines, roles, model.follows)


def model_features(lines: Lines, model: Model) -> Floats:
    """What the text model reads of each line."""
    if model.table is None:
        raise ValueError("a text model has a table of n-grams")
    return stacked_features(lines, model.table.scores(lines))
