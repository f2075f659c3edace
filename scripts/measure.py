"""Measure everything the README states about quality, out of fold by site, in one command.

    python scripts/measure.py MODELS --wcxb DIR --traf DIR --readability DIR --roles DIR

MODELS is what scripts/train.py wrote: a model set per fold, and folds.json. Prints a
table; what is below its floor in scripts/floors.toml is named, and the exit code is 1.
--set-floors raises the floors instead, --lower-floors lowers them too. A single line of
it is what 'cleaner evaluate NAME DIR --out-of-fold MODELS' prints. Needs the extra 'bench'.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from cleaner.evaluation import Report, cleaner_with, evaluate
from cleaner.evaluation.flatten import Style
from cleaner.evaluation.floors import faults_of, raised, read_floors, write_floors
from cleaner.evaluation.folds import VARIANT, clean_out_of_fold
from cleaner.settings import Settings
from scripts.folders import DATA, folders_parser, parsed

FLOORS = Path(__file__).parent / "floors.toml"
SHOWN = {"wcxb": ("all", "article", "forum")}
"""Page types that have a line of their own; of the other data sets only all pages together."""


@dataclass(frozen=True)
class Measurement:
    """One data set in one style; labelled lines need ``originals``, which name their sites."""

    dataset: str
    folder: Path
    style: Style | None
    originals: tuple[Path, ...] = ()


def measurements(given: argparse.Namespace) -> Iterator[Measurement]:
    """All that is measured, in the order of the table."""
    whole: tuple[Style | None, ...] = (None, "full", "wet", "half")
    for name in ("wcxb", "traf", "readability"):
        yield from (Measurement(name, getattr(given, name), style) for style in whole)
    originals = tuple(dict.fromkeys(getattr(given, name).parent for name in DATA[:3]))
    yield Measurement("roles", given.roles, None, originals)
    yield Measurement("roles", given.roles, "full", originals)
    yield Measurement("comments", given.wcxb, None)
    yield Measurement("comments", given.wcxb, "full")


def measured(measurement: Measurement, models: Path) -> Report:
    """One run of the program over a data set, out of fold."""
    return evaluate(
        measurement.dataset,
        measurement.folder,
        style=measurement.style,
        originals=measurement.originals,
        clean=clean_out_of_fold(models, _cleaner_with, dataset=measurement.dataset),
        variant=VARIANT,
    )


def _cleaner_with(models: Path):  # type: ignore[no-untyped-def]
    return cleaner_with(Settings(models=models))


def table(reports: Sequence[Report]) -> Iterator[str]:
    """The lines of the table."""
    yield "| measurement | pages | figures |"
    yield "|---|---|---|"
    for report in reports:
        for each in report.figures:
            if each.kind in SHOWN.get(report.dataset, ("all",)):
                values = ", ".join(f"{name} {value:.3f}" for name, value in each.values.items())
                yield f"| {report.measurement} | {each.kind} {each.pages} | {values} |"


def settle(reports: Sequence[Report], given: argparse.Namespace) -> list[str]:
    """Hold the reports against the floors, or set them; gives what is below its floor."""
    floors = read_floors(FLOORS)
    if not given.set_floors:
        return [
            fault
            for report in reports
            for fault in faults_of(report.measurement, report.floor, floors)
        ]
    for report in reports:
        floors = raised(report.measurement, report.floor, floors, lower=given.lower_floors)
    write_floors(floors, FLOORS)
    return []


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = folders_parser(__doc__)
    parser.add_argument("models", type=Path, metavar="MODELS")
    parser.add_argument("--jobs", type=int, default=2, help="processes (default: 2)")
    parser.add_argument("--set-floors", action="store_true")
    parser.add_argument("--lower-floors", action="store_true")
    return parsed(parser, "models")


def main() -> int:
    """Measure, print, and hold against the floors."""
    given = arguments()
    wanted = list(measurements(given))
    with ProcessPoolExecutor(given.jobs) as pool:
        reports = list(pool.map(measured, wanted, [given.models] * len(wanted)))
    sys.stdout.write("".join(f"{line}\n" for line in table(reports)))
    faults = settle(reports, given)
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
