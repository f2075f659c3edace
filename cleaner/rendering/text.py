"""A page as plain text."""

from __future__ import annotations

from collections.abc import Collection

from cleaner.document import Role
from cleaner.page import Page
from cleaner.rendering.choosing import Comments, blocks_text, chosen_roles, comments_of


def render_text(
    page: Page,
    *,
    keep: Collection[Role] | None = None,
    comments: Comments = Comments.NONE,
) -> str:
    """``page.text``, or the blocks with the kept roles; then, if wanted, the comments' texts.

    A blank line stands between blocks and between comments. Where the roles
    hold `Role.COMMENT` already (on a thread they do), the comments are not
    repeated. Ends with LF; empty when there is nothing.
    """
    roles = chosen_roles(page, keep)
    text = page.text if keep is None else blocks_text(page, roles)
    parts = [] if comments is Comments.ONLY else [text]
    if comments is Comments.ONLY or (comments is Comments.WITH and Role.COMMENT not in roles):
        parts += [comment.text for comment in comments_of(page)]
    text = "\n\n".join(filter(None, parts))
    return text + "\n" if text else ""
