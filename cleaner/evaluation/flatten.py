"""HTML as flattened text, the way copied pages, WET files and half-cleaned corpora look.

Three styles, all made by resiliparse (extra ``[bench]``), whose version is
pinned because labels were written on its lines.
"""

from __future__ import annotations

from typing import Literal, get_args

from cleaner.errors import UsageError

Style = Literal["full", "wet", "half"]
"""``full`` is the whole page with its blank lines and indentation, ``wet`` the
same without them, ``half`` half-cleaned with bullets and indentation."""

STYLES: tuple[Style, ...] = get_args(Style)


def flatten(html: bytes, style: Style) -> str:
    """The text of a page in one of the three styles; lines end at LF.

    The stripped, non-empty lines of ``full`` are those of ``wet``. Empty bytes
    and pages without text give an empty text. Raises `UsageError` when the
    style is none, or resiliparse is not installed; what resiliparse itself
    raises on a page goes through.
    """
    if style not in STYLES:
        raise UsageError(f"no style {style!r}; there are {', '.join(STYLES)}")
    text = read_html(html)
    if style == "wet":
        return "\n".join(filled_lines(_plain(text, is_half=False)))
    return _plain(text, is_half=style == "half")


def filled_lines(text: str) -> list[str]:
    r"""The lines of a text, cut at LF only, stripped, without the empty ones.

    >>> filled_lines("  one\u2028two \n\n three\n")
    ['one\u2028two', 'three']
    """
    return [line for line in map(str.strip, text.split("\n")) if line]


def read_html(html: bytes) -> str:
    """The bytes of a page as resiliparse decodes them. Raises `UsageError` without it."""
    try:
        from resiliparse.parse.encoding import bytes_to_str, detect_encoding
    except ImportError as error:
        raise UsageError(
            "flattening needs resiliparse; install it with: pip install 'cleaner[bench]'"
        ) from error
    return str(bytes_to_str(html, detect_encoding(html) or "utf-8"))


def _plain(html: str, *, is_half: bool) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(
        extract_plain_text(
            html,
            preserve_formatting=True,
            main_content=is_half,
            list_bullets=is_half,
            alt_texts=False,
            links=False,
            form_fields=False,
            noscript=False,
            comments=True,
        )
    )
