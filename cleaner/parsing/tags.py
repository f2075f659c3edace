"""The element names that are told apart, and what a browser's style sheet does with them.

An element is known by its place in `TAGS`. Names that are not in it (custom
elements, typing errors) share one place, `OTHER`, and are inline, as in a
browser.
"""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

_BLOCK = (
    "html body address article aside audio blockquote button canvas caption center colgroup col "
    "datalist dd details dialog dir div dl dt fieldset figcaption figure footer form frameset h1 "
    "h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav object ol optgroup option p "
    "plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul "
    "video xmp"
)
_INLINE = (
    "a abbr acronym area b bdi bdo big br cite code data del dfn em embed font frame i iframe img "
    "input ins kbd label map mark marquee math meter noscript output picture progress q rp rt "
    "ruby s samp slot small source span strike strong sub sup svg time track tt u var wbr"
)

OTHER = 0
"""The place in `TAGS` of every name that is not in it."""

TAGS: tuple[str, ...] = ("?", *_BLOCK.split(), *_INLINE.split())
"""The names, by their small number in `Tree.tag`; the order is part of a trained model."""

TAG_NUMBERS: dict[str, int] = {name: number for number, name in enumerate(TAGS)}
"""The small number of each name in `TAGS`."""

BLOCK_LEVEL = frozenset(TAG_NUMBERS[name] for name in _BLOCK.split())
"""Elements that begin and end a line of their own, so that text on both sides is two blocks.

``button``, ``option``, ``select`` and ``textarea`` are among them: what is
written on a control is not part of the sentence around it. So are ``object``,
``video``, ``audio`` and ``canvas``, whose text is shown only where they fail.
"""

KEEPS_SPACE = frozenset(
    TAG_NUMBERS[name] for name in ("pre", "listing", "plaintext", "textarea", "xmp")
)
"""Elements whose white space and line breaks are part of their text."""

UNSEEN = frozenset(TAG_NUMBERS[name] for name in ("object", "video", "audio", "canvas", "datalist"))
"""Elements whose text a browser does not show; it is kept, and flagged as hidden."""

TALLIED: dict[str, str] = {
    "annotation": "math",
    "annotation-xml": "math",
    "base": "head",
    "head": "head",
    "iframe": "iframe",
    "link": "head",
    "meta": "head",
    "noembed": "noframes",
    "noframes": "noframes",
    "script": "script",
    "style": "style",
    "svg": "svg",
    "template": "template",
    "title": "head",
}
"""Elements whose text is counted and not read, and the kind it is counted under."""

ROWLESS = frozenset(TALLIED) - {"iframe", "svg"}
"""Elements that have no place in the tree: nothing of them is ever shown."""


def _lexbor_number(name: str) -> int:
    return LexborHTMLParser("").create_node(name).tag_id


LEXBOR: dict[int, int] = {_lexbor_number(name): TAG_NUMBERS[name] for name in TAGS[1:]}
"""lexbor's number of an element name to ours."""

LEXBOR_TALLIED: dict[int, str] = {_lexbor_number(name): name for name in TALLIED}
"""lexbor's number of the elements in `TALLIED`."""
