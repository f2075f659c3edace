"""One assignment of sites to folds, over all data sets."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

import tldextract

FOLDS = 5
MODELS = (*range(FOLDS), None)
"""The fold that each model has not seen; the last has seen all."""

_CANONICAL = re.compile(
    rb"<link\b(?=[^>]*\brel=[\"']?canonical)[^>]*\bhref=[\"']?([^\"'\s>]+)", re.IGNORECASE
)
_EXTRACT = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)  # its own list, no network


def folder_of(out: Path, left_out: int | None) -> Path:
    """Where the models lie that have not seen a fold: those of all folds in ``out`` itself.

    >>> folder_of(Path("models"), 2).as_posix(), folder_of(Path("models"), None).as_posix()
    ('models/fold-2', 'models')
    """
    return out if left_out is None else out / f"fold-{left_out}"


def site_of(url: str) -> str:
    """The registered domain of a URL, or its host where it has none.

    >>> site_of("https://www.example.co.uk/a"), site_of("")
    ('example.co.uk', '')
    """
    found = _EXTRACT(url)
    return (found.top_domain_under_public_suffix or urlsplit(url).hostname or "").lower()


def canonical_url(html: bytes) -> str:
    """The URL a page gives as its own, empty where it gives none.

    >>> canonical_url(b'<link rel="canonical" href="https://example.com/a">')
    'https://example.com/a'
    """
    found = _CANONICAL.search(html)
    return found[1].decode("utf-8", "replace") if found else ""


def fold_of(site: str, folds: int = FOLDS) -> int:
    """The fold of a site, the same on every machine.

    >>> fold_of("example.com") == fold_of("example.com")
    True
    """
    return int.from_bytes(hashlib.sha256(site.encode()).digest()[:8], "big") % folds
