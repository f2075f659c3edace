"""Figures out of fold: each page is cleaned by models that saw no page of its site."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urlsplit

from cleaner.errors import UsageError
from cleaner.evaluation.cases import Case
from cleaner.evaluation.datasets.files import need, read_object
from cleaner.evaluation.running import Clean
from cleaner.page import Page

VARIANT = "out-of-fold"
"""What such a measurement is called beside its data set and input."""

LAYOUT = "folds.json, an object from site to fold, and a folder of models per fold"

_CANONICAL = re.compile(
    rb"<link\b(?=[^>]*\brel=[\"']?canonical)[^>]*\bhref=[\"']?([^\"'\s>]+)", re.IGNORECASE
)


def clean_out_of_fold(folder: Path, cleaner_for: Callable[[Path], Clean], *, dataset: str) -> Clean:
    """A cleaning function that takes for each case the models of its site's fold.

    ``folder`` holds ``folds.json`` (site to fold, as text or number) and one
    folder of models per fold, named as the fold; ``cleaner_for`` makes a
    cleaning function of such a folder, once per fold. A site that no fold names
    was seen by none of them; it takes the first. Raises `UsageError` on another
    layout.
    """
    folds = {site: str(fold) for site, fold in _read_folds(folder).items()}
    cleaners = {fold: cleaner_for(need(folder / fold, LAYOUT)) for fold in set(folds.values())}
    first = min(cleaners)

    def clean(case: Case, source: bytes | str) -> Page:
        return cleaners[folds.get(site_of(case, dataset), first)](case, source)

    return clean


def _read_folds(folder: Path) -> Mapping[str, object]:
    folds = read_object(need(folder / "folds.json", LAYOUT))
    if not folds:
        raise UsageError(f"{folder / 'folds.json'}: names no site; expected {LAYOUT}")
    return folds


def site_of(case: Case, dataset: str) -> str:
    """The site of a case: the registered domain of its URL, else of the one its page calls its own.

    A page with neither is a site of its own, ``readability-NAME``. Raises
    `UsageError` when the list of public suffixes is not installed.
    """
    url = case.url or _canonical(case.html or b"")
    name = case.name if dataset == "roles" else f"{dataset}-{case.name}"
    return _registered_domain(url) or name


def _canonical(html: bytes) -> str:
    found = _CANONICAL.search(html)
    return found[1].decode("utf-8", "replace") if found else ""


def _registered_domain(url: str) -> str:
    try:
        from tldextract import TLDExtract
    except ImportError as error:
        raise UsageError(
            "sites need tldextract; install it with: pip install 'cleaner[bench]'"
        ) from error
    extract = TLDExtract(suffix_list_urls=(), cache_dir=None)  # its own list, no network
    domain = str(extract(url).top_domain_under_public_suffix)
    return (domain or urlsplit(url).hostname or "").lower()
