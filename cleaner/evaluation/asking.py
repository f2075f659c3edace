"""What a program is given of a case: its HTML, or its text in one of the styles."""

from __future__ import annotations

from dataclasses import replace

from cleaner.errors import UsageError
from cleaner.evaluation.cases import Case
from cleaner.evaluation.flatten import Style, filled_lines, flatten
from cleaner.evaluation.metrics.placing import place_lines


def source_of(case: Case, style: Style | None) -> bytes | str:
    """The case's HTML as bytes, or flattened in a style.

    A case without HTML has its labelled lines as ``wet`` text. Raises
    `UsageError` when it has not what is asked for.
    """
    if case.html is not None:
        return case.html if style is None else flatten(case.html, style)
    if style == "wet" and case.lines:
        return "\n".join(line.text for line in case.lines)
    what = "HTML" if style is None else f"text in the style {style!r}"
    raise UsageError(f"{case.name}: its {what} needs the page; name its folder with --originals")


def with_lines_left(case: Case, source: bytes | str) -> Case:
    """The case with those of its lines that stand in a text; half-cleaned text lacks some.

    HTML has them all, and a line that is not found there is the program's fault.

    >>> from cleaner.document import Role
    >>> from cleaner.evaluation.cases import GoldLine
    >>> case = Case("x", lines=(GoldLine(Role.FORM, "Send"), GoldLine(Role.BODY, "One.")))
    >>> [line.text for line in with_lines_left(case, "* One.").lines]
    ['One.']
    """
    if isinstance(source, bytes) or not case.lines:
        return case
    places = place_lines([line.text for line in case.lines], filled_lines(source))
    lines = zip(case.lines, places, strict=True)
    return replace(case, lines=tuple(line for line, place in lines if place is not None))
