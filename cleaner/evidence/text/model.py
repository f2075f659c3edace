"""What the model says of flattened text: for each line its roles and main content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner.evidence.learned.loading import load_ngrams
from cleaner.evidence.learned.sequence_model import SequenceModel, load_sequence_model
from cleaner.evidence.lines.arrays import Lines, gather_lines
from cleaner.evidence.text.stacked import stacked_features

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
    features = model_features(gather_lines(pages, gaps, indents), folder)
    model = load_sequence_model("text", folder)
    start = 0
    for page in pages:
        yield predict_page(features[start : start + len(page)], model)
        start += len(page)


def predict_page(features: Floats, model: SequenceModel) -> tuple[Floats, Floats]:
    """The same for one page, whose `model_features` are known."""
    found = model.outputs([features])
    return found["main"].reshape(-1), found["roles"]


def model_features(lines: Lines, folder: Path | None = None) -> Floats:
    """What the text model reads of each line."""
    return stacked_features(lines, load_ngrams(folder).scores(lines))
