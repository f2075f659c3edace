r"""Markup that would keep the parser busy for hours, made harmless before it is parsed.

An HTML parser looks through the open elements at nearly every tag, opens
unclosed ``<b>`` anew in every paragraph, and compares every attribute of a tag
with all others. Its time and memory are so the square of the page's length
when someone wants it: 20 000 nested ``<div>`` took lexbor 0.7 s, a million
would take half an hour; 5000 paragraphs after 5000 unclosed ``<b id=...>`` need
gigabytes. Browsers stop at 512 open elements, and so does this.

Nearly every page passes the two quick looks of `is_suspect` and is not
touched. The others are read once, tag by tag, with a stack of what is open. It
follows the parser's rules only as far as depth is concerned.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice, product, takewhile

import numpy as np

from cleaner.parsing.columns import Bools, Places

DEPTH_LIMIT = 512
"""Elements open at a time, the limit of Chromium and WebKit; tags beyond it are dropped."""

REOPENED_LIMIT = 50_000
"""So many elements the parser may open anew, and one more for each tag of the page."""

ATTRIBUTES_LIMIT = 1000
"""A tag with more attributes than this loses all of them."""

SUSPECT_TAGS = 16_000
"""A page with fewer ``<`` takes at most 0.4 s, however deep it is; 1 in 60 has more."""

MOST_TAGS = 64_000
"""A page with more ``<`` than this is read whatever it looks like: 1 in 600."""

SUSPECT_PAIRS = 4_000_000
"""So many pairs of a formatting tag and any tag could become as many elements, 0.6 GB."""

NAMES_LIMIT = 5000
"""Different unknown names of elements, or of attributes, after which tags with new ones suffer.

