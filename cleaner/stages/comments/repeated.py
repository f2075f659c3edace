"""Threads of systems that nobody listed, in flattened text.

What is left of a thread's markup there is its rhythm: a line with a time, again and
again, a name in it or beside it, and text between. A byline has a time as well, so
the model must take the lines for a thread's, smoothed over the thread, and a time
alone makes none. Or the page tells it: by a heading that counts as many comments, by a
button to answer under each, or by numbers of posts. Or its shape does, whatever it says.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cleaner.document import Chances, Document
from cleaner.stages.comments.alike import Alike
from cleaner.stages.comments.beats import Beats
from cleaner.stages.comments.likely import Likely
from cleaner.stages.comments.readings import Readings
from cleaner.stages.comments.rhythm import RepeatedThread
from cleaner.stages.comments.support import Support, support_of
from cleaner.stages.comments.told import Told

_MOST = 0.9  # share of the comments told by the page that the model must see to be right about them


def repeated_threads(document: Document, models: Path | None = None) -> list[RepeatedThread]:
    """The threads that names and times show in lines; mostly none.

    Where the page tells of a thread of which the model sees little, the page is right; and
    where neither finds one, its shape may tell. ``models`` is where that model lies, if not in
    the package.
    """
    if document.chances is None or not document.blocks:
        return []
    likely, told_by_page, alike = _finders(document, document.chances, support_of(document), models)
    is_elsewhere = likely.support.is_elsewhere
    found = [thread for thread in likely.threads() if not is_elsewhere(thread.start)]
    told = told_by_page.thread()
    if told is not None:
        same = [thread for thread in found if _overlap(thread, told)]
        if sum(len(thread.items) for thread in same) < _MOST * len(told.items):
            found = [*(thread for thread in found if thread not in same), told]
    for thread in alike.threads():
        if not any(_overlap(thread, each) for each in found):
            found.append(thread)
    return found


def told_threads(
    document: Document,
    models: Path | None,
    is_likely: Callable[[RepeatedThread, Support], bool],
) -> list[RepeatedThread]:
    """Those that the page itself tells, line by line, or that their shape does; mostly none.

    What the page seems to tell must be likely.
    """
    if document.chances is None or not document.blocks:
        return []
    support = support_of(document)
    _, told_by_page, alike = _finders(document, document.chances, support, models)
    told = told_by_page.thread()
    allowed = [told] if told is not None and is_likely(told, support) else []
    return [*allowed, *alike.threads()]


def _finders(
    document: Document, chances: Chances, support: Support, models: Path | None
) -> tuple[Likely, Told, Alike]:
    """What finds threads in lines, in three ways; each reads the lines' times only once."""
    readings = Readings(document)
    beats = Beats(document, chances, support, readings, models)
    return (
        Likely(document, chances, support, readings, beats),
        Told(document, chances, support, readings, beats),
        Alike(document, chances, support, beats),
    )


def _overlap(one: RepeatedThread, other: RepeatedThread) -> bool:
    return one.start < other.end and other.start < one.end
