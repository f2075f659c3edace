"""Kill a run at random moments, the whole process group, and continue it each time.

    python scripts/kill_test.py [KILLS] [FORMAT]

Ends with 0 when the output is byte for byte that of a run that was left alone.
The pages are those of ``golden/html`` in a WARC file.
"""

from __future__ import annotations

import gzip
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PAGES = sorted((Path(__file__).parent.parent / "golden/html/pages").glob("*.html"))
RECORDS_A_KILL = 60


def write_crawl(path: Path, count: int) -> None:
    """A WARC file of so many records."""
    with path.open("wb") as file:
        for number in range(count):
            http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
            http += PAGES[number % len(PAGES)].read_bytes()
            header = (
                "WARC/1.0\r\nWARC-Type: response\r\n"
                f"WARC-Target-URI: https://example.org/{number}\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(http)}\r\n\r\n"
            )
            file.write(gzip.compress(header.encode() + http + b"\r\n\r\n", 1))


def command(folder: Path, out: str, form: str) -> list[str]:
    """The command line of the run."""
    arguments = ["crawl.warc.gz", "-o", out, "--format", form, "--jobs", "2"]
    return [sys.executable, "-m", "cleaner", "clean", *arguments]


def killed(folder: Path, out: str, form: str, after: float) -> bool:
    """Whether the run was still going after so many seconds; its whole process group is killed."""
    with subprocess.Popen(
        command(folder, out, form), cwd=folder, start_new_session=True, stderr=subprocess.DEVNULL
    ) as process:
        time.sleep(after)
        if process.poll() is not None:
            return False
        os.killpg(process.pid, signal.SIGKILL)
        return True


def continued(folder: Path, out: str, form: str) -> bool:
    """Run to the end what was begun; whether the output is that of the run left alone."""
    subprocess.run(command(folder, out, form), cwd=folder, check=True)
    return not subprocess.run(["diff", "-r", "whole/pages", f"{out}/pages"], cwd=folder).returncode


def main() -> None:
    """Run, kill, continue, compare; a run that ends before the last kill makes way for another."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 25
    form = sys.argv[2] if len(sys.argv) > 2 else "text"
    chance = random.Random(25)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_crawl(folder / "crawl.warc.gz", kills * RECORDS_A_KILL)
        begin = time.monotonic()
        subprocess.run(command(folder, "whole", form), cwd=folder, check=True)
        longest = 3 + 2 * (time.monotonic() - begin) / kills
        done, runs, same = 0, 1, True
        while done < kills:
            if killed(folder, f"out{runs}", form, chance.uniform(0.5, longest)):
                done += 1
            else:
                same &= continued(folder, f"out{runs}", form)
                runs += 1
        same &= continued(folder, f"out{runs}", form)
    said = "is the same" if same else "differs"
    sys.stdout.write(f"killed {done} times in {runs} run(s), output {said}\n")
    sys.exit(not same)


if __name__ == "__main__":
    main()
