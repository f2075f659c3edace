"""Train the model of flattened text.

``python -m scripts.training.text_train OUT --wcxb DIR --traf DIR --readability DIR
--roles DIR [--folds]`` writes OUT/text, and with ``--folds`` OUT/fold-K/text
beside OUT/folds.json, and prints the figures out of fold.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from scripts.training.data import DataPage, read_pages
from scripts.training.folds import FOLDS
from scripts.training.text_corpus import Corpus
from scripts.training.text_export import save_text_model
from scripts.training.text_pages import TextPage, excerpt_of, text_pages
from scripts.training.text_report import report
from scripts.training.text_steps import BUCKETS, train_model


def train_text(
    pages: Iterable[DataPage], out: Path, *, folds: bool = False, final: bool = True
) -> list[str]:
    """Train on all pages into ``out/text``; with folds also ``out/fold-K/text``.

    Gives the lines of the report on the fold models, each asked only about the
    sites it has not seen; nothing without ``folds``. Takes some 4 GB of memory,
    and on one core a minute for the pages and a quarter of an hour for each model.
    """
    corpus = Corpus(flattened(pages))
    return train_corpus(corpus, out, folds=folds, final=final)


def flattened(pages: Iterable[DataPage]) -> list[TextPage]:
    """All pages in all styles, and an excerpt of each."""
    return [text for page in pages for text in _styles(page)]


def _styles(page: DataPage) -> list[TextPage]:
    whole = text_pages(page)
    excerpt = excerpt_of(whole)
    return [*whole, excerpt] if excerpt else whole


def train_corpus(corpus: Corpus, out: Path, *, folds: bool, final: bool) -> list[str]:
    """The same for pages that are flattened already."""
    with threadpool_limits(1):  # sums in another order would be other bytes
        return _train(corpus, out, folds=folds, final=final)


def _train(corpus: Corpus, out: Path, *, folds: bool, final: bool) -> list[str]:
    rows = corpus.ngram_rows(BUCKETS)
    if final:
        model, _ = train_model(corpus, rows, None)
        save_text_model(model, out)
    if not folds:
        return []
    honest = np.zeros((len(corpus.main), 18), np.float32)
    for fold in range(FOLDS):
        model, given = train_model(corpus, rows, fold)
        save_text_model(model, out / f"fold-{fold}")
        honest[corpus.fold == fold] = given
    write_folds(corpus, out)
    return list(report(corpus, honest))


def write_folds(corpus: Corpus, out: Path) -> None:
    """``folds.json``: which fold's models have not seen a site."""
    folds = {page.page.site: f"fold-{page.page.fold}" for page in corpus.pages}
    text = json.dumps(dict(sorted(folds.items())), ensure_ascii=False, indent=0)
    (out / "folds.json").write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Read the command line, train, print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    for name in ("wcxb", "traf", "readability", "roles"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--folds", action="store_true")
    given = parser.parse_args()
    pages = read_pages(
        wcxb=given.wcxb, traf=given.traf, readability=given.readability, roles=given.roles
    )
    print("\n".join(train_text(pages, given.out, folds=given.folds)))  # noqa: T201


if __name__ == "__main__":
    main()
