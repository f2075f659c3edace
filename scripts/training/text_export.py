"""A trained text model as plain files: two ONNX graphs, an array, a JSON object."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from cleaner.evidence.text.stacked import stacked_names
from scripts.training.sequence_graph import save_network
from scripts.training.text_pages import ROLES
from scripts.training.text_steps import TextModel


def save_text_model(model: TextModel, folder: Path) -> None:
    """Write a model as `cleaner.evidence.text.model` reads it, into ``folder/text``."""
    place = folder / "text"
    place.mkdir(parents=True, exist_ok=True)
    save_network(model.network, {"roles": len(ROLES), "main": 1}, place)
    np.save(place / "ngrams.npy", model.ngrams.whole, allow_pickle=False)
    known = {
        "features": stacked_names(tuple(role.value for role in ROLES)),
        "typical": [float(f"{value:.6g}") for value in model.network.mean],
        "ngram_scale": model.ngrams.scale,
    }
    text = json.dumps(known, ensure_ascii=False, indent=0)
    (place / "model.json").write_text(text + "\n", encoding="utf-8")
