"""The line at the foot of a terminal that says how a command gets on."""

from __future__ import annotations

import os
import time

from tqdm import tqdm

from cleaner.cli.output import STDERR

_SECONDS = 0.1
"""Between two drawings; more often nobody can read."""


class Bar:
    """One line that is drawn over itself on stderr, which must be a terminal."""

    def __init__(self) -> None:
        self._line = tqdm(file=STDERR, bar_format="{desc}", dynamic_ncols=True)
        self._next = 0.0

    @property
    def is_due(self) -> bool:
        """Whether it is time to draw it again."""
        return time.monotonic() >= self._next

    def draw(self, text: str) -> None:
        """Show this text."""
        self._line.set_description_str(text[: _columns() - 1])
        self._next = time.monotonic() + _SECONDS

    def close(self, text: str) -> None:
        """Leave this text where the line is drawn, and begin a new line."""
        self.draw(text)
        self._line.close()


def _columns() -> int:
    """How wide the terminal is; a longer line could not be drawn over itself."""
    try:
        return os.get_terminal_size(STDERR.fileno()).columns or 80
    except OSError:
        return 80
