"""Output names: one per source, safe inside the output folder, no two alike."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from unicodedata import normalize

LONGEST = 240
"""Bytes in a part of a name: file systems allow 255, the rest is for ``~2`` and the like."""

_UNSAFE = re.compile("[\x00\ud800-\udc7f\udd00-\udfff]")
"""What no file name can hold; U+DC80 to U+DCFF stand for bytes that are not UTF-8."""


def page_names(names: Iterable[str], suffix: str) -> list[str]:
    """A relative path for each name: the name with the suffix, and with ``~2`` where it is taken.

    Names are compared without case, for file systems that do; a file's name is
    also taken when a folder has it. The first of two keeps its name, whatever
    comes later; the same names in the same order give the same paths.

    >>> page_names(["a.txt", "A.txt", "b/c.txt"], ".json")
    ['a.txt.json', 'A.txt~2.json', 'b/c.txt.json']
    """
    stems = [_safe_path(name, len(suffix)) for name in names]
    taken = {_key(folder) for stem in stems for folder in _folders(stem)}
    chosen = [_first_choice(stem + suffix, taken) for stem in stems]
    counts: Counter[str] = Counter()
    return [
        path or _next_choice(stem, suffix, taken, counts)
        for path, stem in zip(chosen, stems, strict=True)
    ]


def _first_choice(path: str, taken: set[str]) -> str:
    """The path, now taken; empty when it was taken before."""
    if _key(path) in taken:
        return ""
    taken.add(_key(path))
    return path


def _next_choice(stem: str, suffix: str, taken: set[str], counts: Counter[str]) -> str:
    """The first free one of ``stem~2``, ``stem~3``, ...; ``counts`` remembers where to go on."""
    path = ""
    while not path:
        counts[_key(stem)] += 1
        path = _first_choice(f"{stem}~{counts[_key(stem)] + 1}{suffix}", taken)
    return path


def _safe_path(name: str, spare: int) -> str:
    """A name without ``..``, empty parts and what no file system takes; never empty."""
    parts = [_UNSAFE.sub("_", part) for part in name.split("/") if part not in ("", ".", "..")]
    return "/".join(_short(part, LONGEST - spare) for part in parts) or "page"


def _short(part: str, most: int) -> str:
    """A part of a name, cut and told apart by a digest when it is too long."""
    data = part.encode("utf-8", "surrogateescape")
    if len(data) <= most:
        return part
    digest = hashlib.sha256(data).hexdigest()[:16]
    return data[: most - 17].decode("utf-8", "ignore") + "-" + digest


def _folders(path: str) -> Sequence[str]:
    parts = path.split("/")
    return ["/".join(parts[:length]) for length in range(1, len(parts))]


def _key(path: str) -> str:
    return normalize("NFC", normalize("NFC", path).casefold())
