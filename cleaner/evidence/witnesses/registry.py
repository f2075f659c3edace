"""The witnesses by name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from cleaner.errors import UsageError
from cleaner.evidence.witnesses.justext import load_justext
from cleaner.evidence.witnesses.trafilatura import load_trafilatura
from cleaner.evidence.witnesses.witness import Ask, Witness

WITNESSES: dict[str, Witness] = {
    witness.name: witness
    for witness in (
        Witness("trafilatura", "what trafilatura extracts in its fast mode", load_trafilatura),
        Witness("justext", "what jusText takes for text, by function words", load_justext),
    )
}
"""In the order in which they are asked, and shown."""


def check_witnesses(names: Sequence[str]) -> None:
    """Raise `UsageError` when a witness cannot be asked.

    That is on an unknown name, when its library is not installed, and outside the
    main thread: trafilatura crashes in threads.
    """
    for name in names:
        load_witness(name)
    if not names:
        return
    import threading

    if threading.current_thread() is not threading.main_thread():
        raise UsageError("witnesses cannot be asked in threads; use processes")


@cache
def load_witness(name: str) -> Ask:
    """The witness of this name, ready to be asked. Raises `UsageError` as `check_witnesses`."""
    if name not in WITNESSES:
        raise UsageError(f"no witness {name!r}; there are {', '.join(WITNESSES)}")
    try:
        return WITNESSES[name].load()
    except ImportError as error:
        raise UsageError(
            f"the witness {name} cannot be imported ({error}); "
            "install it with: pip install 'cleaner[witness]'"
        ) from error
