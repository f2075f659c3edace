"""Speed and memory: docs per CPU second beside trafilatura, flattened batches, one big page.

    python scripts/benchmark.py WCXB_DIR [--pages N]

HTML: the same pages, in the same run, page by page. Flattened: the seeds' kind
of page, 126 lines of 4 KB, in batches. Memory: one page of 5 MB in a process of
its own. Needs the extra 'bench'.
"""

from __future__ import annotations

import argparse
import gzip
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import cleaner

LINES, LINE = 126, "The bridge over the river, {}, is open."
BATCHED = 2000


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds, user and system, that a call takes in this process."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def flattened_page(number: int) -> str:
    """A page of 126 lines and some 4 KB, unlike the others."""
    lines = ["Home", "News", "Log in", f"Bridge number {number} opens"]
    lines += [LINE.format(number * LINES + i) for i in range(LINES - len(lines) - 2)]
    return "\n".join([*lines, "Related articles", f"© 2020 Sample {number}"])


def html_pages(folder: Path, count: int) -> list[str]:
    """The first pages of the data set, decoded."""
    from cleaner.encoding.detect import decode

    paths = sorted((folder / "dev" / "html").glob("*.html.gz"))[:count]
    if not paths:
        sys.exit(f"{folder}: no dev/html/*.html.gz in it; name the folder of WCXB")
    return [decode(gzip.decompress(path.read_bytes()))[0] for path in paths]


def each(function: Callable[[str], object], pages: Iterable[str]) -> Callable[[], None]:
    """A call that runs a function on every page."""

    def run() -> None:
        for page in pages:
            function(page)

    return run


def trafilatura_text(page: str) -> object:
    """What trafilatura extracts of a page, without comments."""
    import trafilatura

    return trafilatura.extract(page, include_comments=False)


def big_page() -> None:
    """Clean one page of 5 MB; prints the peak memory of the process in MB."""
    paragraph = "<p>The bridge over the river is open again, the town council said.</p>"
    cleaner.clean("<html><body><article>" + paragraph * (5_000_000 // len(paragraph)))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"{peak:.0f}\n")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--big-page", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.big_page:
        return big_page()
    if given.folder is None:
        parser.error("name the folder of WCXB")
    # First of all: Linux counts for a new process the peak of the one that it was forked from.
    command = [sys.executable, __file__, "--big-page"]
    memory = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    pages = html_pages(given.folder, given.pages)
    cleaner.clean(pages[0], media_type="text/html")
    trafilatura_text(pages[0])
    own = len(pages) / cpu_seconds(each(lambda p: cleaner.clean(p, media_type="text/html"), pages))
    peer = len(pages) / cpu_seconds(each(trafilatura_text, pages))
    texts = [flattened_page(number) for number in range(BATCHED)]
    batched = BATCHED / cpu_seconds(lambda: list(cleaner.clean_many(texts)))
    sys.stdout.write(
        f"HTML, {len(pages)} pages: {own:.0f} docs per CPU second, trafilatura {peer:.0f}: "
        f"{own / peer:.1f} times\nflattened, batched: {batched:.0f} docs per CPU second\n"
        f"one page of 5 MB: {memory} MB at most\n"
    )
    return None


if __name__ == "__main__":
    main()
