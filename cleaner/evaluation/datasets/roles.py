"""Pages labelled line by line: a folder of ``NAME.labels``, and where their HTML is.

A line is ``role``, then a tab or `` | ``, then the text as it stood on the
flattened page; after `` | `` it is escaped as in golden files. ``wcxb-ID``,
``traf-FILE`` and ``readability-NAME`` name a page of those data sets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, partial
from pathlib import Path

from cleaner.document import Role
from cleaner.errors import UsageError
from cleaner.evaluation.cases import Case, Cases, GoldLine
from cleaner.evaluation.datasets.files import find_packed, need, need_some, read_object, read_packed
from cleaner.rendering.labels import CUT, unescape

LAYOUT = "NAME.labels with lines of role, then a tab or ' | ', then text"

_CUT = re.compile(r"(\t| \| )")
_ROLES = {str(role): role for role in Role}

_PLACES = {
    "wcxb": ("{folder}/dev/html/{name}.html", "{folder}/test/html/{name}.html"),
    "traf": ("{folder}/html/{name}", "{folder}/cache/{name}", "{folder}/eval/{name}"),
    "readability": ("{folder}/{name}/source.html",),
}
"""Where the page of a label file is, seen from the folder of its data set."""

_FOLDERS = {"wcxb": "wcxb", "traf": "traf-dev", "readability": "readability"}
"""The name of a data set's folder among the originals."""


def load_roles(folder: Path, *, originals: Sequence[Path] = ()) -> Cases:
    """The label files by name; gold is ``lines``, kind the data set the page is from, if named.

    With ``originals``, folders that hold ``wcxb``, ``traf-dev`` and
    ``readability`` (or are one of these), each case has its ``html``, and the
    ``url`` that the data set gives it; a page that stands in none of them is a
    `UsageError`, as is another layout.
    """
    paths = sorted(need(folder, LAYOUT).glob("*.labels"))
    need_some(paths, folder, LAYOUT)
    for original in originals:
        need(original, "a folder with wcxb, traf-dev or readability in it")
    return Cases([partial(_read, path, tuple(originals)) for path in paths])


def read_lines(path: Path) -> tuple[GoldLine, ...]:
    """The labelled lines of one file, cut at LF only; empty lines and ``# `` headers are no lines.

    Raises `UsageError` naming the line that has no role, or an unknown one.
    """
    try:
        text = read_packed(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: not UTF-8 ({error})") from error
    return tuple(_lines(text, path))


def _lines(text: str, path: Path) -> Iterator[GoldLine]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or line.startswith("# "):
            continue
        role, *rest = _CUT.split(line, maxsplit=1)
        if not rest or role not in _ROLES:
            raise UsageError(f"{path}:{number}: {line[:40]!r} has no role; expected {LAYOUT}")
        yield GoldLine(_ROLES[role], _text(*rest, where=f"{path}:{number}"))


def _text(cut: str, written: str, *, where: str) -> str:
    try:
        return (unescape(written) if cut == CUT else written).strip()
    except ValueError as error:
        raise UsageError(f"{where}: {error}") from error


def _read(path: Path, originals: tuple[Path, ...]) -> Case:
    name = path.name.removesuffix(".labels")
    original = _original(path, originals) if originals else None
    html = read_packed(original) if original else None
    url = _url(original) if original else ""
    dataset = name.partition("-")[0]
    kind = dataset if dataset in _PLACES else ""
    return Case(name=name, kind=kind, html=html, url=url, lines=read_lines(path))


def _original(path: Path, originals: tuple[Path, ...]) -> Path:
    dataset, _, name = path.name.removesuffix(".labels").partition("-")
    for place in _candidates(dataset, name, originals):
        if found := find_packed(place):
            return found
    places = ", ".join(str(place) for place in _candidates(dataset, name, originals[:1]))
    tried = f"looked for {places} and the like" if places else f"no data set {dataset!r}"
    raise UsageError(f"{path}: its original is not there; {tried}; expected {_ORIGINALS}")


def _url(original: Path) -> str:
    """The URL that the original's data set gives it; empty when it gives none."""
    name = original.name.removesuffix(".gz")
    truth = original.parents[1] / "ground-truth" / f"{name.removesuffix('.html')}.json"
    if truth.is_file():
        return str(read_object(truth).get("url") or "")
    return _urls(original.parents[1] / "evaldata.json").get(name, "")


@cache
def _urls(path: Path) -> dict[str, str]:
    """The URL of each page's file in trafilatura's ``evaldata.json``; none without the file."""
    records = read_object(path) if path.is_file() else {}
    return {record["file"]: url for url, record in records.items()}


_ORIGINALS = "wcxb-ID.labels, traf-FILE.labels or readability-NAME.labels and their pages"


def _candidates(dataset: str, name: str, originals: Sequence[Path]) -> Iterator[Path]:
    for original in originals:
        for folder in (original / _FOLDERS.get(dataset, dataset), original):
            for place in _PLACES.get(dataset, ()):
                yield Path(place.format(folder=folder, name=name))
