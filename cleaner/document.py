"""What every stage reads and yields: roles, blocks, marks, decisions, the document.

A page is a list of blocks; every block gets exactly one role; nothing is ever
deleted, only labelled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, overload

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Group(StrEnum):
    """The four families of roles."""

    ARTICLE = "article"
    METADATA = "metadata"
    COMMENTS = "comments"
    BOILERPLATE = "boilerplate"


class Role(StrEnum):
    """What a block is on its page; the README defines each of the seventeen.

    >>> Role("comment-meta").group
    <Group.COMMENTS: 'comments'>
    """

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    BYLINE = "byline"
    DATELINE = "dateline"
    SECTION = "section"
    CREDIT = "credit"
    COMMENT = "comment"
    COMMENT_META = "comment-meta"
    NAVIGATION = "navigation"
    ADVERT = "advert"
    RELATED = "related"
    FORM = "form"
    NOTICE = "notice"
    ABOUT = "about"

    @property
    def group(self) -> Group:
        """The family this role belongs to."""
        return _GROUPS[self]


ROLE_NUMBERS = {role: number for number, role in enumerate(Role)}
"""The place of each role where there is a column for each, as in `Chances.roles`."""

_GROUPS = {
    Role.HEADLINE: Group.ARTICLE,
    Role.STANDFIRST: Group.ARTICLE,
    Role.HEADING: Group.ARTICLE,
    Role.BODY: Group.ARTICLE,
    Role.CAPTION: Group.ARTICLE,
    Role.BYLINE: Group.METADATA,
    Role.DATELINE: Group.METADATA,
    Role.SECTION: Group.METADATA,
    Role.CREDIT: Group.METADATA,
    Role.COMMENT: Group.COMMENTS,
    Role.COMMENT_META: Group.COMMENTS,
    Role.NAVIGATION: Group.BOILERPLATE,
    Role.ADVERT: Group.BOILERPLATE,
    Role.RELATED: Group.BOILERPLATE,
    Role.FORM: Group.BOILERPLATE,
    Role.NOTICE: Group.BOILERPLATE,
    Role.ABOUT: Group.BOILERPLATE,
}

BODY_ROLES = frozenset({Role.STANDFIRST, Role.HEADING, Role.BODY})
"""The roles whose blocks are the piece's own text, ``page.body``."""


def main_roles(kind: str) -> frozenset[Role]:
    """The roles that main content, ``page.text``, is made of on a page of this kind."""
    return BODY_ROLES | {Role.COMMENT} if kind == "thread" else BODY_ROLES


class Block(NamedTuple):
    """One paragraph, heading, list item or menu entry; in flattened text one non-empty line.

    ``start`` and ``end`` are half-open offsets in code points of the document's
    text; ``text`` is that slice, without white space at its ends. ``line``
    counts the lines of flattened text from 1, of HTML the blocks. A page has hundreds: that
    they are tuples saves most of the time that they take to make.
    """

    index: int  # type: ignore[assignment]  # nobody looks for a value in a block
    start: int
    end: int
    text: str
    line: int


class Shape(NamedTuple):
    """What a block looks like.

    ``words`` counts words, two letters to a word in scripts written without
    spaces. ``is_sentence`` is whether it ends like one, ``is_prose`` whether it
    is long enough too.
    """

    words: int
    is_sentence: bool
    is_prose: bool


@dataclass(frozen=True, slots=True)
class CommentPart:
    """Where a block stands in a thread, and what it says there.

    ``item`` is the comment's number on the page, counted from 0, or None when
    the block belongs to the thread as a whole. ``fields`` are what was read
    from the block: author, date_text, date_stated, votes, up, down, stated.
    """

    item: int | None
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """One stage's evidence that one block has one role.

    ``weight`` is in log-odds: 0 says nothing, 3 is strong, 6 all but settles
    it; a negative weight speaks against the role.
    """

    block: int
    role: Role
    weight: float
    stage: str
    rule: str
    why: str
    part: CommentPart | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """The one role a block ends with, and the marks that settled it.

    ``score`` is the probability of the role, 0 to 1. ``stage``, ``rule`` and
    ``why`` are those of the heaviest mark for it.
    """

    role: Role
    score: float
    stage: str
    rule: str
    why: str
    marks: tuple[Mark, ...]


class Decisions(Sequence[Decision]):
    """The decisions of a page, block by block.

    ``roles`` and ``scores`` are there at once; a decision with its reasons is
    made out by ``cite`` when it is asked for: most never are. Pickled, they are all made.
    """

    def __init__(
        self,
        roles: Sequence[Role],
        scores: Sequence[float],
        cite: Callable[[int, Role, float], Decision],
    ) -> None:
        self.roles = roles
        self.scores = scores
        self._cite = cite
        self._made: dict[int, Decision] = {}

    def __len__(self) -> int:
        return len(self.roles)

    @overload
    def __getitem__(self, index: int) -> Decision: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Decision]: ...
    def __getitem__(self, index: int | slice) -> Decision | Sequence[Decision]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        at = range(len(self))[index]
        if at not in self._made:
            self._made[at] = self._cite(at, self.roles[at], self.scores[at])
        return self._made[at]

    def __iter__(self) -> Iterator[Decision]:
        return (self[index] for index in range(len(self)))

    def __reduce__(self) -> tuple[Any, ...]:
        return Decisions, (list(self.roles), list(self.scores), _Made(list(self)))


