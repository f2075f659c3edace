"""The learned models: loading and predicting, nothing else.

ONNX Runtime computes them: its wheel (24 MB) brings all it needs, LightGBM's
wants the system's `libgomp`, and trees walked in numpy take six times as long.
A model is a folder of plain data: ONNX graphs, arrays where it has some, and
`model.json`. Loading runs no code from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cleaner.errors import UsageError
from cleaner.evidence.ngrams import NgramTable

if TYPE_CHECKING:
    from onnxruntime import InferenceSession  # type: ignore[import-untyped, unused-ignore]

Floats = NDArray[np.float32]

MODELS = Path(__file__).parent / "models"
"""The models of the package, one folder for each kind."""

_BATCHED = "text"
"""The kind of model that is asked about many pages together; others have a page's rows alone."""

_BLOCK = 64
"""Rows of many pages computed at once: with another number the last bits of a sum may differ."""

PAGE_BLOCK = 1024
"""Rows of one page computed at once, to save memory on a page of a hundred thousand blocks."""


@dataclass(frozen=True)
class Model:
    """A model of one kind; what it wants to know of a row stands in ``features``.

    ``typical`` is a value of each feature that says nothing, its mean in training;
    ``follows`` which roles stand under which, see `in_sequence`.
    """

    kind: str
    features: tuple[str, ...]
    typical: Floats
    sessions: tuple[InferenceSession, ...]
    table: NgramTable | None
    follows: NDArray[np.int16] | None = None

    def predict(self, features: Floats) -> tuple[Floats, Floats]:
        """The chance to be main content (rows), and of each role (rows, 17).

        A row's chances do not hang on the rows beside it. Raises `UsageError`
        when the columns are not those the model was trained with.
        """
        found = self.outputs(features)
        return found["main"].reshape(-1), found["roles"]

    def outputs(self, features: Floats) -> dict[str, Floats]:
        """All that the model computes of each row, by name; errors as `predict`."""
        return self.outputs_in_parts([features])

    def outputs_in_parts(self, parts: Iterable[Floats]) -> dict[str, Floats]:
        """The same of the rows of all parts together, of which there is one at least."""
        found: dict[str, list[Floats]] = {}
        for part in parts:
            self._check(part)
            for block, size in self._blocks(part):
                for name, values in self._run(block).items():
                    found.setdefault(name, []).append(values[:size])
        return {name: np.concatenate(values) for name, values in found.items()}

    def _check(self, features: Floats) -> None:
        if features.shape[1] != len(self.features):
            raise UsageError(
                f"the {self.kind} model reads {len(self.features)} features, "
                f"not {features.shape[1]}: train it again with scripts/train.py"
            )

    def _blocks(self, features: Floats) -> Iterator[tuple[Floats, int]]:
        """Rows to compute at once, and how many of them count; one row at least."""
        if self.kind != _BATCHED and len(features):
            for start in range(0, len(features), PAGE_BLOCK):
                part = features[start : start + PAGE_BLOCK]
                yield part, len(part)
            return
        block = np.zeros((_BLOCK, features.shape[1]), np.float32)
        for start in range(0, max(len(features), 1), _BLOCK):
            part = features[start : start + _BLOCK]
            block[: len(part)] = part
            yield block, len(part)

    def _run(self, block: Floats) -> dict[str, Floats]:
        found: dict[str, Floats] = {}
        for session in self.sessions:
            names = [output.name for output in session.get_outputs()]
            values = session.run(names, {session.get_inputs()[0].name: block})
            found.update(zip(names, values, strict=True))
        return found

    def reasons(self, row: Floats, role: int | None, most: int = 5) -> list[tuple[str, float]]:
        """The features that spoke loudest for one row's role, or its main content (None).

        Each feature in turn is set to its typical value; what that takes from
        the log-odds is its part. The loudest come first; only those that spoke for it.
        """
        rows = np.repeat(row.reshape(1, -1), row.size + 1, axis=0)
        own = np.arange(row.size)
        rows[own, own] = self.typical
        main, roles = self.predict(rows)
        chances = (main if role is None else roles[:, role]).astype(np.float64).clip(1e-6, 1 - 1e-6)
        odds = np.log(chances / (1 - chances))
        parts = odds[-1] - odds[:-1]
        loudest = np.argsort(-parts, kind="stable")[:most]
        return [(self.features[at], float(parts[at])) for at in loudest if parts[at] > 0]


@cache
def load_model(kind: str, folder: Path | None = None) -> Model:
    """The model of a kind ('text', 'html'), from a folder or from the package.

    Loaded once for each process. Raises `UsageError` when there is none.
    """
    place = (folder or MODELS) / kind
    if not (place / "model.json").is_file():
        raise UsageError(f"no {kind} model in {place.parent}: make one with scripts/train.py")
    known = _known(place)
    sessions = tuple(_session(path) for path in sorted(place.glob("*.onnx")))
    typical = np.array(known["typical"], np.float32)
    table = load_ngrams(folder) if kind == _BATCHED else None
    follows = _array(place / "follows.npy")
    return Model(kind, tuple(known["features"]), typical, sessions, table, follows)


@cache
def load_ngrams(folder: Path | None = None) -> NgramTable:
    """The text model's table of n-grams, which the HTML model reads too.

    Loaded once for each process. Raises `UsageError` when there is none.
    """
    place = (folder or MODELS) / _BATCHED
    weights = _array(place / "ngrams.npy")
    if weights is None:
        raise UsageError(f"no n-grams in {place}: make them with scripts/train.py")
    return NgramTable(weights, float(_known(place)["ngram_scale"]))


def _known(place: Path) -> dict[str, Any]:
    known: dict[str, Any] = json.loads((place / "model.json").read_text(encoding="utf-8"))
    return known


def _session(path: Path) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # workers are processes
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _array(path: Path) -> Any:
    return np.load(path, allow_pickle=False) if path.is_file() else None


__all__: Sequence[str] = ("MODELS", "Model", "load_model")