lexbor keeps names in a table of fixed size: 80 000 names took it 1 s, four
times as many sixteen times that.
"""

REPEATED_LIMIT = 100
"""Repeated ``<html>`` or ``<body>`` tags, each of whose attributes is compared with all before."""

SUSPECT_TAG_LENGTH = 4096
"""Characters between two ``<`` from which on the attributes of a tag are counted."""

_TAG = re.compile(
    rb"""<!--(?:>|->|.*?(?:--!?>|\Z))
    |<(?P<raw>script|style|textarea|title|xmp|iframe|noembed|noframes)(?=[\s/>])
        .*?(?:</(?P=raw)(?=[\s/>])|\Z)
    |<(?P<end>/?)(?P<name>[a-z][^\s/>]*+)
        (?P<attributes>(?>[^>=]++|=\s*+(?:"[^"]*+"?+|'[^']*+'?+)?+)*+)>?+
    """,
    re.I | re.S | re.X,
)
_ATTRIBUTE = re.compile(rb"""([^\s/=]++)(?:\s*+=\s*+(?:"[^"]*+"?+|'[^']*+'?+|[^\s>]*+))?+""")

_START = re.compile(rb"""<[a-z][^\s/>]*+((?>[^>=]++|=\s*+(?:"[^"]*+"?+|'[^']*+'?+)?+)*+)""", re.I)
_FORMATTING_NAMES = "b|big|code|em|font|i|s|small|strike|strong|tt|u"
_LASTING_FORMATTING = re.compile(
    rf"<({_FORMATTING_NAMES})(?=[\s/>])(?![^<>]{{0,1000}}>[^<]{{0,2000}}</\1\s*>)".encode(),
    re.I,
)
"""The start of a formatting element that is not ended by the very next tag."""

_VOID = frozenset(
    b"area base basefont bgsound br col embed frame hr image img input keygen link meta param "
    b"source track wbr".split()
)
_FORMATTING = frozenset(b"a b big code em font i nobr s small strike strong tt u".split())
_BLOCK_LEVEL = frozenset(
    b"address article aside blockquote body button caption center dd details dialog dir div dl dt "
    b"fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup html "
    b"iframe legend li listing main marquee menu nav object ol p plaintext pre search section "
    b"select summary table tbody td template tfoot th thead tr ul".split()
)
_SCOPES = frozenset(b"table td th caption template object applet marquee svg math".split())
_ONCE = frozenset(b"html body".split())
_NOT_NESTED = _VOID | frozenset(b"p li dd dt option tr td th tbody path use circle rect".split())
_NAME = re.compile(rb"<(/?[a-z][a-z0-9-]*+)", re.I)
_SLASH = ord("/")
_TABLE_PARTS = frozenset(b"tr td th tbody thead tfoot".split())
_CLOSED_BY: dict[bytes, tuple[frozenset[bytes], frozenset[bytes]]] = {
    name: (frozenset(closed.split()), frozenset(around.split()))
    for names, closed, around in (
        (b"li", b"li", b"ul ol menu dir"),
        (b"dd dt", b"dd dt", b"dl"),
        (b"td th", b"td th", b"table tr"),
        (b"tr", b"tr", b"table tbody thead tfoot"),
        (b"tbody thead tfoot", b"tbody thead tfoot", b"table"),
        (b"option", b"option", b"select optgroup"),
    )
    for name in names.split()
}
"""What a start tag ends without an end tag, and the elements beyond which it does not look."""


def is_suspect(data: bytes) -> bool:
    """Whether markup must be read tag by tag first: too many tags, too deep, a tag too long."""
    begins = np.flatnonzero(np.frombuffer(data, dtype=np.uint8) == ord("<"))
    tags = len(begins)
    if tags > SUSPECT_TAGS and (tags > MOST_TAGS or _seems_deep(data)):
        return True
    return _has_many_pairs(data, begins) or _has_long_tag(data, begins)


def _has_many_pairs(data: bytes, begins: Places) -> bool:
    """Whether there are too many pairs of a formatting tag and any other."""
    tags = len(begins)
    if tags * tags <= 4 * SUSPECT_PAIRS:
        return False  # however many of them are formatting; most pages are done here
    most = min(_most_formatting(data, begins), tags // 2)
    if most * (tags - most) <= SUSPECT_PAIRS:
        return False
    formatting = sum(1 for _ in _LASTING_FORMATTING.finditer(data))
    return formatting * (tags - formatting) > SUSPECT_PAIRS


def _most_formatting(data: bytes, begins: Places) -> int:
    """No fewer than the formatting tags of a page, told by two letters of each tag."""
    letters = np.frombuffer(data + b"  ", dtype=np.uint8)
    pairs = letters[begins + 1].astype(np.uint16) << 8 | letters[begins + 2]
    return int(np.count_nonzero(_opens_formatting()[pairs]))


@cache
def _opens_formatting() -> Bools:
    """For each two letters, the first one times 256, whether a formatting tag begins so."""
    opens = np.zeros(1 << 16, dtype=np.bool_)
    for name in _FORMATTING_NAMES.split("|"):
        seconds = [name[1], name[1].upper()] if name[1:] else [*" \t\n\r\f\v/>"]
        for first, second in product((name[0], name[0].upper()), seconds):
            opens[ord(first) << 8 | ord(second)] = True
    return opens


def _seems_deep(data: bytes) -> bool:
    """Whether more elements than the limit seem open somewhere, each name counted by itself.

    End tags that end nothing can deceive it, but only about a page of at most
    `MOST_TAGS`, which takes seconds then and not hours.
    """
    unclosed: Counter[bytes] = Counter()
    depth = 0
    for name in _NAME.findall(data):
        if name[0] == _SLASH:
            if unclosed[name[1:]] > 0:
                unclosed[name[1:]] -= 1
                depth -= 1
        elif name.lower() not in _NOT_NESTED:
            unclosed[name] += 1
            depth += 1
            if depth > DEPTH_LIMIT:
                return True
    return False


def _has_long_tag(data: bytes, begins: Places) -> bool:
    """Whether a tag has too many attributes; most long ones have one long value."""
    gaps = np.diff(np.append(begins, len(data)))
    seeming = [at for at in begins[gaps > SUSPECT_TAG_LENGTH].tolist() if _is_long(data, at)]
    # Most of these are scripts with a "less than", which costs this second look alone.
    return bool(seeming) and not _begin_tags(data, seeming[-1]).isdisjoint(seeming)


def _is_long(data: bytes, begin: int) -> bool:
    if data.find(b">", begin, begin + SUSPECT_TAG_LENGTH) >= 0:
        return False
    tag = _START.match(data, begin)
    attributes = _ATTRIBUTE.finditer(tag[1]) if tag else iter(())
    return next(islice(attributes, ATTRIBUTES_LIMIT, None), None) is not None


def _begin_tags(data: bytes, last: int) -> set[int]:
    """Where, up to a place, tags begin that a parser takes for tags: none in scripts."""
    tags = takewhile(lambda tag: tag.start() <= last, _TAG.finditer(data))
    return {tag.start() for tag in tags if tag["name"]}


def make_harmless(data: bytes) -> tuple[bytes, str]:
    """The markup without what goes over the limits, and in words what was taken out.

    Text is never taken out. Nothing to take out: the same bytes and ``""``.

    >>> make_harmless(b"<b>x</b>")
    (b'<b>x</b>', '')
    """
    if not is_suspect(data):
        return data, ""
    reading = _Reading()
    pieces = list(reading.pieces(data))
    return (b"".join(pieces), reading.cut()) if reading.taken else (data, "")


class _Reading:
    """One reading of a page's tags, with the stack of open elements."""

    def __init__(self) -> None:
        self.stack: list[bytes] = []
        self.open: Counter[bytes] = Counter()
        self.pending: list[bytes] = []
        self.dropped: Counter[bytes] = Counter()
        self.taken: Counter[str] = Counter()
        self.strangers: set[bytes] = set()
        self.attributes: set[bytes] = set()
        self.tags = 0
        self.reopened = 0

    def cut(self) -> str:
        """What was taken out, in words."""
        return "; ".join(f"{count} {what}" for what, count in sorted(self.taken.items()))

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """The page, with other tags in the place of those that go over a limit."""
        written, read, parted = 0, 0, False
        for match in _TAG.finditer(data):
            if self.pending and data[read : match.start()].strip():
                self._reopen()
            read = match.end()
            name = match["name"]
            if name is None:
                continue
            name = name.lower()
            self.tags += 1
            tag = match[0]
            if not match["end"]:
                instead = self.start(name, match["attributes"])
            else:
                instead = self.end(name)
                if self._checked(name, match["attributes"]):
                    tag = b"</%b>" % name
                    if instead is None:
                        instead, tag = tag, b""
            if instead is None:
                continue
            between = data[written : match.start()]
            written = match.end()
            parted = parted and not between
            if instead != b"<hr>" or not parted:
                yield between
                yield instead + tag if instead.startswith(b"</") else instead
            parted = instead == b"<hr>" or parted
        yield data[written:]

    def start(self, name: bytes, attributes: bytes) -> bytes | None:
        """What to write for a start tag; None leaves it as it is.

        A result that begins with ``</`` goes before the tag.
        """
        is_block_level = name in _BLOCK_LEVEL
        if name in _ONCE:
            self.dropped[name] += 1
            if self.dropped[name] > REPEATED_LIMIT:
                return self._take("repeated <html> or <body>", b"")
        if name in _ONCE or name in _VOID or (self._is_foreign() and attributes.endswith(b"/")):
            return self._checked(name, attributes)
        if not is_block_level and self._is_one_too_many(name):
            return self._take("tags of ever new names", b"")
        closing = self._ended_by(name)
        if self.pending and not is_block_level:
            self._reopen()
        if len(self.stack) >= DEPTH_LIMIT:
            self.dropped[name] += 1
            what = f"tags deeper than {DEPTH_LIMIT} elements"
            return self._take(what, b"<hr>" if is_block_level else b"")
        self._push(name)
        return closing or self._checked(name, attributes)

    def end(self, name: bytes) -> bytes | None:
        """What to write for an end tag, as for a start tag."""
        if name in _ONCE or name in _VOID:
            return None
        if self.dropped[name]:
            self.dropped[name] -= 1
            return b"<hr>" if name in _BLOCK_LEVEL else b""
        if name not in _BLOCK_LEVEL and self._is_one_too_many(name):
            return self._take("tags of ever new names", b"")
        if name in self.pending:
            self.pending.remove(name)
        at = self._find(name)
        if at < 0:
            return None
        if name not in _BLOCK_LEVEL and not _BLOCK_LEVEL.isdisjoint(self.stack[at:]):
            if name in _FORMATTING:
                del self.stack[at]
                self.open[name] -= 1
            return None
        return self._pop(at, name)

    def _is_foreign(self) -> bool:
        return bool(self.open[b"svg"] or self.open[b"math"])

    def _is_one_too_many(self, name: bytes) -> bool:
        """Whether an unknown name is new after too many others."""
        if name in _FORMATTING or name in self.strangers:
            return False
        if len(self.strangers) >= NAMES_LIMIT:
            return True
        self.strangers.add(name)
        return False

    def _checked(self, name: bytes, attributes: bytes) -> bytes | None:
        """The tag without its attributes when there are too many, on it or on the page."""
        if not attributes.strip(b" /"):
            return None
        found = set(_ATTRIBUTE.findall(attributes)) if attributes else set()
        if len(found) > ATTRIBUTES_LIMIT:
            what = f"tags of more than {ATTRIBUTES_LIMIT} attributes"
            return self._take(what, b"<%b>" % name)
        if len(self.attributes) > NAMES_LIMIT and not found <= self.attributes:
            return self._take("tags with attributes of ever new names", b"<%b>" % name)
        self.attributes |= found
        return None

    def _take(self, what: str, instead: bytes) -> bytes:
        self.taken[what] += 1
        return instead

    def _find(self, name: bytes) -> int:
        """Where the innermost element of this name stands that an end tag can reach, or -1."""
        if self.open[name] <= 0:
            return -1
        is_of_table = name in _TABLE_PARTS
        for at in range(len(self.stack) - 1, -1, -1):
            here = self.stack[at]
            if here == name:
                return at
            if here in _SCOPES and not (name == b"table" or (is_of_table and here != b"table")):
                return -1
        return -1

    def _ended_by(self, name: bytes) -> bytes | None:
        """End what this start tag ends: a cell the cell before it, a block an open ``p``."""
        if name in _CLOSED_BY:
            closed, around = _CLOSED_BY[name]
            for at in range(len(self.stack) - 1, -1, -1):
                if self.stack[at] in closed:
                    return self._pop(at, b"")
                if self.stack[at] in around:
                    return self._pop(at + 1, b"") if name in _TABLE_PARTS else None
        elif name in _BLOCK_LEVEL and (at := self._find(b"p")) >= 0:
            return self._pop(at, b"")
        return None

    def _push(self, name: bytes) -> None:
        self.stack.append(name)
        self.open[name] += 1

    def _reopen(self) -> None:
        """Open anew, as the parser does before text, the formatting that was not ended."""
        self.reopened += len(self.pending)
        for name in self.pending:
            self._push(name)
        self.pending = []

    def _pop(self, at: int, name: bytes) -> bytes | None:
        """Take elements off the stack; unclosed formatting waits, or is ended when too much."""
        popped = self.stack[at:]
        del self.stack[at:]
        for element in popped:
            self.open[element] -= 1
        waiting = [element for element in popped[name in _FORMATTING :] if element in _FORMATTING]
        if not waiting or self.reopened <= REOPENED_LIMIT + self.tags:
            self.pending += waiting
            return None
        self.taken["unclosed formatting elements"] += len(waiting)
        return b"".join(b"</%b>" % element for element in reversed(waiting))
