"""Witnesses asked about a page after the stages; apart, for they are off by default."""

from __future__ import annotations

from dataclasses import replace

from cleaner.document import Document
from cleaner.evidence.witnesses import ask_witnesses
from cleaner.pipeline.kind import with_kind
from cleaner.pipeline.reading import ReadPage
from cleaner.pipeline.stages import WITNESS
from cleaner.settings import Settings


def with_witnesses(
    document: Document, read: ReadPage, settings: Settings
) -> tuple[Document, ReadPage]:
    """The document with the marks of the witnesses, and why others of them say nothing."""
    off = set(settings.without)
    names = [name for name in settings.witnesses if not off & {WITNESS, f"{WITNESS}/{name}"}]
    chances = with_kind(document).chances
    is_thread = chances is not None and chances.kind == "thread"
    said = ask_witnesses(names, read.html, read.markup, is_thread=is_thread)
    silence = "; ".join(each.silence for each in said if each.silence)
    marks = [mark for each in said for mark in each.marks]
    return document.with_marks(marks), replace(read, silence=silence)
