from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.document import Role
from cleaner.golden.faults import Fault, FaultError
from cleaner.golden.labels import GoldenFile, Label, format_labels, parse_labels

HEAD = "# source: page.txt\n# sha256: " + "0a" * 32 + "\n"
PATH = Path("golden/page.labels")

labels = st.lists(st.tuples(st.sampled_from([*Role, None]), st.text()))


def bare(golden: GoldenFile) -> list[tuple[Role | None, str]]:
    return [(label.role, label.text) for label in golden.labels]


def fault_of(text: str) -> FaultError:
    with pytest.raises(FaultError) as caught:
        parse_labels(text, PATH)
    assert caught.value.fault is Fault.BROKEN
    return caught.value


@given(labels)
def test_labels_read_back_what_was_written(pairs: list[tuple[Role | None, str]]) -> None:
    golden = GoldenFile(PATH, "page.txt", "0" * 64, tuple(Label(*pair) for pair in pairs))
    assert bare(parse_labels(format_labels(golden), PATH)) == pairs


@given(st.text(min_size=1), st.lists(st.text()), st.none() | st.text())
def test_labels_headers_read_back_what_was_written(
    name: str, notes: list[str], draft: str | None
) -> None:
    source = f"./{name}"
    golden = GoldenFile(PATH, source, "0" * 64, (), notes=tuple(notes), draft=draft)
    assert parse_labels(format_labels(golden), PATH) == golden


def test_labels_cut_only_the_first_bar_and_take_a_hash_in_the_text() -> None:
    golden = parse_labels(HEAD + "body | one | two\nform | # three\n? | four\n", PATH)
    assert bare(golden) == [(Role.BODY, "one | two"), (Role.FORM, "# three"), (None, "four")]
    assert [label.line for label in golden.labels] == [3, 4, 5]


def test_labels_read_crlf_and_a_byte_order_mark(tmp_path: Path) -> None:
    from cleaner.golden.labels import read_labels

    path = tmp_path / "page.labels"
    text = HEAD + "body | one\nbody | two"
    path.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert replace(read_labels(path), path=PATH) == parse_labels(text, PATH)


def test_labels_end_lines_at_lf_only() -> None:
    text = "a\x0bb\x0cc\x85d\u2028e\u2029f"
    assert bare(parse_labels(f"{HEAD}body | {text}\n", PATH)) == [(Role.BODY, text)]


def test_labels_read_written_line_breaks_and_backslashes() -> None:
    golden = parse_labels(HEAD + "body | C:\\\\new\\nline\\rend\n", PATH)
    assert bare(golden) == [(Role.BODY, "C:\\new\nline\rend")]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "no '# source:'"),
        ("# source: page.txt\nbody | one\n", None, "no '# sha256:'"),
        ("# sha256: " + "0" * 64 + "\n", None, "no '# source:'"),
        ("# source: page.txt\n# sha256: 12\n", 2, "not 64 hexadecimal digits"),
        ("# source:\n# sha256: " + "0" * 64 + "\n", 1, "relative to the golden file"),
        ("# source: /page.txt\n# sha256: " + "0" * 64 + "\n", 1, "relative to the golden file"),
        (HEAD + "# colour: red\nbody | one\n", 3, "unknown header"),
        (HEAD + "#note: no space\nbody | one\n", 3, "unknown header"),
        (HEAD + "# source: other.txt\n", 3, "a second '# source:'"),
        (HEAD + "body | one\n# note: late\n", 4, "headers belong at the top"),
        (HEAD + "body | one\nbody, two\n", 4, "has no ' | '"),
        (HEAD + "body | one\n\nbody | two\n", 4, "has no ' | '"),
        (HEAD + "Body | one\n", 3, "unknown role 'Body'"),
        (HEAD + "body  | one\n", 3, "unknown role 'body '"),
        (HEAD + "body | C:\\plans\n", 3, "is no escape"),
        (HEAD + "body | one\\\n", 3, "is no escape"),
    ],
)
def test_labels_broken_file_names_file_line_and_fault(
    text: str, line: int | None, words: str
) -> None:
    fault = fault_of(text)
    assert fault.line == line
    assert words in str(fault)
    assert str(fault).startswith(f"golden/page.labels:{line}: " if line else "golden/page.labels: ")


def test_labels_not_utf8_names_the_line(tmp_path: Path) -> None:
    from cleaner.golden.labels import read_labels

    path = tmp_path / "page.labels"
    path.write_bytes(HEAD.encode() + b"body | caf\xe9\n")
    with pytest.raises(FaultError, match=r":3: not UTF-8"):
        read_labels(path)
