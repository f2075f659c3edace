"""Measure the program on a data set: the library's twin of ``cleaner evaluate``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cleaner.errors import UsageError
from cleaner.evaluation.cases import Case, Cases
from cleaner.evaluation.datasets import (
    load_aeb,
    load_comments,
    load_readability,
    load_roles,
    load_traf,
    load_wcxb,
)
from cleaner.evaluation.flatten import STYLES, Style
from cleaner.evaluation.floors import Floor, rounded_down
from cleaner.evaluation.peers import load_peers
from cleaner.evaluation.registry import find_dataset
from cleaner.evaluation.rows import Row
from cleaner.evaluation.running import OWN, Clean, cleaner_with, run
from cleaner.evaluation.summary import Figures, summarise

_SPLIT = ("wcxb", "comments")

Watch = Callable[[Iterable[Case], int], Iterable[Case]]
"""Takes the cases and their number, and gives the cases on; may show progress."""


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found.

    ``measurement`` names data set, split, input and how the program was
    cleaned with; it is the name of its floor. ``empty_gold`` counts pages whose
    gold text is empty, ``left_out`` labelled lines that the text did not have.
    """

    measurement: str
    dataset: str
    figures: tuple[Figures, ...]
    rows: tuple[Row, ...]
    data: str
    labels: str
    empty_gold: int
    left_out: int

    @property
    def floor(self) -> Floor:
        """What the program itself reached, as a floor holds it."""
        metric = find_dataset(self.dataset).metric
        own = [each for each in self.figures if each.program == OWN]
        figures = {
            f"{each.kind} {name}": rounded_down(each.values[name])
            for each in own
            for name in metric.floors
        } | {
            f"{each.kind} not {name}": rounded_down(1 - each.values[name])
            for each in own
            for name in metric.ceilings
        }
        return Floor(self.data, self.labels, figures)


def load_cases(
    dataset: str, folder: Path, *, split: str = "dev", originals: Sequence[Path] = ()
) -> Cases:
    """The cases of a data set in its published layout.

    ``split`` counts for WCXB and the comments in it, ``originals`` for labelled lines. Raises
    `UsageError` when the folder is missing or laid out otherwise.
    """
    find_dataset(dataset)
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder; expected the data set {dataset!r}")
    loaders: dict[str, Callable[[], Cases]] = {
        "wcxb": lambda: load_wcxb(folder, split=split),
        "aeb": lambda: load_aeb(folder),
        "traf": lambda: load_traf(folder),
        "readability": lambda: load_readability(folder),
        "roles": lambda: load_roles(folder, originals=originals),
        "comments": lambda: load_comments(folder, split=split),
    }
    return loaders[dataset]()


def evaluate(
    dataset: str,
    folder: Path,
    *,
    style: Style | None = None,
    split: str = "dev",
    originals: Sequence[Path] = (),
    against: Sequence[str] = (),
    clean: Clean | None = None,
    variant: str = "",
    watch: Watch = lambda cases, _: cases,
) -> Report:
    """Measure the program on a data set, beside the peers named in ``against``.

    ``style`` None is HTML; labelled lines without ``originals`` are text in the
    style ``wet``. ``clean`` is the cleaning function, the program with its
    default settings when None; ``variant`` says which it is, for the name of the
    measurement. Raises `UsageError` on a missing folder or another layout, an
    unknown name, and on peers for roles or comments, which they do not give.
    """
    if style is not None and style not in STYLES:
        raise UsageError(f"no style {style!r}; there are {', '.join(STYLES)}")
    found = find_dataset(dataset)
    if against and not found.takes_text:
        raise UsageError(
            f"peers give no roles and no comments; {dataset!r} cannot be run against them"
        )
    if dataset == "roles" and not originals and style is None:
        style = "wet"
    cases = load_cases(dataset, folder, split=split, originals=originals)
    done = run(
        watch(cases, len(cases)),
        clean or cleaner_with(),
        dataset=found,
        style=style,
        peers=load_peers(against),
    )
    return Report(
        measurement=_measurement(dataset, split, style, variant),
        dataset=dataset,
        figures=summarise(done.rows, found.metric),
        rows=done.rows,
        data=done.data,
        labels=done.labels,
        empty_gold=sum(bool(row.counts.get("empty")) for row in done.rows if row.program == OWN),
        left_out=done.left_out,
    )


def _measurement(dataset: str, split: str, style: Style | None, variant: str) -> str:
    """The measurement's name, ``wcxb dev html`` or ``traf wet out-of-fold``."""
    parts = [dataset, split if dataset in _SPLIT else "", style or "html", variant]
    return " ".join(filter(None, parts))
