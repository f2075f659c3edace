"""The element tree of a page as columns: everything about it that a feature can be made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cleaner.parsing.columns import Bools, Ints, covered
from cleaner.parsing.tags import IS_PREFORMATTED

_CLOSE = 2  # elements around a text, of which one may state it as a time

Tokens = tuple[str, ...]
"""The words of an element's class and id."""


@dataclass(frozen=True, eq=False)
class Tree:
    """The elements of a page in document order (pre-order), and what they say of the blocks.

    Elements are ``html``, ``body`` and everything below ``body`` that can be
    seen; ``script``, ``style``, ``template`` and what belongs into ``head``
    have no place here, nor has what is inside ``svg``. Element 0 is ``html``.

    Columns over elements, all of one length n >= 1:

    - ``tag``: number of the name, see `cleaner.parsing.tags.TAGS`
    - ``parent``: index of the parent, -1 for ``html``; always smaller than the own index
    - ``end``: the element and all in it are the elements ``[i, end[i])``, so a sum
      over an element's descendants is the difference of two places of a ``cumsum``
    - ``depth``: 0 for ``html``
    - ``hidden``: by ``hidden``, ``aria-hidden``, ``style`` (``display: none``,
      ``visibility: hidden``) or by being a closed ``dialog`` or a fallback, itself
      or an element around it; style sheets are not read
    - ``names``: ``class`` and ``id`` as written, one string; `tokens` are its words

    Columns over blocks, all of the length of the page's blocks:

    - ``element``: the lowest block-level element that holds the whole block (``p``,
      ``li``, ``td``; ``tr`` when cells were joined; ``div`` for text directly in it)
    - ``inner``: the lowest element of any kind that holds the whole block
    - ``chars``: characters that are not white space; of these ``link_chars`` in links
      (``a`` with ``href``), ``bold_chars`` in ``b`` and ``strong``, ``hidden_chars``
      in hidden elements
    - ``links``: links with text in the block

    Columns over ``pieces``, the texts between tags that the blocks were put
    together from, in page order:

    - ``piece_block``: the block; ``piece_parent``: the element directly around it
    - ``piece_place``: how many elements begin before it

    Sparse, by element: ``anchors`` (its ``id``, else the ``name`` of an ``a``),
    ``itemtypes``, ``itemprops``, ``roles``, ``hrefs``, ``times`` (its ``datetime``, or a
    ``title`` that is a date).
    """

    tag: Ints
    parent: Ints
    end: Ints
    depth: Ints
    hidden: Bools
    names: tuple[str, ...]
    element: Ints
    inner: Ints
    chars: Ints
    link_chars: Ints
    bold_chars: Ints
    hidden_chars: Ints
    links: Ints
    pieces: tuple[str, ...]
    piece_block: Ints
    piece_parent: Ints
    piece_place: Ints
    anchors: Mapping[int, str]
    itemtypes: Mapping[int, str]
    itemprops: Mapping[int, str]
    roles: Mapping[int, str]
    hrefs: Mapping[int, str]
    times: Mapping[int, str]

    @cached_property
    def tokens(self) -> tuple[Tokens, ...]:
        """For each element the words of its class and id, lower case, cut at white space only."""
        return self._words(str.lower)

    @cached_property
    def raw_tokens(self) -> tuple[Tokens, ...]:
        """The same with their capitals (``postBody``)."""
        return self._words(str)

    def _words(self, write: Callable[[str], str]) -> tuple[Tokens, ...]:
        words = {name: tuple(write(name).split()) for name in set(self.names)}
        return tuple(map(words.__getitem__, self.names))

    @cached_property
    def preformatted(self) -> frozenset[int]:
        """The blocks that stand whole in a ``pre`` or the like."""
        inside = covered(np.flatnonzero(IS_PREFORMATTED[self.tag]).tolist(), self.end)
        return frozenset(np.flatnonzero(inside[self.inner]).tolist())

    def times_around(self, piece: int) -> Iterator[int]:
        """The elements close around a piece that state a time, the nearer first."""
        element = int(self.piece_parent[piece])
        for _ in range(_CLOSE):
            if element in self.times:
                yield element
            element = max(0, int(self.parent[element]))

    def path(self, block: int) -> tuple[int, ...]:
        """The elements around a block, from ``html`` to its ``element``."""
        path = [int(self.element[block])]
        while (above := int(self.parent[path[-1]])) >= 0:
            path.append(above)
        return tuple(reversed(path))
