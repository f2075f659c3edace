"""What a file is, told from its first bytes."""

from __future__ import annotations

from enum import StrEnum

from cleaner.reading.items import Fields
from cleaner.reading.json_sniff import JsonForm, json_form

HEAD = 1 << 16
"""Bytes of a file that are looked at."""


class Kind(StrEnum):
    """What a file is."""

    PAGE = "page"
    JSONL = "jsonl"
    JSON = "json"
    WARC = "warc"
    PARQUET = "parquet"


_JSON = {JsonForm.LINES: Kind.JSONL, JsonForm.VALUES: Kind.JSON, None: Kind.PAGE}


def kind_of(head: bytes, name: str, fields: Fields) -> Kind:
    r"""What a file with this beginning is; the name counts only where JSON is broken.

    >>> kind_of(b'{"url": "https://example.org", "text": "A bridge."}\n', "a.txt", Fields())
    <Kind.JSONL: 'jsonl'>
    """
    if head.startswith(b"WARC/"):
        return Kind.WARC
    if head.startswith(b"PAR1"):
        return Kind.PARQUET
    return _JSON[json_form(head, name, fields)]
