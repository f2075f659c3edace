"""Run the program, and its peers, over the pages of a data set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from time import process_time
from typing import Any

from cleaner.encoding.detect import decode
from cleaner.evaluation.asking import source_of, with_lines_left
from cleaner.evaluation.cases import Case
from cleaner.evaluation.digests import Digests
from cleaner.evaluation.flatten import Style
from cleaner.evaluation.peers import Extract
from cleaner.evaluation.registry import DataSet
from cleaner.evaluation.rows import Row
from cleaner.page import Page
from cleaner.pipeline import clean as clean_page
from cleaner.settings import Settings

Clean = Callable[[Case, bytes | str], Page]
"""From a case and its source (HTML as bytes, flattened text as str) to the page.

A caller may pass its own: one that chooses a model by the case's site, say.
"""

OWN = "cleaner"
"""The program's own name among the programs of a run."""


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a run: a row per page and program, and the digests of what it ran on.

    ``left_out`` counts labelled lines that the flattened text did not have.
    """

    rows: tuple[Row, ...]
    data: str
    labels: str
    left_out: int


def cleaner_with(settings: Settings | None = None) -> Clean:
    """The program as users call it."""

    def clean(case: Case, source: bytes | str) -> Page:
        media_type = "text/html" if isinstance(source, bytes) else "text/plain"
        return clean_page(source, url=case.url or None, media_type=media_type, settings=settings)

    return clean


def run(
    cases: Iterable[Case],
    clean: Clean,
    *,
    dataset: DataSet[Any],
    style: Style | None = None,
    peers: Mapping[str, Extract] | None = None,
) -> Run:
    """Clean and score every case; each peer gets the same page's HTML right after.

    ``style`` flattens the pages first; peers read HTML all the same, decoded
    for them as the program does; the time of flattening and decoding is not theirs. Whatever a
    program raises on a page is a failure, which scores zero. Raises
    `UsageError` when a case has not what is asked for.
    """
    rows: list[Row] = []
    digests, left_out = Digests(), 0
    for case in cases:
        digests.add(case)
        source = source_of(case, style)
        asked = with_lines_left(case, source)
        left_out += len(case.lines) - len(asked.lines)
        rows.append(_own_row(asked, source, clean, dataset))
        rows += _peer_rows(asked, dataset, peers or {})
    return Run(tuple(rows), digests.data, digests.labels, left_out)


def _own_row(case: Case, source: bytes | str, clean: Clean, dataset: DataSet[Any]) -> Row:
    def ask() -> Any:
        page = clean(case, source)
        if page.outcome.state == "failed":
            raise _GivenUpError(page.outcome.reason)
        return dataset.answer(page)

    return _row(OWN, case, dataset, ask)


def _peer_rows(case: Case, dataset: DataSet[Any], peers: Mapping[str, Extract]) -> Iterator[Row]:
    if not peers:
        return
    html, _ = decode(case.html or b"")
    for name, extract in peers.items():
        yield _row(name, case, dataset, lambda extract=extract: extract(html))  # type: ignore[misc]


class _GivenUpError(Exception):
    """The page itself says that cleaning it failed."""


def _row(program: str, case: Case, dataset: DataSet[Any], ask: Callable[[], Any]) -> Row:
    failure, answer = "", None
    begin = process_time()
    try:
        answer = ask()
    except _GivenUpError as error:
        failure = str(error) or "failed"
    except Exception as error:  # a program that fails on a page scores zero there
        failure = f"{type(error).__name__}: {error}"
    seconds = process_time() - begin
    counts = dataset.metric.count(case, answer)
    score = 0.0 if failure else dataset.metric.score(counts)
    return Row(program, case.name, case.kind, score, counts, seconds, failure)
