"""The result a user holds: the page, its blocks with their roles, its comments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, overload

from cleaner.document import BODY_ROLES, Block, Chances, Decision, Decisions, Mark, Role, main_roles


@dataclass(frozen=True, slots=True)
class Repair:
    """One line that came in damaged: its number from 1, its text before and after, the steps.

    In HTML it is a block, and ``line`` counts blocks, also from 1.
    ``steps`` names what ftfy did, in order (``decode:utf-8``, ``apply:unescape_html``, ...).
    """

    line: int
    before: str
    after: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes became text.

    ``charset`` is the WHATWG name, empty when the input was already ``str``.
    ``named_by`` says who named it: ``caller`` (str input), ``bom``, ``header``,
    ``meta``, ``utf-8`` (it decodes strictly), ``detector`` or ``fallback``.
    ``replaced`` counts the undecodable places that became U+FFFD.
    """

    charset: str
    named_by: str
    replaced: int = 0
    repairs: tuple[Repair, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How cleaning ended: ``ok``, or ``empty`` or ``failed`` with the reason.

    ``failed``: a library could not take the page, which has no blocks then. The
    reason says what failed, and what to do.
    """

    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage of a comment that repeats the article or an earlier comment, or is set as a quote.

    ``start`` and ``end`` are half-open offsets in the comment's text, ``block``
    the index of the block it first stands in, None where the page has it nowhere else.
    ``comment`` is the index of the quoted comment, None when the article is quoted.
    """

    text: str
    start: int
    end: int
    block: int | None
    comment: int | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """One reader's comment; what the page does not say is None.

    ``text`` is the whole comment as it stands, quotes included: one plain space
    for white space inside a paragraph, a blank line between paragraphs.
    ``date_stated`` is the date as attributes state it (``datetime``), whatever is shown.
    ``reply_to`` is the index of the comment it answers, ``depth`` how deep it stands
    under others (0 at the top). ``anchor`` is the id or name that links to it have in
    HTML. ``blocks`` are the indices of all its blocks, author and vote lines included.
    """

    text: str
    author: str | None = None
    date_text: str | None = None
    up: int | None = None
    down: int | None = None
    votes: int | None = None
    quotes: tuple[Quote, ...] = ()
    reply_to: int | None = None
    blocks: tuple[int, ...] = ()
    depth: int = 0
    anchor: str | None = None
    date_stated: str | None = None

    @property
    def date(self) -> str | None:
        """`date_stated` as ISO 8601, else `date_text`; None when neither names a day."""
        from cleaner.dates import checked_iso_date, iso_date

        stated = checked_iso_date(self.date_stated) if self.date_stated else None
        return stated or (iso_date(self.date_text) if self.date_text else None)


@dataclass(frozen=True, slots=True)
class LabelledBlock:
    """A block with the role it ended with, and why."""

    block: Block
    decision: Decision
    marks: tuple[Mark, ...]

    @property
    def index(self) -> int:
        """The block's place on the page, from 0."""
        return self.block.index

    @property
    def text(self) -> str:
        """The block's text, without white space at its ends."""
        return self.block.text

    @property
    def role(self) -> Role:
        """What the block is on this page."""
        return self.decision.role

    @property
    def score(self) -> float:
        """The probability of the role, 0 to 1."""
        return self.decision.score

    @property
    def stage(self) -> str:
        """The stage whose mark weighed most for the role."""
        return self.decision.stage

    @property
    def rule(self) -> str:
        """That mark's rule."""
        return self.decision.rule

    @property
    def why(self) -> str:
        """That mark's reason, in a few words."""
        return self.decision.why


class LabelledBlocks(Sequence[LabelledBlock]):
    """The blocks of a page with their roles; each is put together when it is asked for.

    ``roles`` and ``texts`` are there at once. They can be pickled, with all decisions made.
    """

    def __init__(
        self,
        blocks: Sequence[Block],
        decisions: Decisions,
        marks: Mapping[int, Sequence[Mark]],
    ) -> None:
        self.roles = decisions.roles
        self._blocks = blocks
        self._decisions = decisions
        self._marks = marks

    @cached_property
    def texts(self) -> list[str]:
        """The text of each block."""
        return [block.text for block in self._blocks]

    def __len__(self) -> int:
        return len(self._blocks)

    @overload
    def __getitem__(self, index: int) -> LabelledBlock: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[LabelledBlock, ...]: ...
    def __getitem__(self, index: int | slice) -> LabelledBlock | tuple[LabelledBlock, ...]:
        if isinstance(index, slice):
            return tuple(self[i] for i in range(*index.indices(len(self))))
        at = range(len(self))[index]
        return LabelledBlock(self._blocks[at], self._decisions[at], tuple(self._marks.get(at, ())))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, LabelledBlocks) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"<{len(self)} blocks>"

    def __reduce__(self) -> tuple[Any, ...]:
        marks = {index: tuple(made) for index, made in self._marks.items()}
        return LabelledBlocks, (tuple(self._blocks), self._decisions, marks)


