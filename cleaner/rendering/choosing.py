"""Output is a choice of roles: which blocks of a page, and whether its comments."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import StrEnum

from cleaner.document import Role
from cleaner.errors import UsageError
from cleaner.page import LabelledBlock, Page

THREAD_ROLES = frozenset({Role.COMMENT, Role.COMMENT_META})
"""The roles of what readers wrote and what stands around it."""


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


def chosen_blocks(page: Page, keep: Collection[Role] | None = None) -> Sequence[LabelledBlock]:
    """The blocks with the kept roles, in page order; without ``keep`` those of ``page.text``."""
    roles = page.text_roles if keep is None else keep
    return [block for block in page.blocks if block.role in roles]


def blocks_text(page: Page, keep: Collection[Role] | None = None) -> str:
    """The texts of the chosen blocks, a blank line between them; empty when there is none."""
    return "\n\n".join(block.text for block in chosen_blocks(page, keep))
