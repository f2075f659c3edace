"""Shared by the stages: which blocks earlier marks have already claimed."""

from __future__ import annotations

from collections.abc import Collection

from cleaner.document import Document, Group, Role

STRONG = 3.0
"""The weight from which a role is taken as given by the stages that come after."""


def claimed_role(document: Document, index: int) -> Role | None:
    """The role that the marks so far give a block, when their weight is at least `STRONG`."""
    leading = document.leading.get(index)
    return leading[0] if leading is not None and leading[1] >= STRONG else None


def is_claimed(document: Document, index: int, groups: Collection[Group]) -> bool:
    """Whether the marks so far put a block into one of these groups."""
    role = claimed_role(document, index)
    return role is not None and role.group in groups
