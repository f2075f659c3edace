"""Learned models as they lie on disk: loading and computing, nothing else.

ONNX Runtime computes them: its wheel (24 MB) brings all it needs, LightGBM's
wants the system's `libgomp`, and trees walked in numpy take six times as long.
A model is a folder of plain data: ONNX graphs, arrays where it has some, and
`model.json`. Loading runs no code from it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleaner.errors import UsageError
from cleaner.evidence.lines.ngrams import NgramTable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped, unused-ignore]

Floats = NDArray[np.float32]

MODELS = Path(__file__).parents[1] / "models"
"""The models of the package, one folder for each kind."""

PAGE_BLOCK = 1024
"""Rows of a page computed at once, to save memory on a page of a hundred thousand blocks."""


@dataclass(frozen=True)
class Graph:
    """One ONNX graph with one input."""

    session: InferenceSession

    def run(self, given: Floats) -> dict[str, Floats]:
        """All that the graph computes, by name."""
        names = [output.name for output in self.session.get_outputs()]
        values = self.session.run(names, {self.session.get_inputs()[0].name: given})
        return dict(zip(names, values, strict=True))


@dataclass(frozen=True)
class Columns:
    """What a model wants to know of a row.

    ``typical`` is a value of each feature that says nothing, its mean in training.
    """

    model: str
    names: tuple[str, ...]
    typical: Floats

    def check(self, rows: Floats) -> None:
        """Raises `UsageError` when the rows are not what the model was trained with."""
        if rows.shape[1] != len(self.names):
            raise UsageError(
                f"the {self.model} model reads {len(self.names)} features, "
                f"not {rows.shape[1]}: train it again with scripts/train.py"
            )


@cache
def load_graph(kind: str, name: str, folder: Path | None = None) -> Graph:
    """A graph of the model of a kind ('text', 'html-kind'), from a folder or the package.

    Loaded once for each process. Raises `UsageError` when there is none.
    """
    import onnxruntime

    place = _place(kind, folder)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # workers are processes
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    path = str(place / f"{name}.onnx")
    return Graph(onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"]))


@cache
def load_columns(kind: str, folder: Path | None = None) -> Columns:
    """What the model of a kind reads; errors as `load_graph`."""
    known = _known(_place(kind, folder))
    return Columns(kind, tuple(known["features"]), np.array(known["typical"], np.float32))


@cache
def load_ngrams(folder: Path | None = None) -> NgramTable:
    """The text model's table of n-grams, which the HTML model reads too.

    Loaded once for each process. Raises `UsageError` when there is none.
    """
    place = (folder or MODELS) / "text"
    path = place / "ngrams.npy"
    if not path.is_file():
        raise UsageError(f"no n-grams in {place}: make them with scripts/train.py")
    weights = np.load(path, allow_pickle=False)
    return NgramTable(weights, float(_known(place)["ngram_scale"]))


def _place(kind: str, folder: Path | None) -> Path:
    place = (folder or MODELS) / kind
    if not (place / "model.json").is_file():
        raise UsageError(f"no {kind} model in {place.parent}: make one with scripts/train.py")
    return place


def _known(place: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((place / "model.json").read_text(encoding="utf-8"))
    return known
