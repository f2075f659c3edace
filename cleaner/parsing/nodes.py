"""What lexbor found, in lists: elements with their attributes, pieces of text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from selectolax.lexbor import LexborNode

from cleaner.parsing.columns import Ints, counts_before, ints
from cleaner.parsing.tags import LEXBOR_DOCTYPE, LEXBOR_NAMES, LEXBOR_TEXT, number_of_stranger


@dataclass(frozen=True, slots=True)
class Nodes:
    """Elements and texts of a page in document order; the document itself is element 0.

    ``lexbor``, ``parents`` and ``attributes`` are of the length of the
    elements, ``texts``, ``text_parents`` and ``text_places`` of the length of
    the texts. A text's place is the number of elements that begin before it.
    ``comment_chars`` counts the characters of comments.
    """

    lexbor: list[int]
    parents: list[int]
    attributes: list[dict[str, str | None]]
    texts: list[str]
    text_parents: Ints
    text_places: Ints
    comment_chars: int


def read_nodes(document: LexborNode) -> Nodes:
    """Everything below a document node, template contents excepted.

    Python objects for nodes are what costs, so each is made once, and asked in
    comprehensions, which take half the time of one loop that does it all.
    """
    nodes = list(document.traverse(include_text=True))
    numbers = np.array([node.tag_id for node in nodes], dtype=np.uint64)
    numbers[0] = LEXBOR_DOCTYPE + 1
    is_element = numbers > LEXBOR_DOCTYPE
    elements = [nodes[place] for place in np.flatnonzero(is_element).tolist()]
    at_texts = np.flatnonzero(numbers == LEXBOR_TEXT)
    texts = [nodes[place] for place in at_texts.tolist()]
    others = np.flatnonzero(~is_element & (numbers != LEXBOR_TEXT)).tolist()
    index = {element.mem_id: place for place, element in enumerate(elements)}
    parents = [index[element.parent.mem_id] for element in elements[1:]]  # type: ignore[union-attr]
    text_parents = [index[text.parent.mem_id] for text in texts]  # type: ignore[union-attr]
    return Nodes(
        lexbor=_lexbor_numbers(elements, numbers[is_element]),
        parents=[0, *parents],
        attributes=[element.attributes for element in elements],
        texts=[text.text_content or "" for text in texts],
        text_parents=ints(text_parents),
        text_places=counts_before(is_element)[at_texts],
        comment_chars=sum(len(nodes[place].comment_content or "") for place in others),
    )


def _lexbor_numbers(elements: list[LexborNode], numbers: npt.NDArray[np.uint64]) -> list[int]:
    """The elements' numbers, 0 for the document; lexbor gives addresses to names it does not know."""
    numbers[0] = 0
    for stranger in np.flatnonzero(numbers >= LEXBOR_NAMES).tolist():
        numbers[stranger] = number_of_stranger(elements[stranger].tag)
    return numbers.tolist()
