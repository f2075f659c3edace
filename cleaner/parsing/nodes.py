"""What lexbor found, in lists: elements with their attributes, pieces of text."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from cleaner.parsing.tags import LEXBOR_DOCTYPE, LEXBOR_NAMES, LEXBOR_TEXT, number_of_stranger


@dataclass(slots=True)
class Nodes:
    """Elements and texts of a page in document order; the document itself is element 0.

    ``lexbor``, ``parents`` and ``attributes`` are of the length of the
    elements, ``texts``, ``text_parents`` and ``text_places`` of the length of
    the texts. A text's place is the number of elements that begin before it.
    ``comment_chars`` counts the characters of comments.
    """

    lexbor: list[int] = field(default_factory=lambda: [0])
    parents: list[int] = field(default_factory=lambda: [0])
    attributes: list[dict[str, str | None]] = field(default_factory=lambda: [{}])
    texts: list[str] = field(default_factory=list)
    text_parents: list[int] = field(default_factory=list)
    text_places: list[int] = field(default_factory=list)
    comment_chars: int = 0


def read_nodes(document: LexborNode) -> Nodes:
    """Everything below a document node, template contents excepted.

    One loop without recursion. Python objects for nodes are what costs, so
    each node is touched once and only its number, parent and text or
    attributes are taken.
    """
    nodes = Nodes()
    index = {document.mem_id: 0}
    lexbor, parents, attributes = nodes.lexbor, nodes.parents, nodes.attributes
    texts, text_parents, text_places = nodes.texts, nodes.text_parents, nodes.text_places
    walk = document.traverse(include_text=True)
    next(walk)
    for node in walk:
        tag = node.tag_id
        parent = index[node.parent.mem_id]  # type: ignore[union-attr]
        if tag == LEXBOR_TEXT:
            texts.append(node.text_content or "")
            text_parents.append(parent)
            text_places.append(len(lexbor))
        elif tag <= LEXBOR_DOCTYPE:
            nodes.comment_chars += len(node.comment_content or "")
        else:
            if tag >= LEXBOR_NAMES:
                tag = number_of_stranger(node.tag)
            index[node.mem_id] = len(lexbor)
            lexbor.append(tag)
            parents.append(parent)
            attributes.append(node.attributes)
    return nodes
