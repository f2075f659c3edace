"""Threads of systems that nobody listed, in flattened text.

What is left of a thread's markup there is its rhythm: a line with a time, again and
again, a name in it or beside it, and text between. A byline has a time as well, so
the model must take the lines for a thread's, smoothed over the thread, and a time
alone makes none. Or the page tells it: by a heading that counts as many comments, by a
button to answer under each, or by numbers of posts.
"""

from __future__ import annotations

from cleaner.document import Document
from cleaner.stages.comments.likely import Likely
from cleaner.stages.comments.readings import Readings
from cleaner.stages.comments.rhythm import RepeatedThread
from cleaner.stages.comments.support import support_of
from cleaner.stages.comments.told import Told

_MOST = 0.9  # share of the comments told by the page that the model must see to be right about them


def repeated_threads(document: Document) -> list[RepeatedThread]:
    """The threads that names and times show in lines; mostly none.

    Where the page tells of a thread of which the model sees little, the page is right.
    """
    if document.chances is None or not document.blocks:
        return []
    support, readings = support_of(document), Readings(document)
    likely = [
        thread
        for thread in Likely(document, document.chances, support, readings).threads()
        if not support.is_elsewhere(thread.start)
    ]
    told = Told(document, document.chances, support, readings).thread()
    if told is None:
        return likely
    same = [thread for thread in likely if thread.start < told.end and told.start < thread.end]
    if sum(len(thread.items) for thread in same) >= _MOST * len(told.items):
        return likely
    return [*(thread for thread in likely if thread not in same), told]


def told_thread(document: Document) -> RepeatedThread | None:
    """The thread that the page itself tells, line by line; mostly none."""
    if document.chances is None or not document.blocks:
        return None
    return Told(document, document.chances, support_of(document), Readings(document)).thread()
