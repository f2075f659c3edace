"""The data folders that scripts are given on the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

DATA = ("wcxb", "traf", "readability", "roles")
"""The data sets, each an option of the same name."""


def folders_parser(about: str | None) -> argparse.ArgumentParser:
    """A parser that needs a folder for each data set."""
    parser = argparse.ArgumentParser(
        description=about, formatter_class=argparse.RawTextHelpFormatter
    )
    for name in DATA:
        parser.add_argument(f"--{name}", type=Path, required=True, metavar="DIR")
    return parser


def parsed(parser: argparse.ArgumentParser, *others: str) -> argparse.Namespace:
    """The command line; a missing folder, of the data or of ``others``, is an error that names it.

    Names of ``others`` are those of positional arguments.
    """
    given = parser.parse_args()
    for name in (*others, *(f"--{name}" for name in DATA)):
        folder = getattr(given, name.lstrip("-"))
        if not folder.is_dir():
            parser.error(f"{name}: there is no folder {folder}")
    return given
