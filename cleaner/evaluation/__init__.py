"""Measure the program, and its peers, on public data sets: loaders, metrics, floors."""

from cleaner.evaluation.cases import Case, Cases, GoldLine
from cleaner.evaluation.measuring import Report, evaluate, load_cases
from cleaner.evaluation.registry import DATASETS, DataSet
from cleaner.evaluation.running import Clean, Run, cleaner_with, run

__all__ = [
    "DATASETS",
    "Case",
    "Cases",
    "Clean",
    "DataSet",
    "GoldLine",
    "Report",
    "Run",
    "cleaner_with",
    "evaluate",
    "load_cases",
    "run",
]
