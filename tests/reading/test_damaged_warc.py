"""WARC files whose compressed records are damaged: each costs itself."""

import gzip
import io
import os
import random

import pytest
import zstandard
from archives import record, told

from cleaner.reading import Reading, Source, read_items

PACK = {"gz": gzip.compress, "zst": zstandard.ZstdCompressor(write_checksum=True).compress}
CHANCE = random.Random(5)
BODIES = [
    "".join(f"<p>Bridge {n}-{k} is {CHANCE.random()} m long.</p>" for k in range(60)).encode()
    for n in range(20)
]


def members(pack):
    return [pack(record(body, url=f"https://example.org/{n}")) for n, body in enumerate(BODIES)]


def overwritten(data, at, size=8):
    return data[:at] + bytes(byte ^ 0x5A for byte in data[at : at + size]) + data[at + size :]


@pytest.mark.parametrize("name", PACK)
def test_a_damaged_member_costs_itself_wherever_it_is_damaged(read, name):
    parts = members(PACK[name])
    begin, end = len(b"".join(parts[:3])), len(b"".join(parts[:4]))
    steps = [0, 2, 10, 100, len(parts[3]) // 2, len(parts[3]) - 20, len(parts[3]) - 6]
    for at in steps:
        damaged = overwritten(parts[3], at, 5)
        items = read(b"".join([*parts[:3], damaged, *parts[4:]]))
        good = [item for item in items if not item.outcome]
        assert [item.content for item in good] == BODIES[:3] + BODIES[4:], at
        (lost,) = (item for item in items if item.outcome)
        assert lost.record == 3
        assert (lost.outcome, lost.offset) == ("failed", begin)
        assert f"from byte {begin} to {end} is lost" in lost.reason
        assert good[3].offset == end


def test_damaged_members_side_by_side_and_at_either_end(read):
    parts = members(gzip.compress)
    for number in (0, 3, 4, 19):
        parts[number] = overwritten(parts[number], 200)
    items = read(b"".join(parts), "a.warc.gz")
    assert told(items) == ["failed", *["page"] * 2, *["failed"] * 2, *["page"] * 14, "failed"]
    assert told(items)[-1] == "failed"
    assert "all that follows is lost" in items[-1].reason


def test_garbage_between_members_costs_nothing_else(read):
    parts = members(gzip.compress)
    items = read(b"".join([*parts[:5], os.urandom(100_000), *parts[5:]]))
    assert [item.content for item in items if not item.outcome] == BODIES
    assert told(items).count("failed") == 1


def test_a_member_that_holds_many_records_keeps_those_before_the_damage(read):
    many = gzip.compress(b"".join(map(record, BODIES)))
    damaged = overwritten(many, 3 * len(many) // 4)
    items = read(damaged + gzip.compress(record(b"last")))
    assert told(items)[-2:] == ["failed", "page"]
    assert 8 < told(items).count("page") < 18
    assert items[-1].content == b"last"


class Pipe(io.BytesIO):
    def seekable(self):
        return False


def test_a_pipe_is_read_on_as_a_file_is(monkeypatch, read):
    parts = members(gzip.compress)
    data = b"".join([*parts[:3], overwritten(parts[3], 300), *parts[4:]])
    monkeypatch.setattr(Source, "open", lambda self: Pipe(data))
    items = list(read_items(Source("stdin", "stdin", None), Reading()))
    told_of_file = [(item.outcome, item.offset, item.reason) for item in read(data)]
    assert [(item.outcome, item.offset, item.reason) for item in items] == told_of_file


def test_a_first_member_of_which_nothing_is_left_costs_itself(read):
    parts = members(gzip.compress)
    items = read(b"".join([overwritten(parts[0], 3), *parts[1:]]), "a.warc.gz")
    assert told(items) == ["failed", *["page"] * 19]
