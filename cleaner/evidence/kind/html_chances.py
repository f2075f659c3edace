"""What kind of page a page of HTML is; apart, for flattened text has no markup to ask."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from cleaner.evidence.kind.chances import KIND_FEATURES, Floats, ask_trees, page_features
from cleaner.evidence.stated.page_facts import FACTS

HTML_KIND_FEATURES = (*KIND_FEATURES, *FACTS)
"""The columns of `html_page_features`."""


def html_page_features(main: Floats, roles: Floats, words: Floats, facts: Floats) -> Floats:
    """The `page_features` of a page of HTML, with what its markup says of it (`page_facts`)."""
    return np.concatenate([page_features(main, roles, words), facts[None]], axis=1)


def html_kind_chances(features: Floats, folder: Path | None = None) -> Floats:
    """The chance of each kind for each row of `html_page_features`."""
    return ask_trees("html-kind", features, folder)
