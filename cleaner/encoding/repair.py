"""Repair damaged text line by line with ftfy, and record every repair.

Damage is repaired (mojibake, HTML entities left in the text, control
characters); style is left alone: curly quotes, full-width letters, ligatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from cleaner.encoding.damage import may_be_damaged
from cleaner.page import Repair

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

LINE_END = re.compile(r"\r\n|\r|\n")
"""Where a line ends. VT, FF, NEL, U+2028 and U+2029 are white space inside one."""

_SPACES = re.compile(r"([\x0b\x0c\x1c-\x1f])")
"""White space inside a line that ftfy would delete as control characters, gluing two words."""

_NEL = "\x85"
_ELLIPSIS = "…"
_OTHER_CONTROLS = re.compile(r"[\x80-\x84\x86-\x9f]")

_LONGEST_PIECE = 5000
"""Characters handed to ftfy at once. Dense mojibake in one piece of a megabyte took it seconds."""

_PIECE = re.compile(rf".{{1,{_LONGEST_PIECE}}}(?:(?= )|$)|.{{1,{_LONGEST_PIECE}}}", re.DOTALL)

_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1a\x7f-\x84\x86-\x9f\ufffd]")
_BINARY_WINDOW = 65536  # characters looked at
_BINARY_LEAST = 4096  # characters; a shorter text costs little to repair, whatever it is
_BINARY_SHARE = 0.1  # of them; random bytes have a quarter, a damaged page less than a hundredth

_MOST_PASSES = 8
"""Repairs of repairs before a line is taken as it is; text seen so far needed two."""


def repair(text: str, *, has_entities: bool = True) -> tuple[str, tuple[Repair, ...]]:
    r"""The text with every damaged line repaired and every line end as LF, and the repairs.

    ``has_entities`` is False for text whose HTML entities were decoded by a
    parser: one that is left was meant. Repairing the result once more changes nothing.

    >>> text, (record,) = repair("fine “quotes”\r\ncafÃ©")
    >>> text, record.line, record.before
    ('fine “quotes”\ncafé', 2, 'cafÃ©')
    >>> record.steps
    ('encode:latin-1', 'decode:utf-8')
    """
    text = join_lines(text)
    if not may_be_damaged(text, has_entities=has_entities) or _is_binary(text):
        return text, ()
    lines = text.split("\n")
    repairs: list[Repair] = []
    for index, line in enumerate(lines):
        if not may_be_damaged(line, has_entities=has_entities) or line.isspace():
            continue
        after, steps = _repair_line(line, "auto" if has_entities else False)
        if after != line:
            repairs.append(Repair(index + 1, line, after, steps))
            lines[index] = after
    return "\n".join(lines), tuple(repairs)


def _is_binary(text: str) -> bool:
    """Whether a text is mostly no text at all; repairing a program or a picture is no use."""
    shown = LINE_END.sub("", text[:_BINARY_WINDOW])
    return len(shown) >= _BINARY_LEAST and len(_NO_TEXT.findall(shown)) > _BINARY_SHARE * len(shown)


def join_lines(text: str) -> str:
    """The text with every line end as LF, and nothing repaired."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _repair_line(line: str, unescape: str | bool) -> tuple[str, tuple[str, ...]]:
    """A line's repair. A line that only holds characters which the repair deletes keeps them."""
    after, steps = _fixed(line, _config(unescape, has_controls=False))
    if line.strip() and not after.strip():
        kept, kept_steps = _fixed(line, _config(unescape, has_controls=True))
        if kept.strip():
            return kept, kept_steps
    return after, steps


@cache
def _config(unescape: str | bool, *, has_controls: bool) -> TextFixerConfig:
    """What ftfy repairs; with ``has_controls`` control characters stay."""
    from ftfy import TextFixerConfig  # 60 ms to import, and most pages need no repair

    return TextFixerConfig(
        unescape_html=unescape,
        uncurl_quotes=False,
        fix_character_width=False,
        fix_latin_ligatures=False,
        fix_line_breaks=False,
        remove_control_chars=not has_controls,
        remove_terminal_escapes=not has_controls,
    )


def _fixed(line: str, config: TextFixerConfig) -> tuple[str, tuple[str, ...]]:
    """Pass after pass until nothing changes, since one repair can uncover the next."""
    steps: list[str] = []
    for _ in range(_MOST_PASSES):
        pieces = [_fix_piece(piece, config) for piece in _pieces(line)]
        # An entity such as &#10; must not make two lines of one.
        after = LINE_END.sub(" ", "".join(text for text, _ in pieces))
        steps.extend(step for _, taken in pieces for step in taken)
        if after == line:
            break
        line = after
    return line, tuple(dict.fromkeys(steps))


def _fix_piece(piece: str, config: TextFixerConfig) -> tuple[str, list[str]]:
    """One piece through ftfy, which takes a lone NEL for the ellipsis of windows-1252.

    It is white space here, unless other such controls stand beside it or it was
    half of a misread letter.
    """
    if _SPACES.fullmatch(piece):
        return piece, []
    text, steps = _explained(piece, config)
    is_taken = text.count(_ELLIPSIS) > piece.count(_ELLIPSIS)
    if _NEL in piece and is_taken and not _OTHER_CONTROLS.search(piece):
        parts = [_explained(part, config) for part in piece.split(_NEL)]
        return _NEL.join(part for part, _ in parts), [step for _, taken in parts for step in taken]
    return text, steps


def _explained(text: str, config: TextFixerConfig) -> tuple[str, list[str]]:
    from ftfy import fix_and_explain

    fixed = fix_and_explain(text, config)
    return fixed.text, [f"{step.action}:{step.parameter}" for step in fixed.explanation or ()]


def _pieces(line: str) -> Iterator[str]:
    for part in _SPACES.split(line):
        if len(part) <= _LONGEST_PIECE:
            yield part
        else:
            yield from _PIECE.findall(part)
