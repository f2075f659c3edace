"""The element names that are told apart, and what a browser's style sheet does with them.

An element is known by its place in `TAGS`. Names that are not in it (custom
elements, typing errors) share one place, `OTHER`, and are inline, as in a
browser; what is done with custom elements stands in `cleaner.parsing.elements`.
"""

from __future__ import annotations

import numpy as np

from cleaner.parsing.columns import Bools

OTHER = 0
"""The place in `TAGS` of every name that is not in it."""

_BLOCK_LEVEL = (
    "html body address article aside audio blockquote button canvas caption center col colgroup "
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

TALLIED = {
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
"""Elements whose text is not read but counted, each with the kind under which it is."""

TAGS: tuple[str, ...] = ("?", *_BLOCK_LEVEL.split(), *_INLINE.split())
"""The names, by their small number in `Tree.tag`; a trained model relies on their order."""

TAG_NUMBERS: dict[str, int] = {name: number for number, name in enumerate(TAGS)}
"""The small number of each name in `TAGS`."""

TALLY_KINDS: tuple[str, ...] = ("", "head", *sorted({*TALLIED.values()} - {"head"}))
"""The kinds under which text that is not read is counted, by number; 0 is text that is read."""

HEAD_KIND = TALLY_KINDS.index("head")
"""The kind of what stands in ``head``; an element in there may have a kind of its own."""


def _flags(names: str) -> Bools:
    flags = np.zeros(len(TAGS), dtype=np.bool_)
    flags[[TAG_NUMBERS[name] for name in names.split()]] = True
    return flags


IS_BLOCK_LEVEL = _flags(_BLOCK_LEVEL)
"""By number: begins and ends a line of its own, so that text on both sides is two blocks.

``button``, ``option``, ``select`` and ``textarea`` are among them: what is
written on a control is not part of the sentence around it. So are ``object``,
``video``, ``audio`` and ``canvas``, whose text is shown only where they fail.
"""

IS_CELL = _flags("td th")
"""By number: a cell of a table's row."""

KEEPS_SPACE = _flags("pre listing plaintext textarea xmp")
"""By number: white space and line breaks are part of the text."""

IS_PREFORMATTED = _flags("pre listing plaintext xmp")
"""By number: its text is shown as it is written: code, mostly."""

IS_UNSEEN = _flags("audio canvas datalist object video")
"""By number: its text is not shown by a browser; it is kept, and flagged as hidden."""

IS_BOLD = _flags("b strong")
"""By number: bold."""
