"""A page as Markdown (CommonMark): headline, headings, text, the comments as a nested list."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from cleaner.document import Role
from cleaner.page import Comment, LabelledBlock, Page
from cleaner.rendering.choosing import Comments, blocks_of, chosen_roles, comments_of

DEEPEST = 12
"""Replies below this depth are indented no further: a chain of n replies would cost n² spaces."""

_STRUCTURE = re.compile(
    r"^( {0,3})(?:(?=\#|>|[-+*](?:\s|$)|(?:[-*_][ \t]*){3,}$|(?:=+|-+)\s*$|`{3}|~{3}|\[[^\]]*\]:)"
    r"|(\d{1,9})(?=[.)](?:\s|$)))",
    re.MULTILINE,
)
_MARKUP = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w+;)")
_BACKSLASHES = re.compile(rf"(?<!\\)(\\*)({_MARKUP.pattern})")
_EMPHASIS = re.compile(r"([\\`*_\[\]])")
_BACKTICKS = re.compile("`+")
_CLOSING = re.compile(r"(?<=\s)(?=#+\s*$)")


def render_markdown(
    page: Page,
    *,
    keep: Collection[Role] | None = None,
    comments: Comments = Comments.NONE,
) -> str:
    """Headline, then the text's blocks, then, if wanted, the comments under ``## Comments``.

    With comments the replies of a thread stand there, rather than in the text.
    Ends with LF; empty when there is nothing.
    """
    parts: list[str] = []
    if comments is not Comments.ONLY:
        roles = set(chosen_roles(page, keep)) - (
            {Role.COMMENT} if comments is Comments.WITH else set()
        )
        parts += _article(page, roles, with_headline=keep is None or Role.HEADLINE in keep)
    if comments is not Comments.NONE:
        parts += comment_section(comments_of(page))
    return "\n\n".join(parts) + "\n" if parts else ""


def escape_text(text: str) -> str:
    r"""Text that stays text: what would be a heading, list, quote, fence, tag or entity is escaped.

    Emphasis and links inside a line are left alone.

    >>> print(escape_text("1. Mix the <b>flour</b> *well*, and write &lt;"))
    1\. Mix the \<b>flour\</b> *well*, and write \&lt;
    """
    return _STRUCTURE.sub(lambda match: f"{match[1]}{match[2] or ''}\\", _without_markup(text))


def _without_markup(text: str) -> str:
    """Tags and entities escaped, with the backslashes before them, which would undo that."""
    return _BACKSLASHES.sub(r"\1\1\\\2", text)


def escape_inline(text: str) -> str:
    """One line of text inside emphasis: its own emphasis and links are escaped as well."""
    return _MARKUP.sub(r"\\\g<0>", _EMPHASIS.sub(r"\\\1", " ".join(text.split())))


def comment_section(comments: Iterable[Comment]) -> list[str]:
    """The heading and one list item per comment, replies under what they answer.

    Empty when there are no comments.
    """
    comments = tuple(comments)
    items = [_item(comments[index], depth) for index, depth in _in_thread_order(comments)]
    return ["## Comments", *items] if items else []


def _article(page: Page, roles: Collection[Role], *, with_headline: bool) -> list[str]:
    headline = [f"# {_heading(page.headline)}"] if with_headline and page.headline else []
    blocks = blocks_of(page, roles)
    rest = [block for block in blocks if block.text != page.headline or block.role != Role.HEADLINE]
    return [*headline, *(_block(block, is_code=block.index in page.preformatted) for block in rest)]


def _block(block: LabelledBlock, *, is_code: bool) -> str:
    match block.role:
        case Role.HEADLINE | Role.HEADING:
            return f"## {_heading(block.text)}"
        case _ if is_code:
            return _code(block.text)
        case Role.STANDFIRST:
            return f"*{escape_inline(block.text)}*"
        case _:
            return escape_text(block.text)


def _heading(text: str) -> str:
    return _CLOSING.sub(r"\\", _without_markup(" ".join(text.split())))


def _code(text: str) -> str:
    """A fenced block: its fence is longer than any run of backticks in it."""
    fence = "`" * max(3, 1 + max(map(len, _BACKTICKS.findall(text)), default=0))
    return f"{fence}\n{text}\n{fence}"


def _in_thread_order(comments: tuple[Comment, ...]) -> Iterator[tuple[int, int]]:
    """Index and depth of each comment: every reply after what it answers, else page order."""
    replies: dict[int | None, list[int]] = {}
    for index, comment in enumerate(comments):
        parent = comment.reply_to
        known = parent is not None and 0 <= parent < index
        replies.setdefault(parent if known else None, []).append(index)
    waiting = [(index, 0) for index in reversed(replies.get(None, []))]
    while waiting:
        index, depth = waiting.pop()
        yield index, depth
        waiting += [(reply, depth + 1) for reply in reversed(replies.get(index, []))]


def _item(comment: Comment, depth: int) -> str:
    indent = "  " * min(depth, DEEPEST)
    lines = [f"- {_comment_head(comment)}", ""]
    lines += [f"  {line}" for line in escape_text(comment.text).split("\n")]
    return "\n".join((indent + line).rstrip() for line in lines).rstrip()


def _comment_head(comment: Comment) -> str:
    votes = ((comment.up, "up"), (comment.down, "down"), (comment.votes, "votes"))
    parts = [f"**{escape_inline(comment.author or '(no name)')}**"]
    parts += [escape_inline(comment.date_text)] if comment.date_text else []
    parts += [f"{count} {what}" for count, what in votes if count is not None]
    return ", ".join(parts)
