"""Rows as Parquet, with the comments as a nested column."""

from __future__ import annotations

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cleaner.batch.rows import SCHEMA

ROW_GROUP = 1000
"""Rows written together."""

_STRING, _INT = pa.string(), pa.int64()
_STRINGS = pa.list_(_STRING)


def _struct(**fields: Any) -> Any:
    return pa.struct(list(fields.items()))


COLUMNS = pa.schema(
    [
        ("schema", pa.int32()),
        ("source", _STRING),
        ("record", _INT),
        ("offset", _INT),
        ("id", _STRING),
        ("url", _STRING),
        ("kind", _STRING),
        ("headline", _STRING),
        ("alternativeHeadline", _STRING),
        ("author", _STRING),
        ("datePublished", _STRING),
        ("articleSection", _STRING),
        ("articleBody", _STRING),
        ("commentCount", _INT),
        ("commentCountStated", _INT),
        (
            "comment",
            pa.list_(
                _struct(
                    author=_STRING,
                    dateText=_STRING,
                    dateCreated=_STRING,
                    text=_STRING,
                    quotes=pa.list_(
                        _struct(
                            text=_STRING, start=_INT, end=_INT, of=_STRING, comment=_INT, block=_INT
                        )
                    ),
                    upvoteCount=_INT,
                    downvoteCount=_INT,
                    votes=_INT,
                    parentItem=_INT,
                    depth=_INT,
                    anchor=_STRING,
                )
            ),
        ),
        ("outcome", _struct(state=_STRING, reason=_STRING)),
        (
            "encoding",
            _struct(
                charset=_STRING,
                namedBy=_STRING,
                replaced=_INT,
                repairs=pa.list_(_struct(line=_INT, before=_STRING, after=_STRING, steps=_STRINGS)),
            ),
        ),
        ("version", _STRING),
        ("settingsDigest", _STRING),
        ("roles", pa.map_(_STRING, _INT)),
    ],
    metadata={"cleaner.schema": str(SCHEMA)},
)
"""The columns of a row, as `cleaner.batch.rows.page_row` makes them."""


def write_parquet(rows: Path, target: Path) -> None:
    """Write rows, a file of JSON lines, as a Parquet file. The same rows give the same bytes."""
    with (
        rows.open("rb") as lines,
        pq.ParquetWriter(target, COLUMNS, compression="zstd") as writer,
    ):
        while group := list(islice(lines, ROW_GROUP)):
            writer.write_table(pa.Table.from_pylist([_row(line) for line in group], COLUMNS))


def _row(line: bytes) -> dict[str, Any]:
    """A row as pyarrow takes it: no lone surrogates, which Parquet cannot hold."""
    text = line.decode("utf-8")
    if "\\ud" in text:
        text = json.dumps(json.loads(text), ensure_ascii=False)
        text = text.encode("utf-8", "replace").decode("utf-8")
    row: dict[str, Any] = json.loads(text)
    row["roles"] = list(row["roles"].items())
    return row
