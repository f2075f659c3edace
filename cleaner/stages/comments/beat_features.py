"""What stands around each time of a flattened page, as numbers: it tells comments by their shape.

Comments look alike in all languages. A line with a time comes again and again, in the same
words but for a name; between two of them stands a text, of a word or of paragraphs, that ends
as sentences do, exclaims, asks, laughs. Teasers have times as well, and titles between them.
Nothing here knows a word of any language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from cleaner.document import Shape
from cleaner.parsing.columns import sums_before
from cleaner.stages.comments.times import has_hour, without_time

Floats = NDArray[np.float32]
Columns = NDArray[np.float64]

BEAT_CLASSES = ("none", "below", "above")
"""Whether a time is a comment's, and on which side of it the text stands."""

WIDEST_GAP = 40
"""Lines from one time of a thread to the next, at most."""

_NEAR = 3  # times on both sides that a time is seen with
_PARAGRAPH = 12  # words of a line that is one
_TITLE = range(4, 17)  # words of a line that may be one
_SHORT = 4  # words below which a line may be a name or a button
_REPEATED = 3  # times that a line stands on a page, but for its numbers, if it is a button
_AVATAR = 2  # letters in place of a picture, at most
_COMMON = 0.6  # share of the times near by that have a word which is none of a name
_NUMBER = re.compile(r"\d+")
_TOKEN = re.compile(r"[^\W\d]+|\d+|[^\w\s]")
_YEAR = re.compile(r"(19|20)\d\d|[12345]\d\d\d[年/.-]")
_DATE = re.compile(r"\d{4}|\d[./-]\d")
_EXCLAIMED = re.compile(r"[!?！？؟]")
_PICTURED = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_QUOTED = re.compile('["“”„«»>@]')

_OF_A_LINE = (
    *("words", "ends as sentence", "title", "short", "repeated", "paragraph words", "avatar"),
    *("lower case", "exclaimed", "pictured", "quoted", "characters"),
)
_OF_A_TIME = (
    *("rest words", "rest digits", "rest common", "rest as near", "rest unlike near"),
    *("hour", "date", "year", "starts line", "ends line", "words in line"),
    *("place on page", "paragraphs above", "paragraphs below", "times near", "to last", "to next"),
    *("words in line above", "words in line below", "avatar above"),
)
_OF_A_SIDE = (
    *("log words", "longest", "sentence share", "title share", "short share", "repeated share"),
    *("lower share", "exclaimed", "pictured", "quoted"),
)
_OWN = (
    *_OF_A_TIME,
    *(f"above {name}" for name in _OF_A_SIDE),
    *(f"below {name}" for name in _OF_A_SIDE),
)
BEAT_FEATURES = (
    *_OWN,
    *(f"near mean {name}" for name in _OWN),
    *(f"near spread {name}" for name in _OWN),
)
"""The columns of `beat_features`."""


