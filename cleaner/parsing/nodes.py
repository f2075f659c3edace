"""What lexbor found, in lists: elements with their attributes, pieces of text."""

from __future__ import annotations

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from cleaner.parsing.columns import Ints, ints
from cleaner.parsing.lexbor_tags import (
    LEXBOR_DOCTYPE,
    LEXBOR_NAMES,
    LEXBOR_TEXT,
    is_custom,
    number_of_stranger,
)

_NO_ATTRIBUTES: dict[str, str | None] = {}


@dataclass(frozen=True, slots=True)
class Nodes:
    """Elements and texts of a page in document order; the document itself is element 0.

    ``lexbor``, ``parents``, ``ends`` and ``attributes`` are of the length of the
    elements: an element and all in it are the elements from its own place to its
    end. ``custom`` are the elements with names of a page's own making (``reader-note``), which
    stand among their classes. ``texts``, ``text_parents`` and
    ``text_places`` are of the length of the texts. A text's place is the number of
    elements that begin before it. ``comment_chars`` counts the characters of comments.
    """

    lexbor: list[int]
    parents: list[int]
    ends: list[int]
    attributes: list[dict[str, str | None]]
    custom: list[int]
    texts: list[str]
    text_parents: Ints
    text_places: Ints
    comment_chars: int


def read_nodes(document: LexborNode) -> Nodes:
    """Everything below a document node, template contents excepted.

    Python objects for nodes are what costs. Each is made once, asked in the
    same turn for its number and its text or attributes, and let go; the open
    elements alone are kept, so that no node is asked for its parent.
    """
    lexbor, parents, ends = [0], [0], [0]
    attributes = [_NO_ATTRIBUTES]
    custom: list[int] = []
    texts: list[str] = []
    text_parents: list[int] = []
    text_places: list[int] = []
    comment_chars, count, parent = 0, 1, 0
    around = [document]
    node = document.first_child
    while around:
        while node is not None:
            number = node.tag_id
            if number == LEXBOR_TEXT:
                texts.append(node.text_content or "")
                text_parents.append(parent)
                text_places.append(count)
                node = node.next
            elif number > LEXBOR_DOCTYPE:
                said = node.attributes
                if number >= LEXBOR_NAMES:
                    name = node.tag or ""
                    number = number_of_stranger(name)
                    if is_custom(name):
                        custom.append(count)
                        said = said | {"class": f"{name} {said.get('class') or ''}"}
                lexbor.append(number)
                parents.append(parent)
                ends.append(0)
                attributes.append(said)
                around.append(node)
                parent = count
                count += 1
                node = node.first_child
            else:
                comment_chars += len(node.comment_content or "")
                node = node.next
        ends[parent] = count
        node, parent = around.pop().next, parents[parent]
    return Nodes(
        lexbor,
        parents,
        ends,
        attributes,
        custom,
        texts,
        ints(text_parents),
        ints(text_places),
        comment_chars,
    )
