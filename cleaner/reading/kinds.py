"""What a file is, told from its first bytes."""

from __future__ import annotations

from enum import StrEnum

from cleaner.reading.items import Fields

HEAD = 1 << 16
"""Bytes of a file that are looked at."""


class Kind(StrEnum):
    """What a file is."""

    PAGE = "page"
    JSONL = "jsonl"
    JSON = "json"
    WARC = "warc"
    PARQUET = "parquet"


_MAGIC = {
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"II*\0": "a TIFF image",
    b"MM\0*": "a TIFF image",
    b"\0\0\1\0": "an icon",
    b"%PDF-": "a PDF file",
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b\x08": "gz data",
    b"\x28\xb5\x2f\xfd": "zst data",
    b"\xfd7zXZ\0": "xz data",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"Rar!\x1a\x07": "a RAR archive",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an Office file",
    b"wOFF": "a font",
    b"wOF2": "a font",
    b"\0\1\0\0\0": "a font",
    b"\x7fELF": "a program",
    b"\0asm": "a program",
    b"\xca\xfe\xba\xbe": "a program",
    b"ID3": "sound",
    b"OggS": "sound",
    b"fLaC": "sound",
    b"FLV\1": "video",
    b"\x1aE\xdf\xa3": "video",
}
"""How files begin that hold no page."""

_ANY_MAGIC = tuple(_MAGIC)

_RIFF = {b"WEBP": "a WebP image", b"WAVE": "sound", b"AVI ": "video"}
"""What files that begin with RIFF have behind a length."""

_BOM = b"\xef\xbb\xbf"


def kind_of(head: bytes, name: str, fields: Fields) -> Kind:
    r"""What a file with this beginning is; the name counts only where JSON is broken.

    >>> kind_of(b'{"url": "https://example.org", "text": "A bridge."}\n', "a.txt", Fields())
    <Kind.JSONL: 'jsonl'>
    """
    if head.startswith(b"WARC/"):
        return Kind.WARC
    if head.startswith(b"PAR1"):
        return Kind.PARQUET
    start = head.removeprefix(_BOM).lstrip()
    if not _may_be_json(start, name):
        return Kind.PAGE
    from cleaner.reading.json_sniff import JsonForm, json_form  # nearly every file is a page

    forms = {JsonForm.LINES: Kind.JSONL, JsonForm.VALUES: Kind.JSON, None: Kind.PAGE}
    return forms[json_form(start, name, fields)]


def _may_be_json(start: bytes, name: str) -> bool:
    """Whether it is worth a look: the lines of JSON may begin after a broken one."""
    if start.startswith(b"<"):
        return False
    return start[:1] in (b"{", b"[") or b"\n{" in start or "json" in name.lower()


def no_page(head: bytes) -> str:
    """What content is that cannot be a page, by how it begins; empty when it can.

    >>> no_page(b"%PDF-1.7"), no_page(b"A bridge.")
    ('a PDF file', '')
    """
    if head.startswith(_ANY_MAGIC):
        return next(what for magic, what in _MAGIC.items() if head.startswith(magic))
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12], "")
    return "video" if head[4:8] == b"ftyp" else ""
