"""Output is a choice of roles: which blocks of a page, and whether its comments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from cleaner.document import Role
from cleaner.errors import UsageError
from cleaner.page import Comment, LabelledBlock, Page

THREAD_ROLES = frozenset({Role.COMMENT, Role.COMMENT_META})
"""The roles of what readers wrote and of what stands around it."""


class Comments(StrEnum):
    """Whether the output holds the page's comments: not, after the text, or nothing else."""

    NONE = "none"
    WITH = "with"
    ONLY = "only"


def parse_roles(names: str) -> frozenset[Role]:
    """Roles from a list with commas. Raises `UsageError`, naming all roles, on an unknown one.

    >>> sorted(parse_roles("body, heading"))
    [<Role.BODY: 'body'>, <Role.HEADING: 'heading'>]
    """
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in set(Role)]
    if unknown or not wanted:
        which = f"no role {unknown[0]!r}" if unknown else "no role given"
        raise UsageError(f"{which}; the {len(Role)} roles are {', '.join(Role)}")
    return frozenset(map(Role, wanted))


def check_choice(
    keep: Collection[Role] | None, comments: str, *, is_record: bool = False
) -> Comments:
    """The choice of comments, which goes with ``keep``.

    Records hold the comments whatever is chosen, so that beside them ``keep`` may always
    stand. Raises `UsageError` on an unknown choice, and on ``keep`` beside ``only``.

    >>> check_choice(None, "with")
    <Comments.WITH: 'with'>
    """
    if comments not in tuple(Comments):
        raise UsageError(f"no choice of comments {comments!r}; there are {', '.join(Comments)}")
    if keep is not None and comments == Comments.ONLY and not is_record:
        raise UsageError(
            "'keep' chooses blocks and comments 'only' leaves them all out; give one of them"
        )
    return Comments(comments)


def chosen_roles(page: Page, keep: Collection[Role] | None = None) -> Collection[Role]:
    """The kept roles; without ``keep`` those that ``page.text`` is made of."""
    return page.text_roles if keep is None else keep


def blocks_of(page: Page, roles: Collection[Role]) -> Sequence[LabelledBlock]:
    """The blocks with these roles, in page order; empty when there is none."""
    return [block for block in page.blocks if block.role in roles]


def blocks_text(page: Page, roles: Collection[Role]) -> str:
    """The texts of the blocks with these roles, a blank line between; empty when there is none."""
    return "\n\n".join(block.text for block in blocks_of(page, roles))


def comments_of(page: Page) -> tuple[Comment, ...]:
    """The page's comments, then a bare one for each comment block that is in no record.

    So nothing that a reader wrote is missing where only the comments are
    printed. Indices of the records stay as they are.
    """
    held = {index for comment in page.comments for index in comment.blocks}
    loose = [block for block in blocks_of(page, {Role.COMMENT}) if block.index not in held]
    return (*page.comments, *(Comment(block.text, blocks=(block.index,)) for block in loose))
