"""One page of a data set with what is right for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from cleaner.document import Role


@dataclass(frozen=True, slots=True)
class GoldLine:
    """One line of flattened text and its role, as labelled by hand."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class GoldComment:
    """One comment as a page's own markup states it.

    Not ``is_visible`` where no reader of the page sees who wrote it or what: nobody
    is asked for it then.
    """

    author: str
    text: str
    is_visible: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """One page of a data set: its source, and the gold that this data set has.

    ``name`` is unique in its data set. ``kind`` is the data set's own page
    type, empty when it has none. ``html`` is the page as bytes, unpacked; None
    where only its lines are at hand. ``url`` is empty when it is not known.
    Gold that the data set does not have is empty: ``text`` is the main content;
    ``title`` the piece's title; ``within`` and ``without`` are snippets that
    must and must not stand in the main content; ``lines`` the labelled lines;
    ``comments`` what readers wrote.
    """

    name: str
    kind: str = ""
    html: bytes | None = None
    url: str = ""
    text: str = ""
    title: str = ""
    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    lines: tuple[GoldLine, ...] = ()
    comments: tuple[GoldComment, ...] = ()


@dataclass(frozen=True)
class Cases:
    """The pages of a data set in a fixed order; each is read when its turn comes.

    May be gone through any number of times; `len` reads nothing. Reading a
    case raises `UsageError` when its files are broken.

    >>> cases = Cases((lambda: Case("one"), lambda: Case("two")))
    >>> len(cases), [case.name for case in cases]
    (2, ['one', 'two'])
    """

    readers: Sequence[Callable[[], Case]]

    def __len__(self) -> int:
        return len(self.readers)

    def __iter__(self) -> Iterator[Case]:
        return (read() for read in self.readers)
