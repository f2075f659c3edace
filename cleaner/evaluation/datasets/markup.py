"""Well-formed HTML, such as a data set's expected article, as text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q rb ruby "  # noqa: SIM905
    "rt s samp small span strike strong sub sup time tt u var wbr".split()
)
"""Elements whose borders cut no word; at every other a line ends."""

_SPACE = re.compile(r"\s+")
_UNSEEN = frozenset(["script", "style", "template", "head"])

_TITLE_LINES = 3
"""How many lines at the start may be the title: a kicker or a site name may stand above it."""


def html_text(html: str) -> str:
    r"""The visible text of HTML, a line per block, white space inside a line as one space.

    Good enough for what a tool wrote, not for pages of the Web: unclosed
    script elements swallow what follows. Empty HTML gives an empty text.

    >>> html_text("<div><h2>On the <i>hill</i></h2>\n<p>One<br>two</p></div>")
    'On the hill\nOne\ntwo'
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def squeezed(text: str) -> str:
    r"""A text without white space, as texts from markup are compared.

    >>> squeezed("one two\n three")
    'onetwothree'
    """
    return _SPACE.sub("", text)


def without_title(text: str, title: str) -> str:
    r"""The text less a line at its start that says just the title, whatever its case.

    >>> without_title("NEWS\nThe Title\nThe text.", "The title")
    'NEWS\nThe text.'
    """
    wanted = " ".join(title.split()).casefold()
    lines = text.split("\n")
    for index, line in enumerate(lines[:_TITLE_LINES]):
        if wanted and " ".join(line.split()).casefold() == wanted:
            return "\n".join(lines[:index] + lines[index + 1 :])
    return text


class _Reader(HTMLParser):
    """Gathers text, and LF at the borders of blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag not in _INLINE:
            self.parts.append("\n")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif tag not in _INLINE:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(data.replace("\n", " "))
