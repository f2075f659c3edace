"""From arguments to sources: files, folders, standard input."""

from cleaner.reading.sources import Missed, Source, find_sources

__all__ = ["Missed", "Source", "find_sources"]
