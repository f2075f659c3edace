"""The data folders as pages: HTML, site, and what is known to be content.

Each reader takes the folder and yields pages in the order of their names.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from resiliparse.parse.encoding import bytes_to_str, detect_encoding
from resiliparse.parse.html import HTMLTree

from scripts.training.folds import canonical_url, fold_of, site_of
from scripts.training.hand_labels import with_own_labels


@dataclass(frozen=True)
class DataPage:
    """One page of a data set.

    ``name`` is ``wcxb-ID``, ``traf-FILE`` or ``readability-NAME``, as in
    roles-dev. ``gold`` is the text of its content, None where only snippets are
    known; ``roles`` are the hand-labelled lines, empty where there are none.
    """

    name: str
    site: str
    html: bytes
    kind: str = ""
    gold: str | None = None
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    roles: tuple[tuple[str, str], ...] = field(default=())

    @property
    def source(self) -> str:
        """The data set: wcxb, traf or readability."""
        return self.name.split("-", 1)[0]

    @property
    def fold(self) -> int:
        """The fold of the page's site."""
        return fold_of(self.site)

    @property
    def text(self) -> str:
        """The HTML, decoded as the labelled pages were."""
        return decoded(self.html)


def decoded(html: bytes) -> str:
    """HTML bytes as text, by resiliparse's detection."""
    return str(bytes_to_str(html, detect_encoding(html)))


def read_pages(
    *,
    wcxb: Path | None = None,
    traf: Path | None = None,
    readability: Path | None = None,
    roles: Path | None = None,
) -> list[DataPage]:
    """The pages of all folders given, with hand labels: those of roles-dev, else our own."""
    labels = read_roles(roles) if roles else {}
    pages: list[DataPage] = []
    if wcxb:
        pages += read_wcxb(wcxb, labels)
    if traf:
        pages += read_traf(traf, labels)
    if readability:
        pages += read_readability(readability, labels)
    return [with_own_labels(page) for page in pages]


Labels = dict[str, tuple[tuple[str, str], ...]]


def read_roles(folder: Path) -> Labels:
    """The hand-labelled lines by page name, as pairs of role and text."""
    return {path.stem: tuple(_label_lines(path)) for path in sorted(folder.glob("*.labels"))}


def _label_lines(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line:
            role, _, text = line.partition("\t")
            yield role, text


def read_wcxb(folder: Path, labels: Labels) -> Iterator[DataPage]:
    """WCXB's development split in its published layout."""
    for path in sorted((folder / "dev" / "ground-truth").glob("*.json")):
        truth = json.loads(path.read_text(encoding="utf-8"))
        name = f"wcxb-{path.stem}"
        yield DataPage(
            name,
            site_of(truth["url"]) or name,
            gzip.decompress((folder / "dev" / "html" / f"{path.stem}.html.gz").read_bytes()),
            kind=truth["_internal"]["page_type"]["primary"],
            gold=truth["ground_truth"].get("main_content") or "",
            roles=labels.get(name, ()),
        )


def read_traf(folder: Path, labels: Labels) -> Iterator[DataPage]:
    """Trafilatura's evaluation pages with their snippets."""
    entries = json.loads((folder / "evaldata.json").read_text(encoding="utf-8"))
    for url, entry in sorted(entries.items(), key=lambda item: item[1]["file"]):
        name = f"traf-{entry['file']}"
        path = folder / "html" / f"{entry['file']}.gz"
        if path.exists():
            yield DataPage(
                name,
                site_of(url) or name,
                gzip.decompress(path.read_bytes()),
                kind="article",
                must=tuple(entry["with"]),
                must_not=tuple(entry["without"]),
                roles=labels.get(name, ()),
            )


def read_readability(folder: Path, labels: Labels) -> Iterator[DataPage]:
    """Readability.js's test pages with the article they expect."""
    for path in sorted(folder.glob("*/source.html.gz")):
        html = gzip.decompress(path.read_bytes())
        name = f"readability-{path.parent.name}"
        expected = gzip.decompress((path.parent / "expected.html.gz").read_bytes())
        yield DataPage(
            name,
            site_of(canonical_url(html)) or name,
            html,
            kind="article",
            gold=_all_text(decoded(expected)),
            roles=labels.get(name, ()),
        )


def _all_text(html: str) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(HTMLTree.parse(html), main_content=False, list_bullets=False))
