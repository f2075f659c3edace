"""What runs of many documents cost: workers, machinery, reading, memory.

    scripts/batch_benchmark.py workers [COUNT]      two workers against one
    scripts/batch_benchmark.py machinery [COUNT]    one worker against cleaner.clean_many
    scripts/batch_benchmark.py warc [COUNT]         reading a WARC file, without and with cleaning
    scripts/batch_benchmark.py memory [FEW] [MANY]  the main process with few and many documents

The pages are those of ``golden/`` and ``seeds/``, over and over. Each figure is
the wall clock of a process of its own, start included.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parent.parent
PAGES = [*sorted((ROOT / "golden/html/pages").glob("*.html")), *sorted((ROOT / "seeds").glob("*"))]

RUN = """
import json, resource, sys, time
from pathlib import Path
from cleaner.batch import Plan, run_batch
from cleaner.reading import find_sources
from cleaner.settings import Settings
source, out, jobs, without = sys.argv[1:]
plan = Plan(format="jsonl", settings=Settings(without=tuple(filter(None, without.split(",")))))
begin = time.perf_counter()
account = run_batch(find_sources([source]), Path(out), plan, jobs=int(jobs))
seconds = time.perf_counter() - begin
own = resource.getrusage(resource.RUSAGE_SELF)
others = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = own.ru_utime + own.ru_stime, others.ru_utime + others.ru_stime
print(json.dumps([account.total, seconds, own.ru_maxrss / 1024, *cpu]))
"""

ALONE = """
import json, sys, time
import cleaner
from cleaner.rendering import render
begin = time.perf_counter()
with open(sys.argv[1], encoding="utf-8") as lines, open(sys.argv[2], "w") as out:
    pages = cleaner.clean_many(json.loads(line)["text"] for line in lines)
    count = sum(bool(out.write(render(page, "json"))) for page in pages)
print(json.dumps([count, time.perf_counter() - begin, 0]))
"""

READ = """
import json, sys, time
from cleaner.reading import find_sources, read_items
begin = time.perf_counter()
count = sum(1 for source in find_sources([sys.argv[1]]) for _ in read_items(source))
print(json.dumps([count, time.perf_counter() - begin, 0]))
"""


def measure(script: str, *arguments: object) -> tuple[int, float, float]:
    """Documents, seconds and megabytes of a script run by itself."""
    command = [sys.executable, "-c", script, *map(str, arguments)]
    count, seconds, memory, *cpu = json.loads(subprocess.check_output(command))
    if cpu:
        sys.stdout.write(f"CPU: main process {cpu[0]:.1f} s, workers {cpu[1]:.1f} s\n")
    return count, seconds, memory


def show(what: str, count: int, seconds: float) -> None:
    """One line of the result."""
    sys.stdout.write(
        f"{what:<24} {count} documents, {seconds:.1f} s, {count / seconds:.0f} a second\n"
    )
    sys.stdout.flush()


def write_lines(path: Path, count: int) -> None:
    """A file of JSON lines with so many pages."""
    texts = [page.read_text("utf-8", "replace") for page in PAGES]
    with path.open("w", encoding="utf-8") as file:
        for text in islice(cycle(texts), count):
            file.write(json.dumps({"text": text}) + "\n")


def workers(folder: Path, count: int = 6000) -> None:
    """Two workers against one."""
    write_lines(folder / "in", count)
    seconds = {}
    for jobs in (1, 2):
        total, seconds[jobs], _ = measure(RUN, folder / "in", folder / f"out{jobs}", jobs, "")
        show(f"{jobs} worker(s)", total, seconds[jobs])
    sys.stdout.write(f"two are {seconds[1] / seconds[2]:.2f} times as fast as one\n")


def machinery(folder: Path, count: int = 3000) -> None:
    """One worker against `cleaner.clean_many`."""
    write_lines(folder / "in", count)
    total, alone, _ = measure(ALONE, folder / "in", folder / "alone")
    show("clean_many", total, alone)
    total, worker, _ = measure(RUN, folder / "in", folder / "out", 1, "")
    show("1 worker", total, worker)
    sys.stdout.write(f"the machinery costs {worker / alone - 1:+.1%}\n")


def warc(folder: Path, count: int = 3000) -> None:
    """Reading a WARC file, without and with cleaning."""
    path = folder / "in.warc.gz"
    pages = [page.read_bytes() for page in PAGES if page.suffix == ".html"]
    with path.open("wb") as file:
        for page in islice(cycle(pages), count):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
            header = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            )
            file.write(gzip.compress(header.encode() + http + b"\r\n\r\n", 6))
    begin = time.perf_counter()
    from fastwarc.warc import ArchiveIterator

    with path.open("rb") as file:
        total = sum(len(record.reader.read()) > 0 for record in ArchiveIterator(file))
    show("FastWARC alone", total, time.perf_counter() - begin)
    show("reading", *measure(READ, path)[:2])
    show("reading and cleaning", *measure(RUN, path, folder / "out", 2, "")[:2])


def memory(folder: Path, few: int = 10_000, many: int = 200_000) -> None:
    """The main process with few and with many documents."""
    peaks = []
    for count in (few, many):
        path = folder / f"in{count}.jsonl"
        with path.open("w") as file:
            for number in range(count):
                file.write(json.dumps({"text": f"<p>Bridge {number} is open.</p>"}) + "\n")
        total, seconds, peak = measure(RUN, path, folder / f"out{count}", 2, "model")
        show(f"{peak:.0f} MB at most", total, seconds)
        peaks.append(peak)
    sys.stdout.write(f"{peaks[1] - peaks[0]:+.0f} MB\n")


def main() -> None:
    """Run the measurement that is named."""
    measurements = {each.__name__: each for each in (workers, machinery, warc, memory)}
    if len(sys.argv) < 2 or sys.argv[1] not in measurements:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory() as folder:
        measurements[sys.argv[1]](Path(folder), *map(int, sys.argv[2:]))  # type: ignore[operator]


if __name__ == "__main__":
    main()
