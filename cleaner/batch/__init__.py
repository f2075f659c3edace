"""Many sources: each cleaned by itself, each with an outcome, each with a name of its own."""

from cleaner.batch.cleaning import Render, Result, clean_sources
from cleaner.batch.names import page_names
from cleaner.batch.writing import PageFolder

__all__ = ["PageFolder", "Render", "Result", "clean_sources", "page_names"]
