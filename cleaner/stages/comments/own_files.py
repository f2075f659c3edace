"""Mistakes in a user's own site file that would pass unnoticed, looked for when it is read."""

from __future__ import annotations

import re

from cleaner.errors import UsageError
from cleaner.stages.comments.grammar import FIELDS, System, field_of
from cleaner.stages.rules import Rule, check_patterns


def check_own(system: System, where: str) -> None:
    """Raise `UsageError` where a pattern is none, or names a field that is none."""
    check_patterns(system.all_rules, where)
    for _, rule in system.lines:
        _check_fields(rule, f"{where}: line {_own_id(rule, system)!r}")
    for rule in system.rules:
        _check_fields(rule, f"{where}: rule {_own_id(rule, system)!r}")


def _own_id(rule: Rule, system: System) -> str:
    return rule.id.removeprefix(f"{system.slug}:")


def _check_fields(rule: Rule, where: str) -> None:
    for name in (name for each in rule.patterns for name in re.compile(each).groupindex):
        if field_of(name) not in FIELDS:
            raise UsageError(f"{where}: no field {name!r}; there are {', '.join(FIELDS)}")
