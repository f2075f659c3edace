"""Loaders, one per public data set: a folder in its published layout in, `Cases` out."""

from cleaner.evaluation.datasets.aeb import load_aeb
from cleaner.evaluation.datasets.comments import load_comments
from cleaner.evaluation.datasets.readability import load_readability
from cleaner.evaluation.datasets.roles import load_roles
from cleaner.evaluation.datasets.traf import load_traf
from cleaner.evaluation.datasets.wcxb import load_wcxb

__all__ = [
    "load_aeb",
    "load_comments",
    "load_readability",
    "load_roles",
    "load_traf",
    "load_wcxb",
]
