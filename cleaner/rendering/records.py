"""A page as one JSON record; the README documents it field by field.

Field names are those of schema.org where it has one. Unknown is None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

from cleaner.document import Role
from cleaner.page import Comment, Encoding, Page, Quote, Repair
from cleaner.rendering.choosing import blocks_text

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # UTF-8 cannot hold it, a JSON escape can
_STILL_RAW = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029)}
"""What ``json.dumps`` leaves as it is, though it breaks a line or steers a terminal."""


def page_record(
    page: Page, *, source: str = "", keep: Collection[Role] | None = None
) -> dict[str, Any]:
    """The page's record, in the order of its fields.

    ``keep`` chooses the roles of ``articleBody``; the comments are always whole.
    """
    return {
        "source": source or None,
        "url": page.url or None,
        "kind": page.kind,
        "headline": page.headline or None,
        "alternativeHeadline": page.standfirst or None,
        "author": page.author or None,
        "datePublished": page.date_published or None,
        "articleSection": page.section or None,
        "articleBody": page.body if keep is None else blocks_text(page, keep),
        "commentCount": page.comment_count,
        "commentCountStated": page.comment_count_stated,
        "comment": comment_records(page),
        "outcome": {"state": page.outcome.state, "reason": page.outcome.reason or None},
        "encoding": _encoding_record(page.encoding),
        "version": page.version,
        "settingsDigest": page.settings_digest,
        "roles": {str(role): count for role, count in page.roles.items()},
    }


def comment_records(page: Page) -> list[dict[str, Any]]:
    """The page's comments as records, in page order; empty when there are none."""
    return [_comment_record(comment) for comment in page.comments]


def render_record(page: Page, *, source: str = "", keep: Collection[Role] | None = None) -> str:
    """The record as JSON on one line, which ends with LF and holds no other line break."""
    return to_json_line(page_record(page, source=source, keep=keep))


def to_json_line(value: Any) -> str:
    r"""A value as one line of JSON; control characters and line separators are escaped.

    >>> to_json_line({"text": "a\u2028b\nc"})
    '{"text": "a\\u2028b\\nc"}\n'
    """
    return _escaped(json.dumps(value, ensure_ascii=False)) + "\n"


def to_json_lines(value: Any) -> str:
    """The same with a line of its own for each field, for files that people compare."""
    return _escaped(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _escaped(text: str) -> str:
    text = text.translate(_STILL_RAW)
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _comment_record(comment: Comment) -> dict[str, Any]:
    return {
        "author": comment.author,
        "dateText": comment.date_text,
        "dateCreated": comment.date,
        "text": comment.text,
        "quotes": [_quote_record(quote) for quote in comment.quotes],
        "upvoteCount": comment.up,
        "downvoteCount": comment.down,
        "votes": comment.votes,
        "parentItem": comment.reply_to,
        "depth": comment.depth,
        "anchor": comment.anchor,
    }


def _quote_record(quote: Quote) -> dict[str, Any]:
    return {
        "text": quote.text,
        "start": quote.start,
        "end": quote.end,
        "of": _quoted(quote),
        "comment": quote.comment,
        "block": quote.block,
    }


def _quoted(quote: Quote) -> str | None:
    if quote.block is None:
        return None
    return "article" if quote.comment is None else "comment"


def _encoding_record(encoding: Encoding) -> dict[str, Any]:
    return {
        "charset": encoding.charset or None,
        "namedBy": encoding.named_by,
        "replaced": encoding.replaced,
        "repairs": [_repair_record(repair) for repair in encoding.repairs],
    }


def _repair_record(repair: Repair) -> dict[str, Any]:
    return {
        "line": repair.line,
        "before": repair.before,
        "after": repair.after,
        "steps": list(repair.steps),
    }