@dataclass(frozen=True)
class Page:
    """A cleaned page. Nothing of the source is missing from `blocks`.

    Unless it failed: then there are none, and `markup` holds what came as HTML. A page can
    be pickled; what comes back is equal to it, but has no `chances`, which hold the model.
    ``date_stated`` is the date as attributes of its dateline or byline state it (``datetime``).
    ``preformatted`` are the indices of the blocks in ``pre``: code, mostly.
    """

    blocks: LabelledBlocks
    comments: tuple[Comment, ...]
    kind: str
    encoding: Encoding
    outcome: Outcome
    url: str
    comment_count_stated: int | None
    settings_digest: str
    version: str
    language: str = ""
    date_stated: str | None = None
    preformatted: frozenset[int] = field(default=frozenset(), repr=False)
    markup: str = field(default="", repr=False)
    chances: Chances | None = field(default=None, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        state = {each.name: getattr(self, each.name) for each in fields(self)}
        return state | {"chances": None}

    @property
    def is_html(self) -> bool:
        """Whether the page came as HTML."""
        return bool(self.markup)

    @cached_property
    def metadata(self) -> dict[str, str]:
        """What the markup states: title, author, date, sitename, language, as far as it does.

        Read by trafilatura's metadata extraction, when it is first asked for. A
        flattened page states nothing.
        """
        from cleaner.metadata import stated_metadata

        return stated_metadata(self.markup, self.url) if self.markup else {}

    @cached_property
    def headline(self) -> str:
        """The title of the piece, the surest where several lines are taken for it; else empty."""
        titles = [
            self.blocks[i] for i, role in enumerate(self.blocks.roles) if role is Role.HEADLINE
        ]
        return max(titles, key=lambda block: block.score).text if titles else ""

    @cached_property
    def standfirst(self) -> str:
        """The summary above the text; empty when there is none."""
        return self._joined(frozenset({Role.STANDFIRST}))

    @cached_property
    def byline(self) -> str:
        """Who wrote or published the piece, as written; empty when the page does not say."""
        return self._first(Role.BYLINE)

    @cached_property
    def dateline(self) -> str:
        """Where and when, as written; empty when the page does not say."""
        return self._first(Role.DATELINE)

    @cached_property
    def section(self) -> str:
        """The kicker or category of the piece; empty when there is none."""
        return self._first(Role.SECTION)

    @cached_property
    def author(self) -> str | None:
        """The byline without its 'By' and its date; None when there is none."""
        from cleaner.bylines import author_of

        return author_of(self.byline) if self.byline else None

    @cached_property
    def date_published(self) -> str | None:
        """`date_stated` as ISO 8601, else the first date of dateline or byline; None without.

        Where the page states a time zone, it is kept.
        """
        from cleaner.dates import checked_iso_date, first_iso_date

        stated = checked_iso_date(self.date_stated) if self.date_stated else None
        return stated or first_iso_date(self.texts(Role.DATELINE) + self.texts(Role.BYLINE))

    @cached_property
    def body(self) -> str:
        """The piece's own text: standfirst, headings, body; a blank line between blocks."""
        return self._joined(BODY_ROLES)

    @cached_property
    def text(self) -> str:
        """The main content: the body and, on a thread, the replies, in page order.

        What a reply only quotes stands in it once, where it was first said; a quotation from
        elsewhere stays.
        """
        copies = self.quoted_blocks
        labelled = enumerate(zip(self.blocks.roles, self.blocks.texts, strict=True))
        roles = self.text_roles
        return "\n\n".join(
            text for index, (role, text) in labelled if role in roles and index not in copies
        )

    @cached_property
    def quoted_blocks(self) -> frozenset[int]:
        """The blocks of comments that repeat the article or an earlier comment as a whole."""
        return frozenset(
            block
            for comment in self.comments
            if comment.quotes
            for block in self._quoted_in(comment)
        )

    def _quoted_in(self, comment: Comment) -> Iterator[int]:
        spans = {(quote.start, quote.end) for quote in comment.quotes if quote.block is not None}
        texts = [block for block in comment.blocks if self.blocks.roles[block] is Role.COMMENT]
        start = 0
        for block, paragraph in zip(texts, comment.text.split("\n\n"), strict=False):
            if (start, start + len(paragraph)) in spans:
                yield block
            start += len(paragraph) + 2

    @property
    def text_roles(self) -> frozenset[Role]:
        """The roles `text` is made of."""
        return main_roles(self.kind)

    @property
    def comment_count(self) -> int:
        """How many comments were found."""
        return len(self.comments)

    @cached_property
    def roles(self) -> dict[Role, int]:
        """How many blocks went to each role; roles without a block are left out."""
        counts = Counter(self.blocks.roles)
        return {role: counts[role] for role in Role if counts[role]}

    def texts(self, role: Role) -> list[str]:
        """The texts of the blocks with this role, in page order."""
        return self._texts(frozenset({role}))

    def _first(self, role: Role) -> str:
        return next(iter(self.texts(role)), "")

    def _joined(self, roles: frozenset[Role]) -> str:
        return "\n\n".join(self._texts(roles))

    def _texts(self, roles: frozenset[Role]) -> list[str]:
        labelled = zip(self.blocks.roles, self.blocks.texts, strict=True)
        return [text for role, text in labelled if role in roles]
