"""Digests of a data set's pages and of its gold, by which a floor knows what it was set on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from cleaner.evaluation.cases import Case

LENGTH = 16
"""Hexadecimal digits of a digest as it is shown."""


class Digests:
    """Takes the cases of a run in their order; the order counts.

    >>> digests = Digests()
    >>> digests.add(Case("one", html=b"<p>One"))
    >>> len(digests.data), digests.data == digests.labels
    (16, False)
    """

    def __init__(self) -> None:
        self._data = hashlib.sha256()
        self._labels = hashlib.sha256()

    def add(self, case: Case) -> None:
        """Take one case: its page to the data, everything else to the labels."""
        page = hashlib.sha256(case.html or b"").hexdigest()
        self._data.update(f"{case.name}\0{page}\0".encode("utf-8", "surrogatepass"))
        gold = asdict(case) | {"html": None}
        if not case.comments:
            del gold["comments"]  # younger than the floors of data sets that have none
        self._labels.update(json.dumps(gold).encode())

    @property
    def data(self) -> str:
        """Of the names and pages so far."""
        return self._data.hexdigest()[:LENGTH]

    @property
    def labels(self) -> str:
        """Of the names and gold so far."""
        return self._labels.hexdigest()[:LENGTH]
