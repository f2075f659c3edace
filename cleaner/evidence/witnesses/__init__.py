"""Witnesses: other extractors, asked for their opinion of a page (off unless asked for)."""

from typing import TYPE_CHECKING

from cleaner.evidence.witnesses.registry import WITNESSES, check_witnesses
from cleaner.lazy_imports import offering

if TYPE_CHECKING:
    from cleaner.evidence.witnesses.asking import STAGE, Testimony, ask_witnesses
else:
    __getattr__ = offering(__name__, {"asking": ("STAGE", "Testimony", "ask_witnesses")})

__all__ = ["STAGE", "WITNESSES", "Testimony", "ask_witnesses", "check_witnesses"]
