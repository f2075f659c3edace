"""Errors, sorted by what they end: the call, or one document.

A message names the thing, what is wrong with it, and the next step.
"""


class CleanerError(Exception):
    """Any error that this package raises on purpose."""


class UsageError(CleanerError):
    """The call is wrong: an unknown stage, a broken settings file. Nothing was done."""


class SourceError(CleanerError):
    """One source cannot be read. The others are not touched by it."""


class GoldenError(CleanerError):
    """One golden file is broken, stale or unfinished. The others are still checked."""
