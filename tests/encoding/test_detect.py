from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import cleaner
from cleaner.encoding.detect import decode

GERMAN = "Über die Brücke fährt niemand, weil sie für Möwen gebaut wurde."
RUSSIAN = "Мост через реку откроют в понедельник, сообщил городской совет."


@pytest.mark.parametrize(
    ("data", "media_type", "charset", "named_by"),
    [
        (GERMAN.encode(), None, "utf-8", "utf-8"),
        (b"plain", None, "utf-8", "utf-8"),
        (b"", None, "utf-8", "utf-8"),
        (GERMAN.encode("utf-8-sig"), None, "utf-8", "bom"),
        (GERMAN.encode("utf-16"), None, "utf-16le", "bom"),
        (b"\xfe\xff" + GERMAN.encode("utf-16-be"), None, "utf-16be", "bom"),
        (GERMAN.encode("utf-16-le"), None, "utf-16le", "detector"),
        (GERMAN.encode("cp1252"), "text/plain; charset=ISO-8859-1", "windows-1252", "header"),
        (RUSSIAN.encode("koi8-r"), "text/plain;charset=koi8-r", "koi8-r", "header"),
        (RUSSIAN.encode("koi8-r"), 'text/html; Charset = "KOI8-R"; a=b', "koi8-r", "header"),
        (RUSSIAN.encode("koi8-r"), "text/html; charset*=utf-8''koi8-r", "koi8-r", "header"),
        (RUSSIAN.encode("koi8-r"), None, "koi8-r", "detector"),
        (RUSSIAN.encode("cp1251"), None, "windows-1251", "detector"),
        (b'<meta charset="koi8-r">' + RUSSIAN.encode("koi8-r"), None, "koi8-r", "meta"),
        # Valid non-ASCII UTF-8 beats another declaration.
        (GERMAN.encode(), "text/plain; charset=windows-1252", "utf-8", "utf-8"),
        (GERMAN.encode(), "text/plain; charset=utf-8", "utf-8", "header"),
        # A broken place or two make no other charset of it, whatever is declared.
        ((GERMAN + RUSSIAN).encode()[:-1], None, "utf-8", "utf-8"),
        (RUSSIAN.encode() + b" \x93quoted\x94", "text/plain; charset=utf-8", "utf-8", "header"),
        (RUSSIAN.encode() + b"\xe9", "text/plain; charset=koi8-r", "utf-8", "utf-8"),
        # A declaration that does not decode, or that nobody knows, is set aside.
        (GERMAN.encode("cp1252"), "text/plain; charset=utf-8", "windows-1252", "detector"),
        (b"plain", "text/plain; charset=nonsense", "utf-8", "utf-8"),
        (b"plain", "text/plain; charset", "utf-8", "utf-8"),
        (b"plain", "text/html; charset*=a\0b''utf-8", "utf-8", "utf-8"),
        (b"plain", "text/html; charset*=a; charset*0=b", "utf-8", "utf-8"),
        (b"\xff\x00\xfe\x81", None, "windows-1252", "fallback"),
    ],
)
def test_decode_names_charset(
    data: bytes, media_type: str | None, charset: str, named_by: str
) -> None:
    _, encoding = decode(data, media_type=media_type)
    assert (encoding.charset.replace("-le", "le").replace("-be", "be"), encoding.named_by) == (
        charset,
        named_by,
    )


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "cp1252"])
def test_decode_gives_back_the_text(codec: str) -> None:
    assert decode(GERMAN.encode(codec))[0] == GERMAN


@pytest.mark.parametrize(
    ("text", "codec"),
    [
        (RUSSIAN, "cp1251"),
        ("日本語の文章です。" * 20, "shift_jis"),
        ("中文文章在这里" * 20, "gb18030"),
    ],
)
def test_legacy_text_is_not_taken_for_damaged_utf8(text: str, codec: str) -> None:
    found, encoding = decode(text.encode(codec), media_type=f"text/html; charset={codec}")
    assert (found, encoding.named_by, encoding.replaced) == (text, "header", 0)


def test_decode_counts_what_it_replaced() -> None:
    text, encoding = decode(b"\xef\xbb\xbfabc\xff\xfe")
    assert text == "abc\ufffd\ufffd"
    assert encoding.replaced == 2
    assert decode("abc\ufffd".encode())[1].replaced == 0


_PARTS = [
    "; charset*=",
    "; charset*0=",
    "; charset=",
    "''",
    "utf-8",
    "koi8-r",
    '"',
    "\0",
    "\r\n",
    "%00",
]
_MEDIA_TYPES = st.lists(st.sampled_from(_PARTS) | st.text(max_size=2), max_size=8).map("".join)


@given(st.binary(max_size=40), _MEDIA_TYPES.map("text/html".__add__) | st.text(st.characters()))
@example(b"plain", "text/html; charset*=a\0b''utf-8")
def test_no_media_type_is_too_odd(data: bytes, media_type: str) -> None:
    text, encoding = decode(data, media_type=media_type)
    assert isinstance(text, str)
    assert encoding.charset


def test_a_page_with_an_odd_media_type_is_cleaned() -> None:
    page = cleaner.clean(GERMAN.encode(), media_type="text/html; charset*=a\0b''utf-8")
    assert page.encoding.charset == "utf-8"
    assert page.blocks[0].text == GERMAN
