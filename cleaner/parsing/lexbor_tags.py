"""The numbers by which lexbor, the parser, knows elements, and ours for them.

Apart from `cleaner.parsing.tags`, for flattened text needs no parser.
"""

from __future__ import annotations

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from cleaner.parsing.columns import Ints
from cleaner.parsing.tags import TAG_NUMBERS, TAGS, TALLIED, TALLY_KINDS

LEXBOR_TEXT = 2
"""lexbor's number of a text node."""

LEXBOR_DOCTYPE = 5
"""lexbor's number of a doctype; a comment and other nodes that are no elements have less."""

LEXBOR_NAMES = 256
"""Above all of lexbor's own numbers (there are about 200); to other names it gives addresses."""


def _lexbor_numbers() -> dict[str, int]:
    """Lexbor's numbers of our names; names without one get numbers above all of lexbor's."""
    parser, numbers = LexborHTMLParser(""), {}
    for place, name in enumerate(dict.fromkeys((*TAGS[1:], *TALLIED))):
        number = parser.create_node(name).tag_id
        numbers[name] = number if number < LEXBOR_NAMES else LEXBOR_NAMES + place
    return numbers


LEXBOR_NUMBERS = _lexbor_numbers()
"""The numbers by which elements are known while a page is read, by name."""


def number_of_stranger(name: str) -> int:
    """The number of an element to which lexbor gives none of its own; 0 is any other name."""
    return LEXBOR_NUMBERS.get(name, 0)


def is_custom(name: str) -> bool:
    """Whether an element's name is of a page's own making: such have a hyphen.

    >>> is_custom("reader-note"), is_custom("annotation-xml"), is_custom("blink")
    (True, False, False)
    """
    return "-" in name and name not in LEXBOR_NUMBERS


def _table(values: dict[str, int]) -> Ints:
    table = np.zeros(1 + max(LEXBOR_NUMBERS.values()), dtype=np.int32)
    for name, value in values.items():
        table[LEXBOR_NUMBERS[name]] = value
    return table


_TAG_TABLE = _table({name: TAG_NUMBERS[name] for name in TAGS[1:]})
_KIND_TABLE = _table({name: TALLY_KINDS.index(kind) for name, kind in TALLIED.items()})


def tag_and_kind(lexbor: list[int]) -> tuple[Ints, Ints]:
    """The numbers in `TAGS` and in `TALLY_KINDS` of elements.

    A name that is not in `TAGS` is `OTHER` of kind 0.
    """
    numbers = np.array(lexbor, dtype=np.int32)
    numbers[numbers >= len(_TAG_TABLE)] = 0
    return _TAG_TABLE[numbers], _KIND_TABLE[numbers]
