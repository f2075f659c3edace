"""``NAME.comments.json``: the comments of a page as a person read them.

The file is a list of records with the field names of the JSON output. A record,
or a quote in it, may leave a field out: it is then not compared. The file may
be missing, and then comments are held to their roles alone; without
``NAME.labels`` beside it, it is broken.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from cleaner.golden.faults import broken, read_text

SUFFIX = ".comments.json"

FIELDS = (
    "author",
    "dateText",
    "dateCreated",
    "text",
    "quotes",
    "upvoteCount",
    "downvoteCount",
    "votes",
    "parentItem",
    "depth",
    "anchor",
)
QUOTE_FIELDS = ("text", "start", "end", "of", "comment", "block")

Record = dict[str, Any]


def comments_path(labels: Path) -> Path:
    """Where the comments of a golden file stand.

    >>> comments_path(Path("golden/page.labels")).name
    'page.comments.json'
    """
    return labels.with_name(labels.name.removesuffix(".labels") + SUFFIX)


def read_comments(path: Path) -> tuple[Record, ...] | None:
    """The records of a file, None when it does not exist.

    Raises `FaultError` naming the record and the field that is wrong.
    """
    if not path.exists() and not path.is_symlink():
        return None
    return parse_comments(read_text(path), path)


def parse_comments(text: str, path: Path) -> tuple[Record, ...]:
    """The records from their JSON text; raises as `read_comments` does."""
    try:
        records = json.loads(text, object_pairs_hook=_unique)
    except json.JSONDecodeError as error:
        raise broken(path, f"not JSON: {error.msg}; correct it", line=error.lineno) from error
    except (ValueError, RecursionError) as error:
        raise broken(path, f"{error}; correct it") from error
    if not isinstance(records, list):
        raise broken(path, "must be a list of comment records: [{...}, ...]")
    for number, record in enumerate(records, start=1):
        _check(record, FIELDS, path, f"comment {number}")
        for quote in _quotes(record, path, number):
            _check(quote, QUOTE_FIELDS, path, f"comment {number}, a quote")
    return tuple(records)


def _quotes(record: Record, path: Path, number: int) -> list[Any]:
    quotes = record.get("quotes", [])
    if not isinstance(quotes, list):
        raise broken(path, f"comment {number}: 'quotes' must be a list; [] when it quotes nothing")
    return quotes


def _check(record: Any, fields: tuple[str, ...], path: Path, where: str) -> None:
    if not isinstance(record, dict):
        raise broken(path, f"{where} must be an object with the fields {', '.join(fields)}")
    for name in record:
        if name not in fields:
            raise broken(path, f"{where}: unknown field {name!r}; there are {', '.join(fields)}")


def _unique(pairs: list[tuple[str, Any]]) -> Record:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"field {twice!r} stands twice in one record")
    return record
