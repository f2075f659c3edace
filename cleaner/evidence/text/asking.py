"""Ask the models about flattened texts, many at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Block, Chances
from cleaner.evidence.kind.chances import KINDS, kind_chances, page_features
from cleaner.evidence.language.function_words import languages_of
from cleaner.evidence.learned.explaining import explain_block
from cleaner.evidence.learned.sequence_model import load_sequence_model
from cleaner.evidence.lines.arrays import gather_lines
from cleaner.evidence.text.model import model_features, predict_page

Floats = NDArray[np.float32]


def ask_about_text(
    pages: Sequence[tuple[str, Sequence[Block]]], *, folder: Path | None = None
) -> Iterator[Chances]:
    """What the text model says of each page, given as its text and its blocks."""
    model = load_sequence_model("text", folder)
    gaps, indents = zip(*(_layout(text, blocks) for text, blocks in pages), strict=True)
    lines = gather_lines([[block.text for block in blocks] for _, blocks in pages], gaps, indents)
    features = model_features(lines, folder)
    words = np.asarray(lines.words.end - lines.words.begin, np.float32)
    languages = [*languages_of(lines), *[""] * len(pages)]  # pages without lines stand last
    ends = [*accumulate(len(blocks) for _, blocks in pages)]
    parts = [slice(begin, end) for begin, end in pairwise([0, *ends])]
    said = [predict_page(features[part], model) for part in parts]
    kinds = _kinds([(*each, words[part]) for each, part in zip(said, parts, strict=True)], folder)
    for part, (main, roles), kind, language in zip(parts, said, kinds, languages, strict=False):
        rows = features[part]
        yield Chances(
            model=model.kind,
            main=main,
            roles=roles,
            words=words[part],
            kind=kind,
            language=language,
            explain=partial(explain_block, model, rows.__getitem__, len(rows)),
        )


def _layout(text: str, blocks: Sequence[Block]) -> tuple[list[int], list[int]]:
    """Blank lines before each block, and how far it is set in."""
    lines = [block.line for block in blocks]
    gaps = [line - before - 1 for before, line in pairwise([0, *lines])]
    starts = [block.start for block in blocks]
    indents = [
        0 if text[start - 1 : start] == "\n" else start - text.rfind("\n", 0, start) - 1
        for start in starts
    ]
    return gaps, indents


def _kinds(pages: Sequence[tuple[Floats, Floats, Floats]], folder: Path | None) -> list[str]:
    """The kind of each page, given what `page_features` takes; the trees are asked once."""
    features = np.concatenate([page_features(*page) for page in pages])
    return [KINDS[best] for best in kind_chances(features, folder).argmax(axis=1).tolist()]
