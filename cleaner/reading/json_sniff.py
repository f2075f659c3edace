"""Whether a file holds JSON, and in which form, told from its first bytes.

Text may begin with a bracket, or show a line of JSON, and must stay text.
"""

from __future__ import annotations

import json
import re
from enum import StrEnum

from cleaner.reading.items import DEFAULT_FIELDS, Fields

_OBJECT = re.compile(r'\{\s*(?:"(?:[^"\\\n]|\\.)*"\s*:|\})')
"""How an object begins: with a name and a colon, or at once with its end."""

_VALUE = re.compile(rf"(?:\[\s*)?{_OBJECT.pattern}")
_CUT_TOKEN = re.compile(r"[-+.\\\w]{0,11}\Z")
"""What stands behind the place of an error that only the end of the text has made."""

_LINES_NAME = re.compile(r"\.(?:jsonl|ndjson|jsonlines)(?:\.[a-z0-9]{2,3})?\Z", re.I)
_JSON_NAME = re.compile(r"\.json(?:\.[a-z0-9]{2,3})?\Z", re.I)


class JsonForm(StrEnum):
    """How a file holds its records."""

    LINES = "an object on each line"
    VALUES = "one object, or an array of them, over any number of lines"


def json_form(start: bytes, name: str, fields: Fields) -> JsonForm | None:
    r"""The form of the JSON in a file with this beginning; None where it is something else.

    ``start`` is what stands behind a byte order mark and white space. The name, or a
    field that was named, count only where the content is broken.

    >>> json_form(b'{"text": "A bridge."}\n', "a.txt", Fields())
    <JsonForm.LINES: 'an object on each line'>
    >>> json_form(b'[\n {"text": "A bridge."}]', "a.txt", Fields()) is JsonForm.VALUES
    True
    >>> json_form(b"[1] A bridge is open.", "a.txt", Fields()) is None
    True
    """
    name = name.rpartition("/")[2]
    text = start.decode("utf-8", "replace")
    if _VALUE.match(text) and _is_sound(text):
        is_line = text.startswith("{") and "\n" not in text.rstrip()
        return JsonForm.LINES if is_line else JsonForm.VALUES
    if _is_lines(text, fields):
        return JsonForm.LINES
    return _form_of_name(text, name, fields)


def is_cut(text: str, error: json.JSONDecodeError) -> bool:
    """Whether JSON is broken only because the text ends."""
    if error.msg.startswith("Extra data"):
        return False
    is_at_end = _CUT_TOKEN.match(text, error.pos) is not None
    return is_at_end or error.msg.startswith("Unterminated string")


def _is_sound(text: str) -> bool:
    """Whether text is one JSON value, or the beginning of one."""
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return is_cut(text, error)
    except RecursionError:
        return True  # brackets in brackets, each of them sound
    return True


def _is_lines(text: str, fields: Fields) -> bool:
    """Whether most lines begin as an object does, or half of them where one has content."""
    lines = [line for line in text.split("\n") if line.strip()]
    alike = [line for line in lines if _OBJECT.match(line)]
    if not alike or 2 * len(alike) < len(lines):
        return False
    whole = [value for line in alike if (value := _object(line)) is not None]
    names = [fields.content] if fields.content else DEFAULT_FIELDS["content"]
    if any(name in value for value in whole for name in names):
        return True
    last_is_cut = not whole and lines[-1] == alike[-1] and _is_sound(lines[-1])
    return 2 * len(alike) > len(lines) and (bool(whole) or last_is_cut)


def _object(line: str) -> dict[str, object] | None:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _form_of_name(text: str, name: str, fields: Fields) -> JsonForm | None:
    if _LINES_NAME.search(name):
        return JsonForm.LINES if text else None
    if text.startswith(("{", "[")) and _JSON_NAME.search(name):
        return JsonForm.VALUES
    if text.startswith("{") and fields.content:
        return JsonForm.LINES
    return None