@dataclass(frozen=True, slots=True)
class _Made:
    """Decisions that are made, where one is asked to be made."""

    decisions: Sequence[Decision]

    def __call__(self, index: int, role: Role, score: float) -> Decision:
        return self.decisions[index]


LIKELY = 0.4
"""Chance of main content from which on a block counts as likely."""

LEAST = 5e-4
"""A model's chance is taken to be at least this: a sure rule can overrule it."""


@dataclass(frozen=True, eq=False)
class Chances:
    """What a learned model says of a document's blocks.

    ``main`` (blocks) is the chance to belong to the main content, ``roles``
    (blocks, 17) that of each role, in the order of `Role`; ``words`` (blocks) is
    how many words each has. ``kind`` is what the page is taken to be, ``language`` the code of its
    language, empty where nothing says so.
    ``explain`` gives for a block and a role the features that spoke for it.
    ``parents`` numbers what each block stands in, where there is an element tree.
    """

    model: str
    main: NDArray[np.float32]
    roles: NDArray[np.float32]
    words: NDArray[np.float32]
    kind: str
    language: str
    explain: Callable[[int, Role], Sequence[str]]
    parents: NDArray[np.integer] | None = None

    @cached_property
    def likely_words(self) -> NDArray[np.float32]:
        """Words of each block that are main content; none where that is not likely."""
        likely: NDArray[np.float32] = self.main * (self.main > LIKELY) * self.words
        return likely

    def is_around_comment(self, block: int) -> bool:
        """Whether a block is likelier to stand around a comment than to be text of one, or body."""
        row = self.roles[block]
        comment, body = ROLE_NUMBERS[Role.COMMENT], ROLE_NUMBERS[Role.BODY]
        return bool(row[ROLE_NUMBERS[Role.COMMENT_META]] >= row[comment] + row[body])

    def are_mostly_main(self, blocks: Sequence[int]) -> bool:
        """Whether more than half of the words of some blocks are main content."""
        words = self.words[blocks]
        return float((self.main[blocks] * words).sum()) > 0.5 * float(words.sum())

    def in_thread(self, blocks: slice | Sequence[int]) -> float:
        """The mean chance of some blocks to be a comment, or what stands around one."""
        return float(self.roles[blocks][:, OF_THREADS].sum(axis=1).mean())

    def sureness(self, blocks: slice | Sequence[int]) -> float:
        """The mean chance of the likeliest roles of some blocks: 1 where all are beyond doubt."""
        return float(self.roles[blocks].max(axis=1).mean())


OF_THREADS = [ROLE_NUMBERS[Role.COMMENT], ROLE_NUMBERS[Role.COMMENT_META]]
"""The numbers of the roles that the lines of a thread have."""

SHORT_PAGE = 40
"""Blocks below which a page is short: the models learned from whole pages, of which nine in
ten have more; a short text is mostly the piece alone."""


@dataclass(frozen=True)
class Document:
    """Decoded, repaired text with its blocks, and the marks made so far.

    ``matches`` gives for a block, by its index, the rules that speak for its line
    alone, by name, each with what its named groups read; those of a comment system only
    where the page has its item lines. Blocks for which none speaks are not in it. ``shapes``
    has one for each block. ``chances`` are None where no model was asked. A document is
    never changed; `with_marks` gives a new one.
    """

    text: str
    blocks: tuple[Block, ...]
    url: str = ""
    marks: tuple[Mark, ...] = ()
    chances: Chances | None = None
    matches: Mapping[int, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    shapes: Sequence[Shape] = ()

    @property
    def is_short(self) -> bool:
        """Whether it has fewer blocks than `SHORT_PAGE`, so that rules count for more."""
        return len(self.blocks) < SHORT_PAGE

    def with_marks(self, marks: Iterable[Mark]) -> Document:
        """A document with these marks after its own; this one, where there are none to add."""
        added = tuple(marks)
        return replace(self, marks=self.marks + added) if added else self

    @cached_property
    def marks_by_block(self) -> Mapping[int, Sequence[Mark]]:
        """The marks of each block that has some, in the order they were made."""
        marks: dict[int, list[Mark]] = {}
        for mark in self.marks:
            marks.setdefault(mark.block, []).append(mark)
        return marks

    @cached_property
    def leading(self) -> Mapping[int, tuple[Role, float]]:
        """For each block that has marks the role with the highest sum of weights, with it."""
        return {
            block: max(sum_weights(marks).items(), key=_weight)
            for block, marks in self.marks_by_block.items()
        }


def _weight(item: tuple[Role, float]) -> float:
    return item[1]


def sum_weights(marks: Iterable[Mark]) -> dict[Role, float]:
    """The sum of the weights per role.

    >>> marks = [Mark(0, Role.FORM, 2.0, "s", "r", ""), Mark(0, Role.FORM, 1.0, "s", "q", "")]
    >>> sum_weights(marks)
    {<Role.FORM: 'form'>: 3.0}
    """
    sums: dict[Role, float] = {}
    for mark in marks:
        sums[mark.role] = sums.get(mark.role, 0.0) + mark.weight
    return sums