def beat_features(
    lines: Sequence[str], shapes: Sequence[Shape], times: Mapping[int, str]
) -> Floats:
    """A row for each time: its line, what stands above and below it, and the same of those near.

    ``times`` are the lines that tell one, in page order, with what they tell.

    >>> lines = ["Ada, 3 May 2019", "It rained.", "Bo, 4 May 2019", "Did it?"]
    >>> from cleaner.evidence.lines.shape import shapes_of
    >>> times = {0: "3 May 2019", 2: "4 May 2019"}
    >>> beat_features(lines, shapes_of(lines), times).shape == (2, len(BEAT_FEATURES))
    True
    """
    if not times:
        return np.zeros((0, len(BEAT_FEATURES)), np.float32)
    places = np.array(list(times))
    sums = sums_before(_line_columns(lines, shapes), np.float64)
    gaps = np.diff(places, prepend=-WIDEST_GAP, append=len(lines) + WIDEST_GAP)
    above = np.where(gaps[:-1] > WIDEST_GAP, places - WIDEST_GAP // 2, places - gaps[:-1] + 1)
    below = np.where(gaps[1:] > WIDEST_GAP, places + WIDEST_GAP // 2, places + gaps[1:])
    above, below = np.maximum(above, 0), np.minimum(below, len(lines))
    near = [list(_near(list(times), number)) for number in range(len(times))]
    own = np.column_stack(
        [
            _time_columns(lines, times, sums, near),
            _side(sums, above, places),
            _side(sums, places + 1, below),
        ]
    )
    means = np.array([own[numbers].mean(axis=0) for numbers in near])
    spreads = np.array([own[numbers].std(axis=0) for numbers in near])
    return np.concatenate([own, means, spreads], axis=1).astype(np.float32)


def _line_columns(lines: Sequence[str], shapes: Sequence[Shape]) -> Columns:
    """A row for each line of a page, to be summed over stretches of lines."""
    forms = [_form(line) for line in lines]
    counts = Counter(forms)
    rows = [
        (
            shape.words,
            shape.is_sentence,
            not shape.is_sentence and shape.words in _TITLE,
            shape.words < _SHORT,
            counts[form] >= _REPEATED,
            shape.words if shape.words >= _PARAGRAPH else 0,
            len(line) <= _AVATAR,
            line[:1].islower(),
            len(_EXCLAIMED.findall(line)),
            0 if line.isascii() else len(_PICTURED.findall(line)),
            len(_QUOTED.findall(line)),
            len(line) + 1,
        )
        for line, shape, form in zip(lines, shapes, forms, strict=True)
    ]
    return np.array(rows, np.float64).reshape(len(lines), len(_OF_A_LINE))


def _side(sums: Columns, first: NDArray[np.int64], end: NDArray[np.int64]) -> Columns:
    """What the lines on one side of each time are like: shares and densities."""
    found = sums[end] - sums[first]
    at = {name: found[:, number] for number, name in enumerate(_OF_A_LINE)}
    lines = np.maximum(end - first, 1)
    characters = np.maximum(at["characters"], 1) / 100
    return np.column_stack(
        [
            np.log1p(at["words"]),
            np.log1p(at["paragraph words"]),
            *(at[n] / lines for n in ("ends as sentence", "title", "short", "repeated")),
            at["lower case"] / lines,
            *(at[n] / characters for n in ("exclaimed", "pictured", "quoted")),
        ]
    )


def _time_columns(
    lines: Sequence[str], times: Mapping[int, str], sums: Columns, around: Sequence[Sequence[int]]
) -> Columns:
    """What the line of each time is like, beside those around it, and where it stands."""
    places = list(times)
    rests = [without_time(lines[line].replace("\xa0", " "), times[line]) for line in places]
    tokens = [Counter(_TOKEN.findall(_form(rest).casefold())) for rest in rests]
    forms = list(map(_form, rests))
    words = np.diff(sums[:, _OF_A_LINE.index("words")])
    avatars = np.diff(sums[:, _OF_A_LINE.index("avatar")])
    paragraphs = sums[:, _OF_A_LINE.index("paragraph words")]
    last = len(lines) - 1
    rows = []
    for number, line in enumerate(places):
        near = [other for other in around[number] if other != number]
        rest, time = rests[number], times[line]
        common = sum(
            sum(token in tokens[other] for other in near) >= _COMMON * len(near)
            for token in tokens[number]
        )
        alike = sum(forms[other] == forms[number] for other in near)
        unlike = sum(rests[other] != rest for other in near)
        above = line - places[number - 1] if number else WIDEST_GAP
        below = places[number + 1] - line if number + 1 < len(places) else WIDEST_GAP
        rows.append(
            (
                sum(tokens[number].values()),
                sum(map(str.isdigit, rest)),
                common / len(tokens[number]) if near and tokens[number] else -1.0,
                alike / len(near) if near else -1.0,
                unlike / len(near) if near else -1.0,
                has_hour(time),
                _DATE.search(time) is not None,
                _YEAR.search(time) is not None,
                lines[line].startswith(time),
                lines[line].endswith(time),
                words[line],
                line / len(lines),
                np.log1p(paragraphs[line]),
                np.log1p(paragraphs[-1] - paragraphs[line + 1]),
                len(near),
                min(above, WIDEST_GAP),
                min(below, WIDEST_GAP),
                words[line - 1] if line else 0,
                words[line + 1] if line < last else 0,
                avatars[line - 1] if line else 0,
            )
        )
    return np.array(rows, np.float64)


def _near(places: Sequence[int], number: int) -> Iterator[int]:
    """The numbers of the times near one, itself among them."""
    widest = _NEAR * WIDEST_GAP
    for other in range(max(0, number - _NEAR), min(len(places), number + _NEAR + 1)):
        if abs(places[other] - places[number]) <= widest:
            yield other


def _form(text: str) -> str:
    return _NUMBER.sub("0", text)
