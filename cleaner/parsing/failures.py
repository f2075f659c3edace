"""What is raised on content that is no page or too much for a library, and what a user is told."""

from __future__ import annotations

import sys


class NoPageError(Exception):
    """Bytes that are no page, whatever they are called: a picture, an archive."""


def failures() -> tuple[type[BaseException], ...]:
    """What a page can bring about, whatever the program does right.

    The parser is not imported for the sake of its error: where it is not there, it raised none.
    """
    lexbor = sys.modules.get("selectolax.lexbor")
    own: tuple[type[BaseException], ...] = (MemoryError, RecursionError, NoPageError)
    return (*own, lexbor.SelectolaxError) if lexbor else own


def failure_reason(error: BaseException) -> str:
    """One of `failures` in words: what failed, and what to do.

    >>> failure_reason(MemoryError())
    'the memory did not suffice for this page; give the program more, or clean the page in parts'
    """
    if isinstance(error, NoPageError):
        return str(error)
    said = f" ({error})" if str(error) else ""
    if isinstance(error, RecursionError):
        return f"the page is nested too deeply for a library{said}; please report it with this page"
    if isinstance(error, MemoryError):
        what = f"the memory did not suffice for this page{said}"
        return f"{what}; give the program more, or clean the page in parts"
    # The parser's error is seen only where memory ran out, but it does not say so.
    what = f"the HTML parser (lexbor) gave up{said}"
    return f"{what}; give the program more memory, or clean the page in parts"
