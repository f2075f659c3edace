"""CPU time of ``cleaner clean`` on one small page, besides the work: the median of ten runs.

    python scripts/startup.py [FILE]

The work is what the same page costs in a process that has already started.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

RUNS = 10
SEED = Path(__file__).parent.parent / "seeds" / "003_8cdd995615f82a54.txt"


def cpu_of_children() -> float:
    """CPU seconds, user and system, of the processes started so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def start_seconds(page: Path) -> float:
    """CPU seconds of one run of the command."""
    before = cpu_of_children()
    command = [sys.executable, "-m", "cleaner", "clean", str(page)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return cpu_of_children() - before


def work_seconds(page: Path) -> float:
    """CPU seconds of cleaning the page once everything is loaded."""
    import cleaner

    data = page.read_bytes()
    cleaner.clean(data)
    begin = time.process_time()
    cleaner.clean(data)
    return time.process_time() - begin


def main() -> None:
    """Print the three figures."""
    page = Path(sys.argv[1]) if len(sys.argv) > 1 else SEED
    whole = statistics.median(start_seconds(page) for _ in range(RUNS))
    work = statistics.median(work_seconds(page) for _ in range(RUNS))
    sys.stdout.write(f"whole {whole:.3f} s, work {work:.3f} s, start-up {whole - work:.3f} s CPU\n")


if __name__ == "__main__":
    main()
