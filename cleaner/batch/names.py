"""Output names: one per document, safe inside the output folder, no two alike."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from unicodedata import normalize

LONGEST = 230
"""Bytes in a part of a name: file systems allow 255, the rest is for ``~2`` and the like."""

MEMBERS = ".pages"
"""What is added to the name of a file that holds many documents, for the folder of its pages."""

_SLUG = 80
"""Characters of a URL or id that a page's name shows."""

_UNSAFE = re.compile("[\x00\ud800-\udc7f\udd00-\udfff]")
"""What no file name can hold; U+DC80 to U+DCFF stand for bytes that are not UTF-8."""

_NO_SLUG = re.compile(r"[^A-Za-z0-9.-]+")


class Namer:
    """Gives each source a stem, so that pages of two sources never share a name.

    The first of two keeps its name, whatever comes later; the same names in the
    same order give the same stems. Names are compared without case, for file
    systems that do, and a file never has the name of a folder. It remembers
    sixteen bytes of digest for each name, not the names.

    >>> namer = Namer(".json")
    >>> [namer.stem(name) for name in ("a.txt", "A.txt", "b/c.txt", "../a.txt")]
    ['a.txt', 'A.txt~2', 'b/c.txt', 'a.txt~3']
    """

    def __init__(self, suffix: str) -> None:
        self._suffix = suffix
        self._files: set[int] = set()
        self._folders: set[int] = set()
        self._counts: Counter[int] = Counter()

    def stem(self, name: str) -> str:
        """A relative path without suffix for the source with this name."""
        wanted = _safe_path(name, max(len(self._suffix), len(MEMBERS)))
        stem, key = wanted, _key(wanted)
        while not self._is_free(stem):
            self._counts[key] += 1
            number = self._counts[key] + 1
            is_inside = any(self._is_file(folder) for folder in _folders(wanted))
            stem = f"~{number}/{wanted}" if is_inside else f"{wanted}~{number}"
        self._files.add(_key(stem + self._suffix))
        self._folders.update(map(_key, _folders(stem)))
        return stem

    def _is_free(self, stem: str) -> bool:
        file = _key(stem + self._suffix)
        if file in self._files or file in self._folders or _key(stem + MEMBERS) in self._folders:
            return False
        return not any(self._is_file(folder) for folder in _folders(stem))

    def _is_file(self, folder: str) -> bool:
        """Whether a page has this name, or the pages of a file that holds many may stand in it."""
        owner = folder.removesuffix(MEMBERS)
        owned = owner != folder and _key(owner + self._suffix) in self._files
        return owned or _key(folder) in self._files


def page_names(names: Iterable[str], suffix: str) -> list[str]:
    """A relative path for each name, with the suffix, and with ``~2`` where it is taken.

    >>> page_names(["a.txt", "A.txt", "b/c.txt"], ".json")
    ['a.txt.json', 'A.txt~2.json', 'b/c.txt.json']
    """
    namer = Namer(suffix)
    return [namer.stem(name) + suffix for name in names]


def member_name(stem: str, record: int, label: str) -> str:
    """The name, without suffix, of a page in a file that holds many; ``label`` is its URL or id.

    >>> member_name("crawl.warc.gz", 12, "https://example.org/a?b=../c")
    'crawl.warc.gz.pages/00000012-example.org-a-b-..-c'
    """
    slug = _NO_SLUG.sub("-", re.sub(r"^\w+://", "", label))[:_SLUG].strip("-.")
    return f"{stem}{MEMBERS}/{record:08d}" + (f"-{slug}" if slug else "")


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


def _key(path: str) -> int:
    """A digest of the name as file systems without case compare it."""
    plain = normalize("NFC", normalize("NFC", path).casefold())
    data = plain.encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=7).digest(), "little")
