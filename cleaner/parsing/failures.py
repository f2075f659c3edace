"""What libraries raise on a page that is too much for them, and how a user is told."""

from __future__ import annotations

from selectolax.lexbor import SelectolaxError

FAILURES = (SelectolaxError, MemoryError, RecursionError)
"""A page can bring these about, whatever the program does right."""


def failure_reason(error: BaseException) -> str:
    """One of `FAILURES` in words: what failed, and what to do.

    >>> failure_reason(MemoryError())
    'the memory did not suffice for this page; give the program more, or clean the page in parts'
    """
    said = f" ({error})" if str(error) else ""
    if isinstance(error, SelectolaxError):  # seen only where memory ran out, but it does not say so
        what = f"the HTML parser (lexbor) gave up{said}"
        return f"{what}; give the program more memory, or clean the page in parts"
    if isinstance(error, MemoryError):
        what = f"the memory did not suffice for this page{said}"
        return f"{what}; give the program more, or clean the page in parts"
    return f"the page is nested too deeply for a library{said}; please report it with this page"
