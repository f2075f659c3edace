"""Other extractors, run beside the program on the same pages (extra ``[bench]``).

Each takes the page's HTML as text and gives the main content as text. They are
imported when they are asked for, not when they first run.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence

from cleaner.errors import UsageError
from cleaner.evaluation.datasets.markup import html_text

Extract = Callable[[str], str]
"""From a page's HTML, decoded, to its main content; may raise."""


def load_peers(names: Sequence[str]) -> dict[str, Extract]:
    """The extractors of these names, ready to run.

    Raises `UsageError` on an unknown name, and when one is not installed.
    """
    return {name: _load(name) for name in names}


def _load(name: str) -> Extract:
    if name not in PEERS:
        raise UsageError(f"no peer {name!r}; there are {', '.join(PEERS)}")
    logging.getLogger(name).setLevel(logging.CRITICAL)  # they log what is broken in pages
    try:
        return PEERS[name]()
    except ImportError as error:
        raise UsageError(
            f"{name} cannot be imported ({error}); install it with: pip install 'cleaner[bench]'"
        ) from error


def _trafilatura() -> Extract:
    """Default options, without comments."""
    from trafilatura import extract

    return lambda html: extract(html, include_comments=False) or ""


def _justext() -> Extract:
    """The stop words of all its languages at once, as trafilatura calls it.

    On every fourth page of WCXB that is better than English alone: 0.709, 0.682.
    """
    from justext import get_stoplist, get_stoplists, justext

    stop_words = frozenset().union(*map(get_stoplist, get_stoplists()))

    def extract(html: str) -> str:
        paragraphs = justext(html, stop_words)
        return "\n".join(each.text for each in paragraphs if not each.is_boilerplate)

    return extract


def _resiliparse() -> Extract:
    """Main content, without alternative texts: with them 0.786 rather than 0.797 there."""
    from resiliparse.extract.html2text import extract_plain_text

    return lambda html: str(extract_plain_text(html, main_content=True, alt_texts=False))


def _readability() -> Extract:
    """readability-lxml's summary, as text."""
    from readability import Document

    return lambda html: html_text(Document(html).summary())


PEERS: dict[str, Callable[[], Extract]] = {
    "trafilatura": _trafilatura,
    "justext": _justext,
    "resiliparse": _resiliparse,
    "readability": _readability,
}
"""The peers by name."""
