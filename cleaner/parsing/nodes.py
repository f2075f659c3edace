"""What lexbor found, in lists: elements with their attributes, pieces of text."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from cleaner.parsing.columns import Ints, ints
from cleaner.parsing.tags import LEXBOR_DOCTYPE, LEXBOR_NAMES, LEXBOR_TEXT, number_of_stranger

_NO_ATTRIBUTES: dict[str, str | None] = {}


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

    Python objects for nodes are what costs. Each is made once, asked in the
    same turn for its number, its parent and its text or attributes, and let
    go: to keep them all and ask them in comprehensions took twice as long.
    """
    lexbor, parents, attributes = [0], [0], [_NO_ATTRIBUTES]
    texts: list[str] = []
    text_parents: list[int] = []
    text_places: list[int] = []
    comment_chars = 0
    count = 1
    index = {document.mem_id: 0}
    walk = document.traverse(include_text=True)
    next(walk)
    for node in walk:
        number = node.tag_id
        if number == LEXBOR_TEXT:
            texts.append(node.text_content or "")
            text_parents.append(index[node.parent.mem_id])  # type: ignore[union-attr]
            text_places.append(count)
        elif number > LEXBOR_DOCTYPE:
            index[node.mem_id] = count
            count += 1
            lexbor.append(number if number < LEXBOR_NAMES else number_of_stranger(node.tag))
            parents.append(index[node.parent.mem_id])  # type: ignore[union-attr]
            attributes.append(node.attributes)
        else:
            comment_chars += len(node.comment_content or "")
    places = ints(text_places)
    return Nodes(lexbor, parents, attributes, texts, ints(text_parents), places, comment_chars)
