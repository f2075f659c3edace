"""The one entry to all formats: a page and what is wanted of it, as a string."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from cleaner.document import Role
from cleaner.errors import UsageError
from cleaner.page import Page
from cleaner.rendering.choosing import THREAD_ROLES, Comments, check_choice


class Format(StrEnum):
    """What a page can be written as."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"
    LABELS = "labels"

    @property
    def suffix(self) -> str:
        """What is added to a file's name: ``.txt``, ``.md``, ``.json``, ``.labels``."""
        return {"text": ".txt", "markdown": ".md"}.get(self.value, f".{self.value}")


def render(
    page: Page,
    format: str = Format.TEXT,  # noqa: A002
    *,
    source: str = "",
    keep: Collection[Role] | None = None,
    comments: str = Comments.NONE,
) -> str:
    r"""A page in one format: text that ends with LF, or nothing at all.

    ``source`` is the name in a JSON record. ``keep`` chooses roles: the blocks
    of text and Markdown, the ``articleBody`` of JSON, the lines of labels.
    ``comments`` is ``none``, ``with`` or ``only``; JSON always holds them all.
    Raises `UsageError` on an unknown format or choice, and on ``keep`` beside ``only``.

    >>> from cleaner.pipeline import clean
    >>> render(clean("The bridge will open on Monday, the council said."))
    'The bridge will open on Monday, the council said.\n'
    """
    if format not in tuple(Format):
        raise UsageError(f"no format {format!r}; there are {', '.join(Format)}")
    choice = check_choice(keep, comments, is_record=format == Format.JSON)
    return _render(page, Format(format), source, keep, choice)


def _render(
    page: Page, wanted: Format, source: str, keep: Collection[Role] | None, comments: Comments
) -> str:
    """Import and call the one renderer that is wanted."""
    if wanted is Format.JSON:
        from cleaner.rendering.records import render_record

        return render_record(page, source=source, keep=keep)
    if wanted is Format.LABELS:
        from cleaner.rendering.labels import render_labels

        return _ended(render_labels(page, keep=_label_roles(keep, comments)))
    if wanted is Format.MARKDOWN:
        from cleaner.rendering.markdown import render_markdown

        return render_markdown(page, keep=keep, comments=comments)
    from cleaner.rendering.text import render_text

    return render_text(page, keep=keep, comments=comments)


def _label_roles(keep: Collection[Role] | None, comments: Comments) -> frozenset[Role] | None:
    """The roles whose lines are printed; None is all of them."""
    if comments is Comments.ONLY:
        return THREAD_ROLES
    if keep is None:
        return None
    return frozenset(keep) | (THREAD_ROLES if comments is Comments.WITH else frozenset())


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"
