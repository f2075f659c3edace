"""What a stage is."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from cleaner.document import Document, Mark
from cleaner.settings import Settings
from cleaner.stages.rules import Rule

Run = Callable[[Document, Settings], Iterable[Mark]]


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the pipeline: its name, what it looks for, its rules, its function."""

    name: str
    about: str
    run: Run
    rules: Callable[[Settings], tuple[Rule, ...]]
