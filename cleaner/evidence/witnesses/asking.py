"""Ask witnesses about a page, and make marks of what they say."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.document import Block, Mark, Role
from cleaner.evidence.witnesses.registry import WITNESSES, load_witness
from cleaner.evidence.witnesses.weights import load_weights
from cleaner.evidence.witnesses.witness import SilentError

if TYPE_CHECKING:
    from cleaner.parsing.html import ParsedHtml

STAGE = "witness"
"""The stage of the marks; their rule is the witness's name."""

LEAST_SHARE = 0.5
"""A witness most of whose text is in no block read something else: data in a script, say."""


@dataclass(frozen=True, slots=True)
class Testimony:
    """What one witness says of a page: its marks, or why it says nothing (``silence``)."""

    marks: tuple[Mark, ...] = ()
    silence: str = ""


def ask_witnesses(
    names: Sequence[str], page: ParsedHtml | None, markup: str, *, is_thread: bool = False
) -> tuple[Testimony, ...]:
    """What these witnesses say of a page, each asked once; ``page`` is None for flattened text.

    On a thread they speak of replies as of the body, for they do not tell one from
    the other. Whatever a witness stumbles over, it says nothing then. Raises `UsageError` as
    `check_witnesses` does.
    """
    roles = (Role.BODY, Role.COMMENT) if is_thread else (Role.BODY,)
    return tuple(_testimony(name, page, markup, roles) for name in WITNESSES if name in names)


def _testimony(name: str, page: ParsedHtml | None, markup: str, roles: Sequence[Role]) -> Testimony:
    ask = load_witness(name)
    try:
        if page is None:
            raise SilentError("reads HTML only")
        if page.cut:
            raise SilentError("was not asked about markup that had to be cut")
        return Testimony(tuple(_marks(name, page.blocks, ask(markup), roles)))
    except SilentError as error:
        return Testimony(silence=f"{name} {error}")
    except Exception as error:  # a library's defect must not end the cleaning of a page
        return Testimony(silence=f"{name} failed ({type(error).__name__}: {error})")


def _marks(
    name: str, blocks: Sequence[Block], lines: Sequence[str], roles: Sequence[Role]
) -> Iterator[Mark]:
    """For the roles where a block was kept, against where not; none on one without words."""
    from cleaner.evidence.witnesses.alignment import align  # seldom needed

    alignment = align([block.text for block in blocks], lines)
    if alignment.share < LEAST_SHARE:
        raise SilentError("kept a text that is not that of the blocks")
    weights = load_weights(name)
    for block, is_kept in zip(blocks, alignment.kept, strict=True):
        if is_kept is not None:
            weight = weights.kept if is_kept else weights.dropped
            why = f"{name} {'kept' if is_kept else 'dropped'} it"
            yield from (Mark(block.index, role, weight, STAGE, name, why) for role in roles)
