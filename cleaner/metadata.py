"""What a page's markup states about it, read by trafilatura."""

from __future__ import annotations

_FIELDS = ("title", "author", "date", "sitename", "description", "url", "language")


def stated_metadata(markup: str, url: str = "") -> dict[str, str]:
    """Title, author, date, sitename, description, url, language, as far as the markup states them.

    Markup that trafilatura cannot read states nothing. The date is not looked for in the
    text, where that of a copyright line would be taken for the page's.
    """
    from trafilatura import extract_metadata  # 0.3 s to import, and few ask

    try:
        found = extract_metadata(markup, default_url=url or None, extensive=False)
    except Exception:  # whatever its parsers stumble over, the page itself is cleaned
        return {}
    values = ((name, getattr(found, name, None)) for name in _FIELDS) if found else ()
    return {name: str(value) for name, value in values if value}
