"""Train all models from the data folders, offline: the same data gives the same bytes.

    python scripts/train.py OUT --wcxb DIR --traf DIR --readability DIR --roles DIR

Writes OUT/text, OUT/html, OUT/html-kind, OUT/kind and OUT/beats, as they lie in
cleaner/evidence/models; and OUT/fold-K for each fold with OUT/folds.json, for figures out of
fold with ``cleaner evaluate ... --out-of-fold OUT``. Hand labels are those of roles-dev
and those in scripts/training/labels; times of comments are learned from pages written for
the project, too. The HTML and kind models
learn from scores out of fold, so the text models of the folds are made in any
case. Needs the packages of the extra 'train'.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).parent.parent))

from scripts.folders import DATA, folders_parser, parsed
from scripts.training.beat_train import train_beats
from scripts.training.data import read_pages
from scripts.training.html_pages import html_page
from scripts.training.html_train import train_html
from scripts.training.kind_train import train_html_kind, train_kind
from scripts.training.text_train import flattened, train_text


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = folders_parser(__doc__)
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--keep-text", action="store_true", help="text models lie in OUT already")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="processes")
    return parsed(parser)


def main() -> None:
    """Train text, HTML and kind models, and print the figures out of fold.

    On one thread: on more, sums come out in another order, and with them the last bits.
    """
    given = arguments()
    with threadpool_limits(1):
        train(given)


def train(given: argparse.Namespace) -> None:
    """All models, from the data folders to files."""
    pages = read_pages(**{name: getattr(given, name) for name in DATA})
    text = flattened(pages)
    if not given.keep_text:
        report = train_text(text, given.out, given.jobs)
        sys.stdout.write("\n".join(report) + "\n")
    html = [html_page(page) for page in pages]
    train_html(html, given.out, given.jobs)
    of_html = train_html_kind(html, given.out)
    of_text = train_kind(text, given.out)
    sys.stdout.write(train_beats(text, given.out) + "\n")
    sys.stdout.write(f"page kinds, out of fold: HTML {of_html:.3f}, text {of_text:.3f} right\n")


if __name__ == "__main__":
    main()
