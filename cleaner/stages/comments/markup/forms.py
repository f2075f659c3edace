"""The forms in a thread's comments: to write an answer in, or around what was written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from cleaner.parsing.tags import TAG_NUMBERS
from cleaner.stages.comments.markup.items import Found
from cleaner.stages.comments.markup.names import FORM
from cleaner.stages.comments.markup.outline import Outline
from cleaner.stages.comments.markup.paths import Paths

_FORM_TAG, _FIELD_TAG = (TAG_NUMBERS[name] for name in ("form", "textarea"))
_BUTTON_WORDS = 3


@dataclass
class _Kind:
    """The forms of one kind in a thread's comments, with the texts inside and outside them."""

    elements: set[int] = field(default_factory=set)
    inside: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)

    @property
    def is_reply(self) -> bool:
        """Whether readers' words stand outside rather than inside."""
        return _prose(self.inside) < _prose(self.outside)


@dataclass(frozen=True, eq=False)
class Forms:
    """The forms of one thread."""

    outline: Outline
    found: Found
    paths: Paths

    def is_form(self, block: int) -> bool:
        """Whether a block of a comment belongs to a form to answer it."""
        return bool(self._reply_forms) and self._form(block) in self._reply_forms

    def _form(self, block: int) -> int:
        """The form in a comment that a block stands in; 0 where in none."""
        return next((each for each in self.paths.elements[block] if each in self._all), 0)

    @cached_property
    def _all(self) -> frozenset[int]:
        """The page's forms, by their tags and by their names."""
        is_named = (self.outline.families & FORM) != 0
        return frozenset(np.flatnonzero((self.outline.tree.tag == _FORM_TAG) | is_named).tolist())

    @cached_property
    def _reply_forms(self) -> frozenset[int]:
        """The forms that are there to write a comment.

        Old Reddit sets each comment in a form: one without a field for text, of a kind that
        has more to say than what is around it. The same words again and again count once,
        names and times not at all.
        """
        if not self._all:
            return frozenset()
        kinds: dict[int, _Kind] = {}
        blocks, times = self.outline.document.blocks, self.outline.times
        signatures, _ = self.outline.signatures
        for own in self.found.own:
            texts = [(self._form(i), blocks[i].text) for i in own if i not in times]
            for form in {form for form, _ in texts} - {0}:
                kind = kinds.setdefault(signatures[form], _Kind())
                kind.elements.add(form)
                for where, text in texts:
                    (kind.inside if where == form else kind.outside).add(text)
        return frozenset(
            form
            for kind in kinds.values()
            for form in kind.elements
            if kind.is_reply or has_tag(self.outline, form, _FIELD_TAG)
        )


def has_tag(outline: Outline, element: int, tag: int) -> bool:
    """Whether an element is, or has inside, one of this tag."""
    tree = outline.tree
    return bool((tree.tag[element : tree.end[element]] == tag).any())


def _prose(texts: Iterable[str]) -> int:
    """The words of those texts that are longer than buttons."""
    counts = (text.count(" ") for text in texts)
    return sum(count for count in counts if count >= _BUTTON_WORDS)
