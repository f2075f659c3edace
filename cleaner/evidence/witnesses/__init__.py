"""Witnesses: other extractors, asked for their opinion of a page (off unless asked for)."""

from cleaner.evidence.witnesses.asking import STAGE, Testimony, ask_witnesses
from cleaner.evidence.witnesses.registry import WITNESSES, check_witnesses

__all__ = ["STAGE", "WITNESSES", "Testimony", "ask_witnesses", "check_witnesses"]
