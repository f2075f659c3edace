"""An object or row with named fields as one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from cleaner.reading.items import DEFAULT_FIELDS, Fields, Item, Reading
from cleaner.reading.no_page import no_page_bytes


def chosen_names(known: Iterable[str], fields: Fields) -> dict[str, str]:
    """For ``content``, ``url``, ``id`` and ``media_type`` the field that holds it, where one does.

    >>> chosen_names(["text", "link", "other"], Fields())
    {'content': 'text', 'url': 'link'}
    """
    there = set(known)
    chosen = {}
    for role, tried in DEFAULT_FIELDS.items():
        given = getattr(fields, role)
        name = next((name for name in ([given] if given else tried) if name in there), None)
        if name is not None:
            chosen[role] = name
    return chosen


def page_of(values: Mapping[str, Any], place: Item, reading: Reading) -> Item:
    """The page that a row holds: skipped where the content is null, failed where it is none."""
    names = chosen_names(values, reading.fields)
    if "content" not in names:
        tried = reading.fields.content or ", ".join(DEFAULT_FIELDS["content"])
        reason = f"no field with content (looked for {tried}); name it with --field content=NAME"
        return replace(place, outcome="failed", reason=reason)
    content = values[names["content"]]
    known = replace(
        place,
        url=_text(values, names, "url"),
        id=_text(values, names, "id"),
        media_type=_text(values, names, "media_type"),
    )
    if content is None:
        return replace(known, outcome="skipped", reason=f"the field {names['content']!r} is null")
    if not isinstance(content, str | bytes):
        kind = type(content).__name__
        reason = f"the field {names['content']!r} holds {kind}, not text"
        return replace(known, outcome="failed", reason=reason)
    if len(content) > reading.most:
        return replace(known, outcome="failed", reason=reading.too_large())
    other = no_page_bytes(content) if isinstance(content, bytes) else ""
    if other:
        return replace(known, outcome="skipped", reason=f"{other} is no page")
    return replace(known, content=content)


def _text(values: Mapping[str, Any], names: Mapping[str, str], role: str) -> str | None:
    value = values.get(names.get(role, ""))
    if value is None or isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) else None
