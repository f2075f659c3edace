"""The command line, one file per command."""

from cleaner.cli.group import main

__all__ = ["main"]
