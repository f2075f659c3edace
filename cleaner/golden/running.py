"""Run the program on the source of a golden file."""

from __future__ import annotations

from cleaner.golden.faults import Fault, FaultError
from cleaner.golden.labels import GoldenFile
from cleaner.page import Page
from cleaner.pipeline import clean
from cleaner.settings import Settings


def clean_source(golden: GoldenFile, data: bytes, settings: Settings) -> Page:
    """The page that the program makes of a source's bytes. Raises `FaultError` when it failed."""
    page = clean(data, settings=settings)
    if page.outcome.state == "failed":
        message = f"source {golden.source!r} failed: {page.outcome.reason}"
        raise FaultError(Fault.FAILED, golden.path, message)
    return page
