"""JSON told from text that looks like it, and read in each of its forms."""

import gzip
import json
import tracemalloc

import pytest
from archives import told

from cleaner.reading import Fields, Reading, find_sources, read_items
from cleaner.reading.json_sniff import JsonForm, json_form
from cleaner.reading.kinds import Kind, kind_of

LONG = "<p>A long made-up sentence stands here for the test.</p>" * 1400
BOM = b"\xef\xbb\xbf"
PROSE = "The bridge over the river opens on Monday.\n" * 5


def lines(*values):
    return b"".join((v if isinstance(v, bytes) else json.dumps(v).encode()) + b"\n" for v in values)


@pytest.mark.parametrize("name", ["a.json", "a.jl", "part-00000"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_lines_longer_than_the_look_at_them_are_lines(read, name, pack):
    items = read(pack(lines(*({"url": f"u{n}", "html": LONG} for n in range(5)))), name)
    assert [(item.outcome, item.url) for item in items] == [("", f"u{n}") for n in range(5)]


@pytest.mark.parametrize(
    "first", [{"type": "meta"}, b"[broken", b'{"text": "cut', b"[1, 2]", b'x"}']
)
def test_a_first_line_without_a_page_costs_itself(read, first):
    items = read(lines(first, *({"text": f"Bridge {n} opens."} for n in range(3))), "a.json")
    assert told(items) == ["failed", "page", "page", "page"]


def test_lines_without_content_fail_and_are_no_article(read):
    assert told(read(lines({"a": 1}, {"a": 2}))) == ["failed", "failed"]
    assert told(read(lines({"a": 1}))) == ["failed"]


def test_a_field_that_is_named_makes_it_json(read):
    content = b'{"mine": nothing}\n'
    assert told(read(content)) == ["page"]
    assert told(read(content, fields=Fields(content="mine"))) == ["failed"]


@pytest.mark.parametrize("indent", [None, 2])
def test_an_array_of_objects_is_read_as_records(read, indent):
    values = [{"text": "one", "url": "u"}, {"other": 1}, {"text": "dr\u00e4i"}, 7]
    content = json.dumps(values, indent=indent, ensure_ascii=False).encode()
    items = read(BOM + content + b"\n")
    assert told(items) == ["page", "failed", "page", "failed"]
    assert [item.content for item in items if not item.outcome] == ["one", "dr\u00e4i"]
    assert [item.record for item in items] == [0, 1, 2, 3]
    assert all(content[item.offset - len(BOM) :].startswith((b"{", b"7")) for item in items[1:])


def test_an_indented_object_is_one_record(read):
    (item,) = read(json.dumps({"url": "u", "html": LONG}, indent=2).encode())
    assert (item.content, item.url, item.outcome) == (LONG, "u", "")
    (item,) = read(b'{\n  "settings": {\n    "a": 1\n  }\n}\n')
    assert "no field with content" in item.reason


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'[{"text": "one"},\n{"text": "tw', "cut off"),
        (b'[{"text": "one"},\n', "cut off"),
        (b'[{"text": "one"}\n', "cut off"),
        (b'[{"text": "one"}]', ""),
    ],
)
def test_a_cut_array_keeps_what_is_whole(read, content, said):
    one, *rest = read(content)
    assert one.content == "one"
    assert [said in item.reason for item in rest] == ([True] if said else [])


def test_a_broken_array_fails_where_it_breaks(read):
    good = json.dumps([{"text": "x" * 500}] * 150).encode()[:-1]
    items = read(good + b", {,}, " + good[1:] + b"]")
    assert told(items) == ["page"] * 150 + ["failed"]
    assert f"at byte {len(good) + 3}" in items[-1].reason


def test_json_that_is_not_utf8_costs_its_object(read):
    items = read(b'[{"text": "\xff"},\n{"text": "two"}]')
    assert told(items) == ["failed", "page"]


def test_an_array_is_never_held_whole(tmp_path):
    path = tmp_path / "a.json"
    with path.open("w") as file:
        file.write("[\n")
        for number in range(2000):
            file.write(("," if number else "") + json.dumps({"text": "x" * 20_000}) + "\n")
        file.write("]\n")
    (source,) = find_sources([path])
    tracemalloc.start()
    assert sum(not item.outcome for item in read_items(source, Reading(most=1 << 20))) == 2000
    assert tracemalloc.get_traced_memory()[1] < 8 << 20
    tracemalloc.stop()


def test_an_object_over_the_limit_ends_an_array(read):
    content = json.dumps([{"text": "one"}, {"text": "x" * (1 << 21)}, {"text": "two"}], indent=1)
    items = read(content.encode(), most=1 << 20)
    assert told(items) == ["page", "failed"]
    assert "larger than 1 MB" in items[1].reason


@pytest.mark.parametrize(
    "text",
    [
        f"[Music plays]\n{PROSE}",
        f"[1] A. Smith, The Bridge.\n[2] B. Miller, The Road.\n{PROSE}",
        "[1]",
        "[[Bridge]] is a [[building]].",
        f"{{{{Infobox bridge\n| name = The Bridge\n}}}}\n{PROSE}",
        "{a set} of bridges",
        f"{{'text': 'Python, not JSON'}}\n{PROSE}",
        f'{{"text": "A bridge."}}\n{PROSE}',
        f'{{\n  "text": "A bridge."\n}}\n{PROSE}',
        f'[{{"text": "A bridge."}}]\nis what the server sends.\n{PROSE}',
        f'{PROSE}{{"text": "A bridge."}}\n',
        f'["To be or not to be", he said.]\n{PROSE}',
        '{"Hello," she said}',
        "{",
        "[",
        "{\\rtf1 A bridge.}",
        f"<html><script>\n{{\n{{}}\n</script><p>{PROSE}",
        "[" * 100_000,
    ],
)
def test_text_that_begins_like_json_stays_text(read, text):
    assert json_form(text.encode(), "input", Fields()) is None
    (item,) = read(text.encode())
    assert item.content == text.encode()


def test_the_name_counts_only_where_json_is_broken():
    assert json_form(b"nothing", "a.jsonl.gz", Fields()) is JsonForm.LINES
    assert json_form(b"{broken: 1}", "a.json", Fields()) is JsonForm.VALUES
    assert json_form(b"{broken: 1}", "a.json/b.txt", Fields()) is None
    assert json_form(b"A bridge.", "a.json", Fields()) is None
    assert kind_of(b"<p>A bridge.", "a.jsonl", Fields()) is Kind.PAGE
    assert json_form(b"", "a.jsonl", Fields()) is None
