"""Name the charset of bytes, and say who named it.

The order: byte order mark, HTTP header, ``<meta>`` in the first 1024 bytes,
strict UTF-8, a detector, windows-1252. Two exceptions: non-ASCII bytes that are
valid UTF-8, but for a few places, beat any other declaration (by chance that hardly
happens), and a declaration that does not decode is set aside. Labels are those of the WHATWG
Encoding Standard.
"""

from __future__ import annotations

import codecs
import re

import webencodings

from cleaner.page import Encoding

_BOMS = (
    # The mark of UTF-32-LE begins with that of UTF-16-LE, so it comes first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META_WINDOW = 1024  # bytes in which HTML allows the declaration
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.I)
_HEADER = re.compile(
    r""";\s*charset\s*(?:=\s*["']?|\*=[\w-]*'[\w-]*')\s*([A-Za-z0-9._:-]{2,40})""", re.I
)
_DETECTOR_WINDOW = 65536  # bytes shown to the detector: more costs time and changed no answer
_SOUND_PER_BROKEN = 10
"""Characters of more than one byte for each broken place from which a text is damaged UTF-8;
legacy charsets have hardly any that read as UTF-8, and a broken place for each letter."""

_FALLBACK = "windows-1252"  # the Web's own fallback


def decode(data: bytes, *, media_type: str | None = None) -> tuple[str, Encoding]:
    """Decode bytes to text; never raises, undecodable places become U+FFFD.

    ``media_type`` is a Content-Type as HTTP gives it, sound or not; its charset counts as
    the header's word. Empty bytes are empty UTF-8.

    >>> decode("Ünï".encode("windows-1252"), media_type="text/plain; charset=latin1")
    ('Ünï', Encoding(charset='windows-1252', named_by='header', replaced=0, repairs=()))
    """
    for mark, charset in _BOMS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :], charset, "bom")
    is_utf8 = b"\0" not in data and _decodes(data, "utf-8")
    if not data.isascii() if is_utf8 else _is_damaged_utf8(data):
        return _decoded(data, "utf-8", _who_said_utf8(data, media_type))
    for charset, named_by in _declarations(data, media_type):
        if _decodes(data, charset):
            return _decoded(data, charset, named_by)
    if is_utf8:
        return _decoded(data, "utf-8", "utf-8")
    return _guessed(data)


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether bytes are UTF-8 with a few broken places: cut off inside a letter, or pasted into."""
    if b"\0" in data:
        return False
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd") - data.count(b"\xef\xbf\xbd")
    if broken <= 0:
        return False
    sound = len(text) - len(text.encode("ascii", "ignore")) - broken
    return sound >= _SOUND_PER_BROKEN * broken


def _declarations(data: bytes, media_type: str | None) -> list[tuple[str, str]]:
    """The declared charsets that are known labels, with who declares them."""
    found = []
    header = _HEADER.search(media_type) if media_type else None
    meta = _META.search(data[:_META_WINDOW])
    if header and (encoding := webencodings.lookup(header.group(1))):
        found.append((encoding.name, "header"))
    if meta and (encoding := webencodings.lookup(meta.group(1).decode("ascii"))):
        # A document whose meta element can be read as ASCII is not UTF-16.
        name = "utf-8" if encoding.name.startswith("utf-16") else encoding.name
        found.append((name, "meta"))
    return found


def _who_said_utf8(data: bytes, media_type: str | None) -> str:
    declared = (
        named_by for charset, named_by in _declarations(data, media_type) if charset == "utf-8"
    )
    return next(declared, "utf-8")


def _guessed(data: bytes) -> tuple[str, Encoding]:
    from chardet import detect  # 50 ms to import, and most pages are UTF-8

    guess = detect(data[:_DETECTOR_WINDOW])["encoding"]
    charset = _known(guess) if guess else None
    if charset and charset != "utf-8" and _decodes(data, charset):
        return _decoded(data, charset, "detector")
    if _decodes(data, "utf-8"):
        return _decoded(data, "utf-8", "utf-8")
    return _decoded(data, _FALLBACK, "fallback")


def _known(label: str) -> str | None:
    """The WHATWG name of a label, else Python's, else None: detectors know more than the Web."""
    if encoding := webencodings.lookup(label):
        return str(encoding.name)
    try:
        return codecs.lookup(label).name
    except LookupError:
        return None


def _codec(charset: str) -> codecs.CodecInfo:
    encoding = webencodings.lookup(charset)
    return encoding.codec_info if encoding else codecs.lookup(charset)


def _decodes(data: bytes, charset: str) -> bool:
    try:
        _codec(charset).decode(data, "strict")
    except (UnicodeDecodeError, ValueError):
        return False
    return True


def _decoded(data: bytes, charset: str, named_by: str) -> tuple[str, Encoding]:
    text, _ = _codec(charset).decode(data, "replace")
    was_sound = "�" not in text or _decodes(data, charset)
    replaced = 0 if was_sound else text.count("�")
    return text, Encoding(charset, named_by, replaced)
