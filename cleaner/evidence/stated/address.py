"""What a page's own address says of its kind: the path of a listing is short, a piece's has a name.

The address is the one that the page states, ``<link rel="canonical">`` or ``og:url``;
who it belongs to is never read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:  # the parser comes with it, which a flattened page does not need
    from cleaner.parsing.head import Head

Floats = NDArray[np.float32]

ADDRESS = (
    "address stated",
    "address parts",
    "address root",
    "address words",
    "address last digits",
    "address digits",
    "address last length",
    "address dotted",
)
"""The columns of `address_features`."""

_BETWEEN_WORDS = re.compile(r"[-_+]|%20")
_LONGEST = 200  # characters of a path's part that count


def address_features(head: Head) -> Floats:
    """One number for each of `ADDRESS`; all zeros when the page states none that can be read.

    >>> from cleaner.parsing.head import Head
    >>> page = Head(canonical="https://sample.example/news/2020/the-bridge-opens.html")
    >>> dict(zip(ADDRESS, address_features(page).tolist()))["address words"]
    2.0
    """
    path = _path(head.canonical or head.meta.get("og:url", ""))
    if path is None:
        return np.zeros(len(ADDRESS), np.float32)
    parts = [part[:_LONGEST] for part in path.split("/") if part]
    last = parts[-1] if parts else ""
    return np.array(
        [
            1,
            len(parts),
            not parts,
            len(_BETWEEN_WORDS.findall(last)),
            _digits(last),
            _digits("".join(parts)),
            len(last),
            "." in last,
        ],
        np.float32,
    )


def _path(address: str) -> str | None:
    """The path of an address; None without one, or when it is none."""
    try:
        return urlsplit(address).path if address else None
    except ValueError:
        return None


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
