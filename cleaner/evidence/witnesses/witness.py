"""What a witness is: another extractor, asked for its opinion of a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Ask = Callable[[str], Sequence[str]]
"""From a page's markup, decoded, to the lines of text that a witness would keep; never none."""


class SilentError(Exception):
    """A witness says nothing of a page; the message is why, ``found no text``."""


@dataclass(frozen=True, slots=True)
class Witness:
    """One witness: its name, who it is, how it is made ready.

    ``load`` imports the library, which takes some tenths of a second; it raises
    `ImportError` when it is not installed.
    """

    name: str
    about: str
    load: Callable[[], Ask]
